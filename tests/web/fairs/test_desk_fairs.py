"""The organiser's pages about fairs."""

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.core.actor import Role
from jobfair.core.db import session
from jobfair.fairs.models import Fair, Room
from jobfair.fairs.rules import Phase
from tests.client import PageClient
from tests.factories import make_fair, make_household, make_room, make_stand, signed_in

TYPED = {
    "name": "#JobsForYou Bad Laer",
    "day": "10.12.2026",
    "starts": "١٥:٠٠",
    "ends": "17",
    "venue": "Dorfgemeinschaftshaus",
    "capacity": "١٥٠",
}


@pytest.fixture
def organiser(app: Flask) -> None:
    """Have an organiser of all fairs make every request."""
    signed_in(app, Role.ORGANISER)


def find(slug: str) -> Fair | None:
    session().rollback()
    query = sa.select(Fair).where(Fair.slug == slug)
    return session().scalar(query.execution_options(populate_existing=True))


def found(slug: str) -> Fair:
    fair = find(slug)
    assert fair is not None
    return fair


@pytest.mark.usefixtures("organiser")
def test_a_fair_is_made_as_people_type(page: PageClient) -> None:
    page.get("/desk/new?lang=en")
    page.submit("facts", TYPED)
    fair = found("jobsforyou-bad-laer-2026")
    assert fair.starts_at == datetime(2026, 12, 10, 14, tzinfo=UTC)
    assert fair.ends_at == datetime(2026, 12, 10, 16, tzinfo=UTC)
    assert (fair.capacity, fair.phase) == (150, Phase.DRAFT)
    assert page.last
    assert page.last.url.endswith("/desk/jobsforyou-bad-laer-2026/settings")


@pytest.mark.usefixtures("organiser")
@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"slug": "bad-laer"}, "the year"),
        ({"slug": "taken-2026"}, "Another fair has this web address"),
        ({"ends": "14:00"}, "must end after it begins"),
        ({"day": "31.2.2026"}, "like this: 10.12.2026"),
        ({"starts": "soon"}, "like this: 14:00"),
        ({"day": "29.3.2026", "starts": "2:30"}, "clocks are put forward"),
        ({"capacity": "many"}, "write a number"),
        ({"registration_closes_at": "never"}, "day and time like this"),
        (
            {
                "registration_opens_at": "2026-12-02T09:00",
                "registration_closes_at": "2026-12-01T09:00",
            },
            "Registration must end",
        ),
        ({"capacity": "100001"}, "from 0 to 100,000"),
        ({"email": "nobody"}, "check the e-mail"),
    ],
)
def test_a_fault_is_named_and_nothing_typed_is_lost(
    page: PageClient, typed: dict[str, str], fault: str
) -> None:
    make_fair(slug="taken-2026")
    page.get("/desk/new?lang=en")
    answer = page.submit("facts", TYPED | typed, status=422)
    assert fault in answer.root.all("div", role="alert")[0].text
    shown = {e.get("name"): e.get("value") for e in answer.root.all("input")}
    for name in ("name", "venue", *(typed.keys() - {"ends", "starts", "day"})):
        assert shown[name] == (TYPED | typed)[name]
    assert find("jobsforyou-bad-laer-2026") is None


@pytest.mark.usefixtures("organiser")
def test_settings_are_shown_and_saved_on_the_clocks_of_the_fair(page: PageClient) -> None:
    fair = make_fair()
    page.get(f"/desk/{fair.slug}/settings?lang=en")
    assert page.last
    shown = {e.get("name"): e.get("value") for e in page.last.root.all("input")}
    assert (shown["day"], shown["starts"], shown["ends"]) == ("2026-11-28", "10:00", "16:00")
    page.submit("facts", {"starts": "11:00", "registration_closes_at": "2026-11-27T18:00"})
    saved = found(fair.slug)
    assert saved.starts_at == datetime(2026, 11, 28, 10, tzinfo=UTC)
    assert saved.registration_closes_at == datetime(2026, 11, 27, 17, tzinfo=UTC)
    assert (saved.lat, saved.lon) == (fair.lat, fair.lon)


@pytest.mark.usefixtures("organiser")
def test_fewer_places_than_people_are_refused(page: PageClient) -> None:
    fair = make_fair()
    make_household(fair)
    page.get(f"/desk/{fair.slug}/settings?lang=en")
    answer = page.submit("facts", {"capacity": "2"}, status=422)
    assert "3 places are taken already" in answer.text


@pytest.mark.usefixtures("organiser")
def test_a_fair_is_copied_to_another_day(page: PageClient) -> None:
    fair = make_fair(name="Messe")
    make_room(fair, name="Saal")
    page.get("/desk/?lang=en")
    page.follow("Copy")
    page.submit("copy", {"day": "2027-06-15"})
    copy = found("messe-2027")
    assert copy.starts_at == datetime(2027, 6, 15, 8, tzinfo=UTC)
    assert (copy.phase, copy.venue) == (Phase.DRAFT, fair.venue)
    assert list(session().scalars(sa.select(Room.name).where(Room.fair_id == copy.id))) == ["Saal"]


@pytest.mark.usefixtures("organiser")
def test_the_organiser_opens_registration(page: PageClient) -> None:
    fair = make_fair(phase=Phase.DRAFT)
    page.get(f"/desk/{fair.slug}/settings?lang=en")
    page.submit("move-open")
    assert found(fair.slug).phase is Phase.OPEN
    assert page.last
    assert "Registration is open" in page.last.text


@pytest.mark.usefixtures("organiser")
def test_opening_a_fair_without_places_is_refused_with_the_reason(page: PageClient) -> None:
    fair = make_fair(phase=Phase.DRAFT, capacity=0)
    page.get(f"/desk/{fair.slug}/settings?lang=en")
    answer = page.submit("move-open")
    assert "the fair has no places" in answer.text
    assert found(fair.slug).phase is Phase.DRAFT


@pytest.mark.usefixtures("organiser")
def test_a_false_token_changes_nothing(page: PageClient) -> None:
    fair = make_fair(phase=Phase.DRAFT)
    page.post(f"/desk/{fair.slug}/phase", {"phase": "open", "csrf_token": "false"})
    assert found(fair.slug).phase is Phase.DRAFT


@pytest.mark.usefixtures("organiser")
def test_rooms_are_added_renamed_and_removed(page: PageClient) -> None:
    fair = make_fair()
    page.get(f"/desk/{fair.slug}/settings/rooms?lang=en")
    page.submit("room", {"name": "Saal"})
    page.follow("Change or remove")
    rooms = page.submit("room", {"name": "Großer Saal", "capacity": "٨٠"}, button="save")
    assert "for 80 people" in rooms.text
    page.follow("Change or remove")
    answer = page.submit("room", button="remove")
    assert "There is no room yet" in answer.text


@pytest.mark.usefixtures("organiser")
def test_a_room_with_a_stand_says_why_it_stays(page: PageClient) -> None:
    fair = make_fair()
    room = make_room(fair)
    make_stand(fair, room_id=room.id)
    page.get(f"/desk/{fair.slug}/settings/rooms/{room.id}?lang=en")
    answer = page.submit("room", button="remove", status=422)
    assert "There are still stands in this room" in answer.text


@pytest.mark.usefixtures("organiser")
def test_texts_are_written_by_language(page: PageClient) -> None:
    fair = make_fair()
    page.get(f"/desk/{fair.slug}/settings/texts?text_lang=ar&lang=en")
    page.submit("texts", {"lead": "أهلًا\r\n\r\nوسهلًا"})
    assert page.last
    assert page.last.url.endswith("text_lang=ar")
    assert "وسهلًا" in page.last.root.all("textarea", name="lead")[0].text
    other = page.get(f"/desk/{fair.slug}/settings/texts?lang=en")
    assert "وسهلًا" not in other.root.all("textarea", name="lead")[0].text


PAGES = ("", "/settings", "/settings/rooms", "/settings/texts", "/copy")


def test_an_organiser_of_one_fair_sees_no_other(app: Flask, page: PageClient) -> None:
    ours, theirs = make_fair(), make_fair()
    signed_in(app, Role.ORGANISER, ours.id)
    listed = page.get("/desk/?lang=en")
    assert ours.name in listed.text
    assert theirs.name not in listed.text
    for path in PAGES:
        page.get(f"/desk/{ours.slug}{path}")
        page.get(f"/desk/{theirs.slug}{path}", status=403)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/settings", {**TYPED, "name": "Ours now"}),
        ("/phase", {"phase": "closed"}),
        ("/settings/rooms", {"name": "Our room"}),
        ("/settings/texts", {"lead": "Our words"}),
        ("/copy", {"name": "Copy", "day": "2027-06-15"}),
    ],
)
def test_an_organiser_of_one_fair_changes_no_other(
    app: Flask, page: PageClient, path: str, fields: dict[str, Any]
) -> None:
    ours, theirs = make_fair(), make_fair()
    signed_in(app, Role.ORGANISER, ours.id)
    token = page.get(f"/desk/{ours.slug}/settings").csrf_token
    before = theirs.facts, theirs.phase
    page.post(f"/desk/{theirs.slug}{path}", {**fields, "csrf_token": token}, status=403)
    after = found(theirs.slug)
    assert (after.facts, after.phase) == before
    assert session().scalar(sa.select(sa.func.count()).select_from(Fair)) == 2
    assert session().scalar(sa.select(sa.func.count()).select_from(Room)) == 0


@pytest.mark.parametrize("role", [Role.DOOR, Role.ATTENDANT, Role.EXHIBITOR])
def test_nobody_else_enters_the_desk(app: Flask, page: PageClient, role: Role) -> None:
    fair = make_fair()
    signed_in(app, role)
    for path in ("/desk/", "/desk/new", *(f"/desk/{fair.slug}{path}" for path in PAGES)):
        page.get(path, status=403)


def test_a_visitor_is_asked_to_sign_in(page: PageClient) -> None:
    fair = make_fair()
    assert "/sign-in?next=" in page.get(f"/desk/{fair.slug}/settings").url


def test_an_unknown_fair_is_not_there(page: PageClient) -> None:
    page.get("/desk/nowhere-2026/settings", status=404)
