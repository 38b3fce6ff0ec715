"""The accounts of the demo: development only, all with the same password that is no secret."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jobfair.accounts.keys import hash_password
from jobfair.accounts.operations import ensure_user, grant_role
from jobfair.core.actor import Role

PASSWORD = "willkommen-2026"  # noqa: S105  # shown to everybody, as the demo has no secrets
EXHIBITOR = "exhibitor@example.org"
PARTNER, VOLUNTEER = "partner@example.org", "volunteer@example.org"
NOTES = "demo-sign-ins.txt"


@dataclass(frozen=True)
class DemoAccount:
    """Somebody who can sign in to the demo; at all fairs where `everywhere`."""

    email: str
    name: str
    role: Role
    everywhere: bool = False


DEMO_ACCOUNTS = (
    DemoAccount("organiser@example.org", "Katrin Sandmann", Role.ORGANISER, everywhere=True),
    DemoAccount("door@example.org", "Yusuf Aydın", Role.DOOR),
    DemoAccount("bus@example.org", "Mareike Thole", Role.ATTENDANT),
    DemoAccount(EXHIBITOR, "Sabine Hülsmeier", Role.EXHIBITOR),
    DemoAccount(PARTNER, "Heike Brinkmann", Role.PARTNER),
    DemoAccount(VOLUNTEER, "Frauke Wessel", Role.PARTNER),
)


def add_accounts(fair_id: int, *, now: datetime) -> dict[Role, int]:
    """Have the accounts with their roles; return the first of each; a password in use stays."""
    ids: dict[Role, int] = {}
    for account in DEMO_ACCOUNTS:
        user = ensure_user(account.email, account.name, "de", now=now)
        if user.password_hash is None:
            user.password_hash = hash_password(PASSWORD)
        grant_role(user.id, account.role, None if account.everywhere else fair_id, now=now)
        ids.setdefault(account.role, user.id)
    return ids


def sign_ins() -> str:
    """Return the accounts and their password in words."""
    width = max(len(account.email) for account in DEMO_ACCOUNTS)
    lines = [f"  {account.email:{width}}  {account.role.value}" for account in DEMO_ACCOUNTS]
    return "\n".join([f"Sign in to the demo with the password {PASSWORD}:", *lines])


def keep_sign_ins(data_dir: Path) -> None:
    """Have the accounts named in a file that `make run` shows."""
    (data_dir / NOTES).write_text(f"{sign_ins()}\n", encoding="utf-8")
