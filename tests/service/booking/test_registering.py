"""One registration is one transaction: everything or nothing, once, also under load."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Household
from jobfair.attendees.rules import AttendeeKind, PersonInput
from jobfair.audit.models import AuditEntry
from jobfair.booking.models import RegistrationDraft
from jobfair.booking.queries import find_draft, household_behind
from jobfair.booking.rules import DRAFT_KEPT, SENT_KEPT, Contact, RideInput, Step
from jobfair.booking.service import Registration, register, save_step
from jobfair.core.actor import VISITOR
from jobfair.core.db import db, session, transaction
from jobfair.core.errors import Conflict, DomainError
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.mail.models import OutboxMail
from jobfair.privacy.models import Consent
from jobfair.privacy.service import run_retention
from jobfair.shuttle.models import Departure, Ride, Stop
from jobfair.shuttle.rules import Direction, Ways
from tests.factories import FAIR_STARTS, NOW, make_departure, make_fair, make_stop


def family(size: int = 3) -> tuple[PersonInput, ...]:
    kinds = [AttendeeKind.ADULT] + [AttendeeKind.CHILD] * (size - 1)
    return tuple(PersonInput(kind, f"Amal{n}", "Haddad") for n, kind in enumerate(kinds))


def wish(size: int = 3, ride: RideInput | None = None, email: str = "") -> Registration:
    return Registration(family(size), "03459014", Contact(email, "", "ar"), ride, "ar")


def draft(fair: Fair) -> str:
    return save_step(fair.id, None, Step.WHO, [], lang="ar", done=True, now=NOW)


def send(fair_id: int, key: str, registration: Registration) -> str:
    return register(fair_id, key, registration, actor=VISITOR, now=NOW)


def number_of(table: type[db.Model]) -> int:  # type: ignore[name-defined]  # any mapped class
    return session().scalar(sa.select(sa.func.count()).select_from(table)) or 0


def bus(fair: Fair, seats: int = 50) -> Stop:
    stop = make_stop()
    make_departure(fair, [stop], seats=seats)
    home = FAIR_STARTS + timedelta(hours=6)
    make_departure(fair, [stop], seats=seats, direction=Direction.BACK, fair_at=home)
    return stop


@contextmanager
def counted(statements: list[str]) -> Iterator[None]:
    """Collect the statements that the block sends."""

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


def in_threads(app: Flask, number: int, act: Callable[[int], object]) -> list[object]:
    """Run the act in so many threads at once; return what each returned or raised."""
    answers: list[object] = [None] * number
    ready = threading.Barrier(number)

    def work(place: int) -> None:
        with app.app_context():
            ready.wait()
            try:
                answers[place] = act(place)
            except Exception as error:  # compared by the test
                answers[place] = error
            db.session.remove()

    threads = [threading.Thread(target=work, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session().rollback()
    return answers


def test_everything_is_written_together(app: Flask) -> None:
    fair = make_fair()
    stop = bus(fair)
    key = draft(fair)
    with app.test_request_context():
        ride = RideInput(Ways.BOTH, stop.id, 0)
        token = send(fair.id, key, wish(ride=ride, email="amal@example.org"))
        household = household_behind(token)
    assert [person.given_name for person in household.people] == ["Amal0", "Amal1", "Amal2"]
    assert session().get_one(Fair, fair.id).places_taken == 3
    assert number_of(Ride) == 2
    assert number_of(OutboxMail) == number_of(Consent) == 1
    entry = session().scalars(sa.select(AuditEntry)).one()
    assert (entry.action, entry.fields) == ("household.registered", ["email", "people", "ride"])
    kept = session().scalars(sa.select(RegistrationDraft)).one()
    assert (kept.household_id, kept.data) == (household.id, {})


def test_family_of_five_needs_few_statements(app: Flask) -> None:
    fair = make_fair()
    stop = bus(fair)
    key = draft(fair)
    registration = wish(5, RideInput(Ways.BOTH, stop.id, 0), "amal@example.org")
    statements: list[str] = []
    with app.test_request_context(), counted(statements):
        send(fair.id, key, registration)
    assert len(statements) <= 40, "\n".join(statements)


def test_same_draft_twice_is_the_same_link(app: Flask) -> None:
    fair = make_fair(capacity=3)
    key = draft(fair)
    with app.test_request_context():
        assert send(fair.id, key, wish()) == send(fair.id, key, wish())
    assert number_of(Household) == 1


def test_double_click_makes_one_household(app: Flask) -> None:
    fair_id = make_fair(capacity=3).id
    key = save_step(fair_id, None, Step.WHO, [], lang="ar", done=True, now=NOW)
    answers = in_threads(app, 4, lambda _place: send(fair_id, key, wish()))
    assert len(set(answers)) == 1
    assert isinstance(answers[0], str)
    assert number_of(Household) == 1


def test_last_places_under_load(app: Flask) -> None:
    fair_id = make_fair(capacity=14).id
    keys = [save_step(fair_id, None, Step.WHO, [], lang="ar", done=True, now=NOW) for _ in range(8)]
    answers = in_threads(app, 8, lambda place: send(fair_id, keys[place], wish(3)))
    assert all(isinstance(one, str) for one in answers), answers
    assert session().get_one(Fair, fair_id).places_taken == 12
    states = sa.select(Household.state, sa.func.count()).group_by(Household.state)
    found = {state.value: number for state, number in session().execute(states)}
    assert found == {"registered": 4, "waitlisted": 4}


def test_last_seats_under_load_wait_and_keep_their_places(app: Flask) -> None:
    fair = make_fair(capacity=100)
    fair_id, stop_id = fair.id, bus(fair, seats=7).id
    keys = [save_step(fair_id, None, Step.WHO, [], lang="ar", done=True, now=NOW) for _ in range(6)]
    ride = RideInput(Ways.BOTH, stop_id, 0)
    answers = in_threads(app, 6, lambda place: send(fair_id, keys[place], wish(2, ride)))
    assert all(isinstance(one, str) for one in answers), answers
    assert set(session().scalars(sa.select(Departure.taken))) == {6}
    assert session().get_one(Fair, fair_id).places_taken == 12


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"phase": Phase.DRAFT}, "registration_not_yet"),
        ({"phase": Phase.CLOSED}, "registration_closed"),
    ],
)
def test_refused_registration_writes_nothing(
    app: Flask, values: dict[str, object], code: str
) -> None:
    fair = make_fair(**values)
    with pytest.raises(Conflict) as refusal:
        send(fair.id, draft(fair), wish())
    assert refusal.value.code == code
    assert number_of(Household) == number_of(Consent) == number_of(AuditEntry) == 0


def test_bus_that_does_not_exist_writes_nothing(app: Flask) -> None:
    fair = make_fair()
    with pytest.raises(DomainError):
        send(fair.id, draft(fair), wish(ride=RideInput(Ways.BOTH, 4711, 0)))
    assert number_of(Household) == 0
    assert session().get_one(Fair, fair.id).places_taken == 0


def test_unknown_or_old_draft_is_gone(app: Flask) -> None:
    fair, other = make_fair(), make_fair()
    key = draft(other)
    for wanted in (key, "nonsense"):
        with pytest.raises(Conflict, match="draft_gone"):
            send(fair.id, wanted, wish())
    assert find_draft(other.id, key, NOW + DRAFT_KEPT) is None
    with transaction() as current:
        current.execute(
            sa.update(RegistrationDraft).values(updated_at=NOW - DRAFT_KEPT - timedelta(days=1))
        )
    run_retention()
    assert number_of(RegistrationDraft) == 0


def test_another_place_asks_for_the_stop_again(app: Flask) -> None:
    fair = make_fair()
    key = draft(fair)
    steps = (
        (Step.PLACE, {"municipality": "03459014"}),
        (Step.BUS, {"ways": "no"}),
        (Step.PLACE, {"municipality": "other"}),
    )
    for step, typed in steps:
        assert save_step(fair.id, key, step, typed, lang="ar", done=True, now=NOW) == key
    kept = find_draft(fair.id, key, NOW)
    assert kept is not None
    assert kept.data["done"] == ["place", "who"]


def test_draft_that_became_a_household_begins_anew(app: Flask) -> None:
    fair = make_fair()
    key = draft(fair)
    send(fair.id, key, wish())
    assert save_step(fair.id, key, Step.WHO, [], lang="ar", done=True, now=NOW) != key


def test_sent_draft_leads_to_its_household_for_an_hour_only(app: Flask) -> None:
    fair = make_fair()
    key = draft(fair)
    token = send(fair.id, key, wish())
    found = find_draft(fair.id, key, NOW + SENT_KEPT - timedelta(seconds=1))
    assert found is not None
    assert found.household_id is not None
    later = NOW + SENT_KEPT
    assert find_draft(fair.id, key, later) is None
    assert register(fair.id, key, wish(), actor=VISITOR, now=later) == token
    assert number_of(Household) == 1
