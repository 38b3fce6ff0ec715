"""Postponing and cancelling a fair, and what everybody sees of it."""

import pytest
from flask import Flask

from jobfair.core.actor import Role
from jobfair.core.clock import frozen
from jobfair.core.db import session
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase, TextKey
from jobfair.web.links import token_for
from tests.client import PageClient
from tests.factories import (
    FAIR_STARTS,
    NOW,
    make_exhibitor,
    make_fair,
    make_household,
    make_notice,
    make_text,
    signed_in,
)

SAID = {"news_de": "Im Saal ist Wasser.", "news_ar": "في القاعة ماء."}
NEW_DAY = {"day": "5.12.2026", **SAID}


@pytest.fixture
def organiser(app: Flask) -> None:
    """Have an organiser of all fairs make every request."""
    signed_in(app, Role.ORGANISER)


def now_of(fair: Fair) -> Fair:
    session().rollback()
    return session().get_one(Fair, fair.id, populate_existing=True)


def cancelled(fair: Fair | None = None) -> Fair:
    fair = fair or make_fair(phase=Phase.CANCELLED)
    make_text(fair, key=TextKey.NEWS, lang="de", body="Im Saal ist Wasser.")
    make_text(fair, key=TextKey.NEWS, lang="ar", body="في القاعة ماء.")
    return fair


@pytest.mark.usefixtures("organiser")
def test_a_fair_is_postponed_and_the_desk_sees_who_knows(page: PageClient) -> None:
    fair = make_fair()
    household = make_household(fair)
    make_household(fair, email="")
    make_exhibitor(fair)
    page.get(f"/desk/{fair.slug}/settings?lang=en")
    shown = page.follow("Postpone the fair")
    assert "1 household is told by mail." in shown.text
    assert "1 household must be called." in shown.text
    assert "1 exhibitor is told by mail." in shown.text
    answer = page.submit("postpone", NEW_DAY)
    assert (now_of(fair).postponed_from, now_of(fair).phase) == (FAIR_STARTS, Phase.OPEN)
    assert "Everybody is being told." in answer.text
    assert "The new date is Saturday, December 5, 2026, from 10:00 to 16:00" in answer.text
    assert "0 of 2 households have been told. 2 more are being told." in answer.text
    make_notice(household, kind="fair_postponed")
    answer = page.get(f"/desk/{fair.slug}?lang=en")
    assert "1 household must be called. To tell" in answer.text


@pytest.mark.usefixtures("organiser")
@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"day": ""}, "on which day"),
        ({"day": "28.11.2026"}, "begins at this time already"),
        ({"day": "9.11.2026"}, "must be to come"),
        ({"ends": "9:00"}, "must end after it begins"),
        ({"day": "28.3.2027", "starts": "2:30"}, "clocks are put forward"),
        ({"news_de": "  "}, "write in German"),
    ],
)
def test_a_faulty_postponement_tells_nobody_and_loses_nothing(
    page: PageClient, typed: dict[str, str], fault: str
) -> None:
    fair = make_fair()
    page.get(f"/desk/{fair.slug}/postpone?lang=en")
    answer = page.submit("postpone", NEW_DAY | typed, status=422)
    assert fault in answer.root.all("div", role="alert")[0].text
    assert SAID["news_ar"] in answer.text
    assert now_of(fair).starts_at == FAIR_STARTS


@pytest.mark.usefixtures("organiser")
def test_a_fair_is_cancelled_by_writing_its_name(page: PageClient) -> None:
    fair = make_fair(name="#JobsForYou Bad Laer")
    page.get(f"/desk/{fair.slug}/settings?lang=en")
    page.follow("Cancel the fair")
    answer = page.submit("call-off", {**SAID, "name": "Bad Laer"}, status=422)
    assert "write the name of the fair" in answer.text
    assert now_of(fair).phase is Phase.OPEN
    answer = page.submit("call-off", {"name": " #jobsforyou  bad laer "})
    assert now_of(fair).phase is Phase.CANCELLED
    assert "This fair is cancelled." in answer.text
    settings = page.get(f"/desk/{fair.slug}/settings?lang=en")
    assert "Postpone the fair" not in settings.text


@pytest.mark.usefixtures("organiser")
@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.OVER, Phase.CANCELLED])
@pytest.mark.parametrize("address", ["postpone", "call-off"])
def test_a_fair_that_nobody_expects_offers_no_form(
    page: PageClient, phase: Phase, address: str
) -> None:
    fair = make_fair(phase=phase)
    shown = page.get(f"/desk/{fair.slug}/{address}?lang=en")
    assert "Only a fair that is public and not over" in shown.text
    assert not shown.root.all("textarea")


@pytest.mark.usefixtures("organiser")
def test_a_day_with_people_is_only_changed_by_postponing(page: PageClient) -> None:
    fair = make_fair()
    make_household(fair)
    page.get(f"/desk/{fair.slug}/settings?lang=en")
    answer = page.submit("facts", {"day": "2026-12-05"}, status=422)
    assert "3 people are registered for the old day. Please postpone the fair" in answer.text


def test_every_page_of_a_cancelled_fair_says_so_in_its_language(page: PageClient) -> None:
    fair = cancelled()
    household, exhibitor = make_household(fair), make_exhibitor(fair)
    my = token_for("my", household.id, household.link_version)
    own = token_for("exhibitor", exhibitor.id, exhibitor.link_version)
    addresses = (f"/{fair.slug}", f"/{fair.slug}/register", f"/my/{my}", f"/exhibitor/{own}")
    for address in addresses:
        shown = page.get(f"{address}?lang=ar")
        (banner,) = shown.root.all("section", aria_label="") or shown.root.all(
            "section", class_="jf-banner jf-banner--no"
        )
        words = banner.all("div", lang="ar")
        assert [one.text for one in words] == ["في القاعة ماء."], address
        shown = page.get(f"{address}?lang=en")
        assert "This fair is cancelled." in shown.text, address
        assert "It was planned for Saturday, November 28, 2026." in shown.text
        assert shown.root.all("div", lang="de")[0].text == "Im Saal ist Wasser."


def test_nobody_registers_at_a_cancelled_fair(page: PageClient) -> None:
    fair = cancelled()
    for address in (f"/{fair.slug}", f"/{fair.slug}/register"):
        shown = page.get(f"{address}?lang=en")
        assert not shown.root.all("form", id="step")
        assert "Register now" not in shown.text
        assert "would still like to come" not in shown.text


def test_the_banner_goes_when_a_postponed_fair_is_over(page: PageClient) -> None:
    fair = make_fair(postponed_from=FAIR_STARTS.replace(day=21))
    shown = page.get(f"/{fair.slug}?lang=en").text
    assert "The new date is Saturday, November 28, 2026, from 10:00 to 16:00" in shown
    assert "It was planned for Saturday, November 21, 2026." in shown
    over = make_fair(postponed_from=FAIR_STARTS.replace(day=21), phase=Phase.OVER)
    assert "postponed" not in page.get(f"/{over.slug}?lang=en").text


def test_the_list_of_fairs_shows_what_is_cancelled_and_what_has_moved(page: PageClient) -> None:
    fair = cancelled()
    make_fair(postponed_from=NOW)
    shown = page.get("/?lang=en").text
    assert f"{fair.name} This fair is cancelled. Saturday, November 28, 2026" in shown
    assert "This fair was postponed. The new date: Saturday, November 28, 2026" in shown
    with frozen(fair.ends_at.replace(day=29)):
        assert "cancelled" not in page.get("/?lang=en").text


@pytest.mark.usefixtures("organiser")
def test_the_desk_does_not_ask_to_end_a_cancelled_fair(page: PageClient) -> None:
    fair = cancelled(make_fair(phase=Phase.CANCELLED))
    with frozen(fair.ends_at):
        assert "The fair has ended" not in page.get(f"/desk/{fair.slug}?lang=en").text
