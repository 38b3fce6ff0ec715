"""The pages that belong to the house, and what holds for every answer."""

from tests.client import PageClient


def test_front_page_is_well_made(page: PageClient) -> None:
    assert page.get("/").status == 200
