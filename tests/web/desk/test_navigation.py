"""What stands on top of the team's pages."""

import pytest
from flask import Flask

from jobfair.core.actor import Role
from tests.client import PageClient
from tests.factories import make_fair, signed_in


def areas(page: PageClient, url: str) -> tuple[list[str], list[str]]:
    """Return the areas, and those of them that are marked as the current one."""
    shown = page.get(url)
    links = shown.root.all("nav")[0].all("a")
    return [a.text for a in links], [a.text for a in links if a.get("aria-current")]


def test_an_organiser_finds_every_area_of_the_fair(app: Flask, page: PageClient) -> None:
    fair = make_fair()
    signed_in(app, Role.ORGANISER)
    listed, current = areas(page, f"/desk/{fair.slug}/settings?lang=en")
    assert listed[0] == "Today"
    assert {"Exhibitors", "Shuttle", "Door", "Team", "Settings"} <= set(listed)
    assert current == ["Settings"]
    for name in listed:
        page.get(f"/desk/{fair.slug}/settings?lang=en")
        page.follow(name)


def test_outside_a_fair_there_are_the_fairs(app: Flask, page: PageClient) -> None:
    signed_in(app, Role.ORGANISER)
    listed, current = areas(page, "/desk/?lang=en")
    assert listed[0] == "Fairs"
    assert current == ["Fairs"]


def test_who_is_signed_in_is_named_and_can_leave(app: Flask, page: PageClient) -> None:
    user = signed_in(app, Role.ORGANISER)
    shown = page.get("/desk/?lang=en")
    assert user.name in shown.text
    assert [form.get("action") for form in shown.forms] == ["/sign-out"]


@pytest.mark.parametrize(("wish", "lang"), [("de", "de"), ("en", "en"), ("uk", "de"), ("ar", "de")])
def test_the_team_reads_german_or_english(
    app: Flask, page: PageClient, wish: str, lang: str
) -> None:
    signed_in(app, Role.ORGANISER)
    html = page.get(f"/desk/?lang={wish}").root.all("html")[0]
    assert (html.get("lang"), html.get("dir")) == (lang, "ltr")


@pytest.mark.parametrize(
    ("address", "area"),
    [
        ("postpone", "Settings"),
        ("call-off", "Settings"),
        ("waiting", "People"),
        ("people/duplicates", "People"),
    ],
)
def test_pages_of_other_rooms_belong_to_an_area(
    app: Flask, page: PageClient, address: str, area: str
) -> None:
    fair = make_fair()
    signed_in(app, Role.ORGANISER)
    assert areas(page, f"/desk/{fair.slug}/{address}?lang=en")[1] == [area]
