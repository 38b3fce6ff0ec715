"""Sheets as they come out of the printer: codes are readable, names keep to their room."""

import ctypes
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from reportlab.lib.pagesizes import A4

from jobfair.attendees.badges.badge import CODE_DOWN, CODE_EDGE, CODE_SIZE, HEIGHT, WIDTH, Badge
from jobfair.attendees.badges.sheet import SheetData, badge_sheets, household_sheet
from jobfair.core.codes import group_code

Household = Callable[..., SheetData]
MakeBadge = Callable[..., Badge]
Render = Callable[..., list[Image.Image]]
Decode = Callable[[Image.Image], set[str]]

DPI = 100
NAMES = st.one_of(
    st.text(alphabet="أبتثجحخدرسشعغفقكلمنهوي ", max_size=60),
    st.text(alphabet="نیلوفرمخواهپچژگ\u200c ", max_size=60),
    st.text(alphabet="АБВГҐДЕЄЖЗИІЇабвгґдеєжзиії-' ", max_size=60),
    st.text(alphabet="AÉĂÂÊÔƠƯĐaéăâêôơưđễạỳ\u0302\u0323- ", max_size=60),
    st.text(max_size=60),
    st.text(alphabet="Wm", min_size=200, max_size=400),
)


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("people", range(1, 9))
def test_every_code_of_a_household_is_readable(
    people: int, rtl: bool, household: Household, render: Render, decode: Decode
) -> None:
    data = household(people, rtl)
    pages = render(household_sheet(data), DPI)
    found = [decode(page) for page in pages]
    assert set().union(*found) == {badge.url for badge in data.badges} | {data.own_url}
    assert len(pages) == (1 if people <= 3 else 2)
    assert len(found[-1]) == min(people, 3) + 1


def test_large_household_gets_more_badge_pages(household: Household, render: Render) -> None:
    assert len(render(household_sheet(household(12)), 30)) == 3


@pytest.mark.parametrize("rides", ["both", "out", "back", "none"])
def test_sheet_without_rides_still_stands(
    rides: str, household: Household, render: Render, decode: Decode
) -> None:
    data = household(2, rtl=True)
    if rides != "both":
        data = replace(
            data,
            outbound=data.outbound if rides == "out" else None,
            back=data.back if rides == "back" else None,
        )
    (page,) = render(household_sheet(data), DPI)
    assert len(decode(page)) == 3


def code_box(cell: int) -> tuple[int, int, int, int]:
    """The pixels of a code with its quiet zone, for a cell of a sheet of badges."""
    left = (A4[0] - 2 * WIDTH) / 2 + (cell % 2) * WIDTH
    top = (A4[1] - 4 * HEIGHT) / 2 + (cell // 2) * HEIGHT
    left += WIDTH - CODE_SIZE - CODE_EDGE
    top += CODE_DOWN
    edges = (left, top, left + CODE_SIZE, top + CODE_SIZE)
    return tuple(round(edge * DPI / 72) for edge in edges)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(names=st.lists(st.tuples(NAMES, st.none() | NAMES), min_size=8, max_size=8))
def test_names_never_touch_the_code(
    names: list[tuple[str, str | None]], make_badge: MakeBadge, render: Render, decode: Decode
) -> None:
    named = [make_badge(number, latin, own) for number, (latin, own) in enumerate(names)]
    bare = [make_badge(number, "") for number in range(len(names))]
    (page,) = render(badge_sheets(named, "#JobsForYou", "Ausweise"), DPI)
    (empty,) = render(badge_sheets(bare, "#JobsForYou", "Ausweise"), DPI)
    for cell in range(len(names)):
        box = code_box(cell)
        assert ImageChops.difference(page.crop(box), empty.crop(box)).getbbox() is None
    assert decode(page) == {badge.url for badge in named}


def test_quiet_zone_is_white(make_badge: MakeBadge, render: Render) -> None:
    badges = [make_badge(number, "Xy" * 5000, "ش" * 10_000) for number in range(8)]
    (page,) = render(badge_sheets(badges, "#JobsForYou", "Ausweise"), DPI)
    for cell in range(8):
        left, top, right, bottom = code_box(cell)
        zone = (right - left) * 3 // 37  # one module short of four, for the edges' grey
        for strip in (
            (left, top, left + zone, bottom),
            (right - zone, top, right, bottom),
            (left, top, right, top + zone),
            (left, bottom - zone, right, bottom),
        ):
            assert page.crop(strip).getextrema() == (255, 255)


def test_sheets_of_badges_hold_eight_each(
    make_badge: MakeBadge, render: Render, decode: Decode
) -> None:
    badges = [make_badge(number) for number in range(11)]
    heard: list[int] = []
    pdf = badge_sheets(badges, "#JobsForYou", "Ausweise", progress=heard.append)
    assert [len(decode(page)) for page in render(pdf, DPI)] == [8, 3]
    assert heard == [8, 11]


def test_name_that_no_font_has_is_left_out(make_badge: MakeBadge) -> None:
    latin = badge_sheets([make_badge(1, "Shan")], "#JobsForYou", "Ausweise")
    assert badge_sheets([make_badge(1, "Shan", "山")], "#JobsForYou", "Ausweise") == latin


def test_right_to_left_sheet_is_mirrored(household: Household, render: Render) -> None:
    def code_centre(rtl: bool) -> float:
        (page,) = render(household_sheet(household(1, rtl)), DPI)
        (found,) = (code for code in zxingcpp.read_barcodes(page) if "/B/" in code.text)
        corners = (found.position.top_left, found.position.bottom_right)
        return sum(corner.x for corner in corners) / 2 / DPI * 72

    from_edge = WIDTH - CODE_SIZE / 2 - CODE_EDGE
    margin = (A4[0] - 2 * WIDTH) / 2
    assert code_centre(rtl=False) == pytest.approx(margin + from_edge, abs=3)
    assert code_centre(rtl=True) == pytest.approx(A4[0] - margin - from_edge, abs=3)


def test_document_says_what_it_is(household: Household) -> None:
    data = household(1, rtl=True)
    pdf = household_sheet(data)
    document = pypdfium2.PdfDocument(pdf)
    metadata: dict[str, Any] = document.get_metadata_dict()
    document.close()
    assert metadata["Title"] == f"{data.own.title} – {data.fair}"
    assert b"/Lang (ar)" in pdf
    assert b"/DisplayDocTitle true" in pdf
    assert b"Helvetica" not in pdf


def structure(pdf: bytes, page_number: int) -> list[tuple[str, str, str, str]]:
    """Type, language, description and text of what a screen reader finds on a page."""

    def text(call: Callable[..., int], element: Any) -> str:
        size = call(element, None, 0)
        buffer = ctypes.create_string_buffer(size)
        call(element, buffer, size)
        return buffer.raw.decode("utf-16-le").rstrip("\0")

    document = pypdfium2.PdfDocument(pdf)
    page = document[page_number]
    tree = raw.FPDF_StructTree_GetForPage(page)
    whole = raw.FPDF_StructTree_GetChildAtIndex(tree, 0)
    elements = [
        raw.FPDF_StructElement_GetChildAtIndex(whole, index)
        for index in range(raw.FPDF_StructElement_CountChildren(whole))
    ]
    found = [
        (
            text(raw.FPDF_StructElement_GetType, element),
            text(raw.FPDF_StructElement_GetLang, element),
            text(raw.FPDF_StructElement_GetAltText, element),
            text(raw.FPDF_StructElement_GetActualText, element),
        )
        for element in elements
    ]
    raw.FPDF_StructTree_Close(tree)
    page.close()
    document.close()
    return found


def test_sheet_is_tagged_for_screen_readers(household: Household) -> None:
    data = household(4, rtl=True)
    pdf = household_sheet(data)
    for page, badges in enumerate((data.badges[:1], data.badges[1:])):
        found = structure(pdf, page)
        assert [text for kind, _, _, text in found if kind == "H1"] == [data.own.title]
        assert [about for kind, _, about, _ in found if kind == "Figure"] == [
            *(f"QR {group_code(badge.code)}" for badge in badges),
            *([data.own.own_page] if page else []),
        ]
        assert [text for _, _, _, text in found].count("أمل حداد") == len(badges)
    assert ("P", "de", "", data.german.advice[0]) in found


def test_same_data_gives_the_same_bytes(household: Household) -> None:
    first = household_sheet(household(2, rtl=True))
    household_sheet(replace(household(3), fair="Щось інше وغيره"))
    assert household_sheet(household(2, rtl=True)) == first
