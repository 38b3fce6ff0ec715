"""How much a registration asks of the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from jobfair.attendees.models import Attendee, BadgeCode, Need
from jobfair.attendees.operations import draw_codes
from jobfair.core.db import db, session, transaction
from jobfair.fairs.models import ArrivalWindow, Fair
from jobfair.mail.models import OutboxMail
from jobfair.shuttle.models import Ride, Stop
from tests.client import Page, PageClient, defaults_of
from tests.factories import make_household, make_window
from tests.web.booking.conftest import BRAMSCHE, CONTACT

STATEMENTS_MOST = 40
STEP_MOST = 12
FAMILY = tuple((given, "Haddad") for given in ("Amal", "Yusuf", "Lina", "Sami", "Nour"))
Walk = Callable[..., Page]


@contextmanager
def counting() -> Iterator[list[str]]:
    """Collect every statement that is sent to the database."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


def count(table: type[Any]) -> int:
    return session().scalar(sa.select(sa.func.count()).select_from(table)) or 0


@pytest.fixture
def window(fair: Fair) -> ArrivalWindow:
    """The fair has codes ahead and a window with room for the family."""
    with transaction():
        draw_codes(fair.id, 60)
    return make_window(fair, capacity=12)


@pytest.fixture
def summary(
    page: PageClient, window: ArrivalWindow, bramsche: Stop, who: Walk
) -> Callable[..., Page]:
    """Walk to the summary of a family of five that answers everything."""

    def walk() -> Page:
        who(*FAMILY)
        page.submit(fields={"municipality": BRAMSCHE}, button="next")
        page.submit(fields={"window": str(window.id)}, button="next")
        page.submit(fields={"ways": "both", "stop": str(bramsche.id), "back": "1"}, button="next")
        asked = page.submit(
            fields={"adults-0-german_level": "A2", "adults-0-work": ["care"]}, button="next"
        )
        adult = asked.root.all("input", name="interpreter")[0].get("value")
        page.submit(fields={"interpreter": [adult], "interpreter_lang": "ar"}, button="next")
        return page.submit(fields=CONTACT | {"email": "amal@example.org"}, button="next")

    return walk


def send(page: PageClient, shown: Page) -> list[str]:
    """Send the summary with the consent; return the statements of that request alone."""
    fields = defaults_of(shown.forms[0])
    fields.setlist("consent", ["y"])
    fields.setlist("go", ["next"])
    with counting() as sent:
        answer = page.open(shown.url, method="POST", data=fields)
    assert "/my/" in (answer.location or ""), answer.get_data(as_text=True)
    return sent


def test_family_of_five_needs_few_statements(page: PageClient, summary: Walk) -> None:
    sent = send(page, summary())
    assert len(sent) <= STATEMENTS_MOST, "\n".join(sent)
    assert count(Attendee) == len(FAMILY)
    assert count(Ride) == 2
    assert count(OutboxMail) == 1
    assert count(Need) == 1
    issued = sa.select(sa.func.count()).where(BadgeCode.attendee_id.is_not(None))
    assert session().scalar(issued) == len(FAMILY)


def test_joining_the_line_needs_few_statements(
    page: PageClient, fair: Fair, window: ArrivalWindow, summary: Walk
) -> None:
    shown = summary()
    make_household(fair, adults=10, children=0, window_id=window.id)
    sent = send(page, shown)
    assert len(sent) <= STATEMENTS_MOST, "\n".join(sent)
    assert count(Ride) == 0


def test_step_needs_few_statements(page: PageClient, bramsche: Stop, who: Walk) -> None:
    shown = who(*FAMILY)
    fields = defaults_of(shown.forms[0])
    fields.setlist("municipality", [BRAMSCHE])
    with counting() as sent:
        page.open(shown.url, method="POST", data=fields)
    assert len(sent) <= STEP_MOST, "\n".join(sent)
