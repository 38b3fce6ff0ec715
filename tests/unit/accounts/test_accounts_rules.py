"""Where signing in leads, which passwords will do, what a browser is called."""

import pytest

from jobfair.accounts.keys import hash_key, hash_password, new_key, proves_password
from jobfair.accounts.rules import Device, device_of, home_of, own_path, password_fault
from jobfair.core.actor import VISITOR, Actor, ActorKind, Grant, Role


@pytest.mark.parametrize("path", ["/desk/", "/osnabrueck-2026?lang=en", "/door#x", "/a/../b"])
def test_own_paths_are_followed(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None, "", "desk", "//evil.example", "/\\evil.example", "https://evil.example/", "/\t/evil",
        "/a\\b", "\\\\evil", " /desk", "/desk\r\nSet-Cookie: a=b", "/" + "a" * 600,
    ],
)  # fmt: skip
def test_other_paths_are_not(path: str | None) -> None:
    assert own_path(path) is None


@pytest.mark.parametrize(
    ("roles", "home"),
    [
        ([Role.ORGANISER], "/desk/"),
        ([Role.DOOR], "/door/pair"),
        ([Role.ATTENDANT], "/door/pair"),
        ([Role.EXHIBITOR], "/exhibitor/"),
        ([Role.EXHIBITOR, Role.DOOR, Role.ORGANISER], "/desk/"),
    ],
)
def test_each_role_has_a_home(roles: list[Role], home: str) -> None:
    grants = frozenset(Grant(role, 1) for role in roles)
    assert home_of(Actor(ActorKind.USER, 1, grants)) == home


def test_without_a_role_there_is_the_front_page() -> None:
    assert home_of(VISITOR) == "/"


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("kurz", "password_short"),
        ("x" * 201, "password_long"),
        ("aaaaaaaaaaaa", "password_simple"),
        ("Organiser1@example.org", "password_simple"),
        ("organiser1", "password_simple"),
        ("drei Busse fahren los", None),
        ("пароль для входу", None),
    ],
)
def test_passwords(password: str, fault: str | None) -> None:
    assert password_fault(password, "organiser1@example.org") == fault


CHROME = "Mozilla/5.0 (Linux; Android 13; Pixel 7) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/5"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/5 Edg/130"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (CHROME, Device("Chrome", "Android")),
        (EDGE, Device("Edge", "Windows")),
        (SAFARI, Device("Safari", "iPhone")),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Firefox/130.0", Device("Firefox", "Linux")),
        ("curl/8.5.0", Device("", "")),
    ],
)
def test_devices_are_named(agent: str, device: Device) -> None:
    assert device_of(agent) == device
    assert Device.read(str(device)) == device


def test_a_password_is_proven_by_its_hash() -> None:
    kept = hash_password("drei Busse fahren los")
    assert proves_password(kept, "drei Busse fahren los")
    assert not proves_password(kept, "drei Busse fahren")
    assert "m=19456,t=2,p=1" in kept


@pytest.mark.parametrize("kept", [None, "", "not a hash"])
def test_nothing_proves_a_missing_password(kept: str | None) -> None:
    assert not proves_password(kept, "drei Busse fahren los")


def test_keys_are_long_and_kept_as_hashes() -> None:
    key = new_key()
    assert len(key) >= 43
    assert key != new_key()
    assert len(hash_key(key)) == 64
    assert key not in hash_key(key)
