"""The pages that belong to the house, and the list of fairs."""

from datetime import timedelta

import pytest

from jobfair.core.languages import UI_LANGUAGES
from jobfair.fairs.rules import Phase
from tests.client import PageClient
from tests.factories import NOW, make_fair


@pytest.mark.parametrize("lang", UI_LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/imprint", "/privacy", "/accessibility"])
def test_pages_of_the_house_exist_in_every_language(page: PageClient, path: str, lang: str) -> None:
    root = page.get(f"{path}?lang={lang}").root
    html = root.all("html")[0]
    assert (html.get("lang"), html.get("dir")) == (lang, "rtl" if lang == "ar" else "ltr")
    assert any(a.get("href").startswith("tel:") for a in root.all("a"))


@pytest.mark.parametrize("path", ["/imprint", "/privacy", "/accessibility"])
def test_the_operator_is_named(page: PageClient, path: str) -> None:
    operator = page.app.config["JOBFAIR"]
    text = page.get(path).text
    assert operator.operator_name in text
    assert operator.operator_phone in text
    assert operator.operator_email in text


def test_whose_work_is_used_is_named(page: PageClient) -> None:
    text = page.get("/imprint").text
    for name in ("KERN", "Noto Sans", "GeoNames", "CC BY 4.0"):
        assert name in text


def test_without_a_fair_the_page_says_so(page: PageClient) -> None:
    make_fair(phase=Phase.DRAFT)
    make_fair(starts_at=NOW - timedelta(days=2), ends_at=NOW - timedelta(days=1))
    assert "No fair is planned" in page.get("/?lang=en").text


def test_fairs_to_come_are_listed_soonest_first(page: PageClient) -> None:
    later = make_fair(starts_at=NOW + timedelta(days=40), ends_at=NOW + timedelta(days=40, hours=2))
    sooner = make_fair()
    links = page.get("/?lang=en").root.all("main")[0].all("a")
    assert [a.get("href") for a in links] == [f"/{sooner.slug}", f"/{later.slug}"]


def test_the_telephone_of_the_fair_stands_on_its_pages(page: PageClient) -> None:
    fair = make_fair(phone="0541 501 4711")
    assert "tel:05415014711" in {a.get("href") for a in page.get(f"/{fair.slug}").root.all("a")}
