"""Steps about people who sign in and the partners that they help, in the caller's transaction."""

from jobfair.accounts.operations.partners import (
    add_member,
    add_partner,
    copy_partners,
    end_member,
    keep_request,
    rename_partner,
)
from jobfair.accounts.operations.people import (
    drop_links,
    end_sessions,
    ensure_user,
    grant_role,
    make_link,
    open_session,
    take_link,
    take_role,
)

__all__ = [
    "add_member",
    "add_partner",
    "copy_partners",
    "drop_links",
    "end_member",
    "end_sessions",
    "ensure_user",
    "grant_role",
    "keep_request",
    "make_link",
    "open_session",
    "rename_partner",
    "take_link",
    "take_role",
]
