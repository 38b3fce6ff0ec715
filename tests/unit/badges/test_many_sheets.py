"""The sheets of many households in one document look like each by itself."""

from collections.abc import Callable
from dataclasses import replace

from PIL import Image, ImageChops

from jobfair.attendees.badges.sheet import SheetData, household_sheet, household_sheets

FAIR = "#JobsForYou Osnabrück"
Make = Callable[..., SheetData]
Render = Callable[..., list[Image.Image]]


def _households(household: Make) -> list[SheetData]:
    alone = replace(household(1), outbound=None, back=None)
    return [household(2), household(5, rtl=True), alone, household(2), household(3, rtl=True)]


def test_each_page_is_that_of_the_household_alone(household: Make, render: Render) -> None:
    sheets = _households(household)
    together = render(household_sheets(sheets, FAIR, "Blätter"))
    apart = [page for data in sheets for page in render(household_sheet(data))]
    assert len(together) == len(apart) == 6
    for one, other in zip(together, apart, strict=True):
        assert ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getbbox() is None


def test_what_recurs_is_stored_once(household: Make) -> None:
    once = household_sheets([household(2)], FAIR, "Blätter")
    often = household_sheets([household(2)] * 50, FAIR, "Blätter")
    assert len(often) < 25 * len(once)
