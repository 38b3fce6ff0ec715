"""The organiser's pages about exhibitors and stands."""

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.audit.models import AuditEntry
from jobfair.core.actor import Role
from jobfair.core.db import session
from jobfair.exhibitors.models import Exhibitor, Stand
from jobfair.exhibitors.rules import ExhibitorState
from jobfair.fairs.models import Fair
from jobfair.mail.models import OutboxMail
from tests.client import PageClient
from tests.factories import (
    make_exhibitor,
    make_fair,
    make_posting,
    make_room,
    make_stand,
    signed_in,
)


@pytest.fixture
def fair(app: Flask) -> Fair:
    """Give a fair whose organiser sits at the browser."""
    made = make_fair()
    signed_in(app, Role.ORGANISER, made.id)
    return made


def fresh(exhibitor: Exhibitor) -> Exhibitor:
    """Return the exhibitor as it is stored now."""
    session().expire_all()
    return session().get_one(Exhibitor, exhibitor.id)


def mail_kinds() -> list[str]:
    """Return the kinds of the mails, oldest first."""
    return list(session().scalars(sa.select(OutboxMail.kind).order_by(OutboxMail.id)))


def test_others_may_not_see_the_list(app: Flask, page: PageClient) -> None:
    fair = make_fair()
    signed_in(app, Role.DOOR, fair.id)
    page.get(f"/desk/{fair.slug}/exhibitors", status=403)
    signed_in(app, Role.ORGANISER, make_fair().id)
    page.get(f"/desk/{fair.slug}/exhibitors", status=403)


def test_the_list_is_filtered_searched_and_names_twins(page: PageClient, fair: Fair) -> None:
    make_exhibitor(fair, name="Müller Bau GmbH", state=ExhibitorState.CONFIRMED)
    make_exhibitor(fair, name="Mueller Bau", contact_email="bau@example.org")
    make_posting(make_exhibitor(fair, name="Backstube"), title="Verkäufer")
    base = f"/desk/{fair.slug}/exhibitors?lang=en"
    everybody = page.get(base)
    assert everybody.text.count("Perhaps there twice") == 2
    names = {
        "&q=muller": ["Mueller Bau", "Müller Bau GmbH"],
        "&q=bau@example": ["Mueller Bau"],
        "&q=verkauf": ["Backstube"],
        "&state=confirmed": ["Müller Bau GmbH"],
        "&q=' OR 1=1 --": [],
        "&state=nonsense&q=backst": ["Backstube"],
    }
    for query, expected in names.items():
        found = page.get(base + query).root.all("th", scope="row")
        assert [th.all("a")[0].text for th in found] == expected


def test_approving_and_declining_write_once_with_the_added_words(
    page: PageClient, fair: Fair
) -> None:
    one = make_exhibitor(fair, state=ExhibitorState.CONFIRMED)
    detail = page.get(f"/desk/{fair.slug}/exhibitors/{one.id}?lang=en")
    form = next(f for f in detail.forms if "decision" in f.get("action"))
    number = detail.forms.index(form)
    page.submit(number, {"words": "Bitte bringen Sie ein Plakat mit."}, button="approve")
    page.last = detail
    page.submit(number, button="approve")
    assert fresh(one).state is ExhibitorState.APPROVED
    mail = session().scalars(sa.select(OutboxMail)).one()
    assert "Bitte bringen Sie ein Plakat mit." in mail.text
    again = page.get(f"/desk/{fair.slug}/exhibitors/{one.id}")
    number = next(n for n, f in enumerate(again.forms) if "decision" in f.get("action"))
    page.submit(number, button="decline")
    assert fresh(one).state is ExhibitorState.DECLINED
    assert mail_kinds() == ["exhibitor.approved", "exhibitor.declined"]


def test_a_stand_that_was_given_a_moment_ago_is_refused_by_name(
    page: PageClient, fair: Fair
) -> None:
    stand = make_stand(fair, label="7")
    late, fast = make_exhibitor(fair), make_exhibitor(fair)
    page.get(f"/desk/{fair.slug}/exhibitors/{fast.id}?lang=en")
    number = len(page.last.forms) - 2 if page.last else 0
    opened = page.get(f"/desk/{fair.slug}/exhibitors/{late.id}")
    page.get(f"/desk/{fair.slug}/exhibitors/{fast.id}")
    page.submit(number, {"stand_id": stand.id})
    assert fresh(fast).stand_id == stand.id
    page.last = opened
    refused = page.submit(number, {"stand_id": stand.id}, status=422)
    assert "Stand 7 was given to somebody else" in refused.text
    assert fresh(late).stand_id is None


def test_taking_a_stand_away_frees_it(page: PageClient, fair: Fair) -> None:
    one = make_exhibitor(fair, stand_id=make_stand(fair).id)
    detail = page.get(f"/desk/{fair.slug}/exhibitors/{one.id}")
    number = next(n for n, f in enumerate(detail.forms) if "no-stand" in f.get("action"))
    page.submit(number)
    assert fresh(one).stand_id is None


def test_an_exhibitor_is_added_by_hand_changed_and_gets_its_link(
    page: PageClient, fair: Fair
) -> None:
    page.get(f"/desk/{fair.slug}/exhibitors/new?lang=en")
    typed = {
        "name": "Kammer",
        "kind": "advice",
        "branch": "Beratung",
        "contact_name": "Herr Ott",
        "contact_email": "ott@kammer.example",
    }
    page.submit(number_of(page, "branch"), typed)
    one = session().scalars(sa.select(Exhibitor)).one()
    assert (one.state, mail_kinds()) == (ExhibitorState.APPROVED, ["exhibitor.approved"])
    page.get(f"/desk/{fair.slug}/exhibitors/{one.id}/edit")
    page.submit(number_of(page, "branch"), {"name": "Handwerkskammer"})
    entry = (
        session().scalars(sa.select(AuditEntry).where(AuditEntry.action == "exhibitor.edit")).one()
    )
    assert (entry.fields, fresh(one).name) == (["name"], "Handwerkskammer")
    detail = page.get(f"/desk/{fair.slug}/exhibitors/{one.id}")
    page.submit(next(n for n, f in enumerate(detail.forms) if "/link" in f.get("action")))
    assert mail_kinds()[-1] == "exhibitor.own_page"
    page.get(f"/desk/{fair.slug}/exhibitors/{one.id}/offers/new")
    offer = {"title": "Anerkennung", "field": "education", "german_level": "none"}
    page.submit(number_of(page, "title"), offer)
    assert "Anerkennung" in page.get(f"/desk/{fair.slug}/exhibitors/{one.id}").text


def test_stands_are_added_in_order_renamed_and_removed(page: PageClient, fair: Fair) -> None:
    room = make_room(fair, name="Großer Saal")
    url = f"/desk/{fair.slug}/exhibitors/stands"
    page.get(f"{url}?lang=en")
    page.submit(number_of(page, "labels"), {"labels": "1-12, A1", "room_id": room.id})
    shown = page.get(url)
    assert [th.text for th in shown.root.all("th", scope="row")][:3] == ["1", "2", "3"]
    for typed, words in {"3": "a stand 3 already", "x" * 13: "at most 12", "1-999": "200"}.items():
        page.get(url)
        assert words in page.submit(number_of(page, "labels"), {"labels": typed}, status=422).text
    stand = session().scalars(sa.select(Stand).where(Stand.label == "A1")).one()
    page.get(f"{url}/{stand.id}")
    page.submit(number_of(page, "label"), {"label": "Foyer"})
    page.get(f"{url}/{stand.id}")
    page.submit(len(page.last.forms) - 1 if page.last else 0)
    assert session().scalar(sa.select(sa.func.count()).select_from(Stand)) == 12


def test_the_file_has_everything_and_no_formula(page: PageClient, fair: Fair) -> None:
    make_exhibitor(fair, name='=HYPERLINK("http://x")', contact_name="@boss", branch="-1+2")
    page.get(f"/desk/{fair.slug}/exhibitors")
    text = page.open(f"/desk/{fair.slug}/exhibitors/table.csv").get_data(as_text=True)
    assert text.startswith("\ufeff")
    assert "\"'=HYPERLINK(" in text
    assert ";'@boss;" in text
    assert ";'-1+2;" in text


def test_an_exhibitor_of_another_fair_is_not_found(page: PageClient, fair: Fair) -> None:
    other = make_fair()
    stranger, stand = make_exhibitor(other), make_stand(other)
    base = f"/desk/{fair.slug}/exhibitors"
    page.get(f"{base}/{stranger.id}", status=404)
    page.get(f"{base}/{stranger.id}/edit", status=404)
    page.get(f"{base}/stands/{stand.id}", status=404)
    own = make_exhibitor(fair)
    token = page.get(f"{base}/{own.id}").csrf_token
    page.post(f"{base}/{own.id}/stand", {"stand_id": stand.id, "csrf_token": token}, 404)
    assert fresh(own).stand_id is None


def number_of(page: PageClient, field: str) -> int:
    """Return which form of the page has that field."""
    assert page.last
    return next(n for n, form in enumerate(page.last.forms) if form.all(name=field))
