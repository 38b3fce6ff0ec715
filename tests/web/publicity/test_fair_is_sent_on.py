"""What the fair's page gives to those who send it on: links, previews, sponsors."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from jobfair.core.actor import Role
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase, TextKey
from jobfair.publicity.picture import SIZE
from tests.client import Page, PageClient
from tests.factories import PIXEL, make_fair, make_sponsor, make_text, signed_in

ADDRESS = "https://fair.example.org/laer-2026"
NAME = 'Jobs & "Co" für alle 100 %'


@pytest.fixture
def fair(app: Flask) -> Fair:
    return make_fair(slug="laer-2026", name=NAME)


def metas(shown: Page) -> dict[str, str]:
    return {
        tag.get("property") or tag.get("name"): tag.get("content")
        for tag in shown.root.all("meta")
        if tag.get("property") != "og:locale:alternate"
    }


@pytest.mark.parametrize("lang", ["de", "en", "uk", "ar"])
def test_friends_get_the_page_in_the_sender_s_language(
    page: PageClient, fair: Fair, lang: str
) -> None:
    shown = page.get(f"/laer-2026?lang={lang}")
    links = {urlsplit(a.get("href")).scheme: a.get("href") for a in shown.root.all("a")}
    for scheme, field in (("mailto", "body"), ("sms", "body"), ("whatsapp", "text")):
        (text,) = parse_qs(urlsplit(links[scheme]).query)[field]
        assert NAME in text
        assert text.endswith(f"\n{ADDRESS}?lang={lang}")
        assert "+" not in links[scheme]  # a blank in a form, but a plus in a mail
    assert parse_qs(urlsplit(links["mailto"]).query)["subject"] == [NAME]


def test_the_device_s_own_menu_is_hidden_until_a_script_finds_it(
    page: PageClient, fair: Fair
) -> None:
    shown = page.get("/laer-2026?lang=en")
    (button,) = [b for b in shown.root.all("button") if "data-share" in b.attributes]
    assert "hidden" in button.attributes
    assert button.get("data-url") == f"{ADDRESS}?lang=en"
    assert ADDRESS not in button.get("data-share")


@pytest.mark.parametrize("phase", [Phase.CLOSED, Phase.OVER, Phase.CANCELLED])
def test_nobody_is_sent_where_they_can_not_register(page: PageClient, phase: Phase) -> None:
    fair = make_fair(phase=phase)
    assert "Send to a friend" not in page.get(f"/{fair.slug}?lang=en").text


@pytest.mark.parametrize(
    ("lang", "locale"), [("de", "de_DE"), ("en", "en_GB"), ("uk", "uk_UA"), ("ar", "ar_AR")]
)
def test_previews_are_in_the_page_s_language(
    page: PageClient, fair: Fair, lang: str, locale: str
) -> None:
    make_text(fair, key=TextKey.LEAD, lang=lang, body="Viel  zu sagen.\n\n" + "Wort " * 100)
    shown = page.get(f"/laer-2026?lang={lang}")
    told = metas(shown)
    assert (told["og:title"], told["og:locale"]) == (NAME, locale)
    assert told["og:url"] == f"{ADDRESS}?lang={lang}"
    assert told["og:description"] == told["description"]
    assert "Kreishaus Osnabrück · Viel zu sagen. Wort" in told["description"]
    assert told["description"].endswith(" …")
    assert len(told["description"]) < 210
    others = [t.get("content") for t in shown.root.all("meta", property="og:locale:alternate")]
    assert len({*others, locale}) == len(others) + 1 == 4


def test_search_engines_find_every_language(page: PageClient, fair: Fair) -> None:
    links = page.get("/laer-2026?lang=uk").root.all("link")
    (canonical,) = [link.get("href") for link in links if link.get("rel") == "canonical"]
    assert canonical == f"{ADDRESS}?lang=uk"
    alternates = {link.get("hreflang"): link.get("href") for link in links if link.get("hreflang")}
    assert alternates == {
        **{lang: f"{ADDRESS}?lang={lang}" for lang in ("de", "en", "uk", "ar")},
        "x-default": ADDRESS,
    }


def test_the_picture_of_previews_is_ours(page: PageClient, fair: Fair) -> None:
    image = metas(page.get("/laer-2026"))["og:image"]
    response = page.open(image.removeprefix("https://fair.example.org"))
    assert response.mimetype == "image/png"
    assert response.headers["Cache-Control"] == "max-age=604800, public"
    width, height = (int.from_bytes(response.data[at : at + 4]) for at in (16, 20))
    assert (width, height) == SIZE


def test_sponsors_stand_at_the_foot_of_the_page(page: PageClient, fair: Fair) -> None:
    assert "Supported by" not in page.get("/laer-2026?lang=en").text
    make_sponsor(fair, name="Zweite <GmbH>", position=1)
    make_sponsor(fair, name="Erste", position=0)
    make_sponsor(make_fair(), name="Anderswo")
    shown = page.get("/laer-2026?lang=en")
    assert "Supported by" in shown.text
    pictures = shown.root.all("img")
    assert [picture.get("alt") for picture in pictures] == ["Erste", "Zweite <GmbH>"]
    response = page.open(pictures[0].get("src"))
    assert (response.data, response.mimetype) == (PIXEL, "image/png")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "max-age=604800, public"
    assert "Set-Cookie" not in response.headers
    again = page.open(pictures[0].get("src"), headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_a_logo_is_found_at_its_own_fair_only(page: PageClient, fair: Fair) -> None:
    sponsor = make_sponsor(make_fair(slug="other-2026"))
    assert page.open(f"/other-2026/sponsors/{sponsor.id}").status_code == 200
    assert page.open(f"/laer-2026/sponsors/{sponsor.id}").status_code == 404


def test_a_draft_s_logos_are_its_organisers(app: Flask, page: PageClient) -> None:
    draft = make_fair(slug="draft-2026", phase=Phase.DRAFT)
    address = f"/draft-2026/sponsors/{make_sponsor(draft).id}"
    assert page.open(address).status_code == 404
    signed_in(app, Role.ORGANISER, draft.id)
    assert page.open(address).headers["Cache-Control"] == "max-age=604800, private"
