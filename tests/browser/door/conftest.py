"""A fair with a few people, and phones of its door."""

import pytest

from tests.browser.conftest import ContextMaker
from tests.browser.door.fake_api import AMAL, LATE, UNPAID, YUSUF, FakeApi, Phone, code_of, person


@pytest.fixture
def api() -> FakeApi:
    """A fair with Amal and Yusuf, somebody on the waiting list, and a badge just issued."""
    made = FakeApi()
    made.people = [
        person(AMAL, own_script="أمل حداد", household="Haddad"),
        person(YUSUF, "Yusuf", household="Haddad"),
        person(UNPAID, "Olena", "Bondar", state="waitlisted", lang="uk"),
    ]
    made.pool = [AMAL, YUSUF, UNPAID, LATE]
    return made


@pytest.fixture
def phone(api: FakeApi, browser_context: ContextMaker) -> Phone:
    """A phone that was just paired."""
    context = browser_context()
    api.serve(context)
    return Phone(context.new_page()).open().pair()


@pytest.fixture
def registrar(api: FakeApi, browser_context: ContextMaker) -> Phone:
    """A supervisor's phone with a block of three codes."""
    api.rights = ["scan", "search", "undo_own", "undo", "override", "walk_in"]
    api.codes = [code_of(number) for number in (501, 502, 503)]
    api.pool += api.codes
    context = browser_context()
    api.serve(context)
    return Phone(context.new_page()).open().pair()
