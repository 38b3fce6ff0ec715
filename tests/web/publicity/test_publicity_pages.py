"""The organiser's page of publicity: paper, sponsors, texts to send."""

from typing import Any

import pytest
from flask import Flask

from jobfair.core.actor import Role
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import TextKey
from jobfair.publicity.queries import list_sponsors
from jobfair.publicity.rules import BYTES_MOST
from tests.client import Page, PageClient
from tests.factories import PIXEL, make_fair, make_sponsor, make_text

PAGE = "/desk/laer-2026/publicity"


@pytest.fixture
def fair(app: Flask) -> Fair:
    return make_fair(slug="laer-2026", name="Laer")


@pytest.fixture
def desk(page: PageClient, fair: Fair) -> PageClient:
    page.sign_in(Role.ORGANISER, fair.id)
    page.get(f"{PAGE}?lang=en")
    return page


def multipart(page: PageClient, name: str, data: bytes) -> dict[str, Any]:
    """Return the form of a new sponsor as a browser sends it."""
    parts = [
        ('name="csrf_token"', page._here().csrf_token.encode()),
        ('name="name"', name.encode()),
        ('name="logo"; filename="logo.png"', data),
    ]
    body = b"".join(
        b"--limit\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (head.encode(), content)
        for head, content in parts
    )
    return {"data": body + b"--limit--\r\n", "content_type": "multipart/form-data; boundary=limit"}


def send(page: PageClient, name: str, data: bytes, status: int = 200) -> Page:
    """Add a sponsor; return the page after that."""
    return page._arrive(PAGE, status, method="POST", **multipart(page, name, data))


@pytest.mark.parametrize("name", ["poster", "flyer-de", "flyer-en", "flyer-uk", "flyer-ar"])
def test_paper_is_handed_out(desk: PageClient, name: str) -> None:
    make_sponsor(make_fair())
    response = desk.open(f"{PAGE}/{name}.pdf")
    assert (response.status_code, response.mimetype) == (200, "application/pdf")
    assert response.get_data().startswith(b"%PDF-")
    assert response.headers["Content-Disposition"] == f'inline; filename="laer-2026-{name}.pdf"'
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("lang", ["fr", "xx", "de-DE"])
def test_there_is_no_flyer_in_other_languages(desk: PageClient, lang: str) -> None:
    assert desk.open(f"{PAGE}/flyer-{lang}.pdf").status_code == 404


def test_page_links_all_paper_and_gives_texts(desk: PageClient) -> None:
    shown = desk.get(PAGE)
    papers = [a.get("href") for a in shown.root.all("a") if a.get("href").endswith(".pdf")]
    assert [path.rsplit("/", 1)[1] for path in papers] == [
        "poster.pdf",
        *(f"flyer-{lang}.pdf" for lang in ("de", "en", "uk", "ar")),
    ]
    texts = {area.get("lang"): area.text for area in shown.root.all("textarea")}
    assert list(texts) == ["de", "en", "uk", "ar"]
    for lang, text in texts.items():
        assert text.endswith(f"https://fair.example.org/laer-2026?lang={lang}")


def test_answers_that_do_not_fit_are_named(desk: PageClient, fair: Fair) -> None:
    assert "Too long" not in desk.get(PAGE).text
    make_text(fair, key=TextKey.PAPERS, lang="ar", body="كلمة " * 790)
    make_text(fair, key=TextKey.FREE, lang="ar", body="كلمة " * 790)
    shown = desk.get(PAGE)
    assert shown.text.count("Too long") == 1
    assert "text_lang=ar" in shown.link("Shorten them")


def test_a_sponsor_is_added_moved_and_removed(desk: PageClient, fair: Fair) -> None:
    send(desk, "Sparkasse", PIXEL)
    assert "The sponsor is added." in send(desk, "Caritas", PIXEL).text
    first, second = (sponsor.id for sponsor in list_sponsors(fair.id))
    desk.submit(f"up-{second}")
    assert [sponsor.id for sponsor in list_sponsors(fair.id)] == [second, first]
    assert "Caritas is removed." in desk.submit(f"remove-{second}").text
    assert [sponsor.name for sponsor in list_sponsors(fair.id)] == ["Sparkasse"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("", PIXEL, "Please name the sponsor."),
        ("Caritas", b"", "Please choose a picture."),
        ("Caritas", b"<svg/>", "no picture that can be read"),
        ("Caritas", bytes(BYTES_MOST + 1), "too large"),
    ],
)
def test_refused_sponsors_keep_their_name(
    desk: PageClient, fair: Fair, name: str, data: bytes, said: str
) -> None:
    shown = send(desk, name, data, 422)
    assert said in shown.text
    assert shown.root.all("input", id="name")[0].get("value") == name
    assert list_sponsors(fair.id) == []


def test_a_form_without_anything_says_all_that_is_missing(desk: PageClient) -> None:
    form = multipart(desk, "", b"")
    form["data"] = form["data"].replace(b"logo.png", b"")
    shown = desk._arrive(PAGE, 422, method="POST", **form)
    assert "Please name the sponsor." in shown.text
    assert "Please choose a picture." in shown.text


def test_a_request_of_any_size_is_not_read(desk: PageClient) -> None:
    response = desk.open(PAGE, method="POST", **multipart(desk, "x", bytes(9 << 20)))
    assert response.status_code == 413
