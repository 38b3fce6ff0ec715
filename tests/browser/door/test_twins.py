"""What the door's scripts do as Python does it: codes, hashes, and the decision itself."""

import json
from collections.abc import Iterator
from datetime import datetime
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from config import ROOT
from jobfair.core.codes import ALPHABET, draw_code, normalise_code
from tests.browser.door.fake_api import ORIGIN, SALT, FakeApi, hash_of

pytestmark = pytest.mark.browser

VECTORS = json.loads((ROOT / "tests/vectors/door.json").read_text("utf-8"))
TYPED = [
    "0123456789AB",
    " 0123 4567 89ab\n",
    "oiLA-bcde–fghj",
    "HTTPS://FAIR.EXAMPLE.ORG/B/0123456789AB",
    "http://fair.example.org/b/0123-4567-89AB/?from=mail#top",
    "fair.example.org/B/0123456789AB",
    "fair.example.org/b/0123456789AB?a\nb",
    "https://fair.example.org/c/0123456789AB",
    "https://fair.example.org/x/b/0123456789AB",
    "\ufeff0123456789AB",
    "\ufeffhttps://a/b/0123456789AB",
    "\x850123456789AB\x1c",
    "\x85https://a/b/0123456789AB",
    "٠١٢٣٤٥٦٧٨٩AB",
    "۰۱۲۳۴۵۶۷۸۹ab",
    "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡AB",
    "АВЕКМНОРСТХІ",
    "авекмнорстхі",
    "U123456789AB",
    "ß23456789ABC",
    "0123456789AB" + " " * 289,
    "0123456789A\U0001f600",
    "",
]
PIECES = [*ALPHABET, *"UILOuiloАВЕ -–\u200b\u00ad/:?#.\n\x85", "http://", "/b/", "٣", "𝟜", "ß", "ı"]


@pytest.fixture(scope="module")
def modules(chromium: Browser) -> Iterator[Page]:
    """A page that has the modules of codes and rules."""
    page = chromium.new_page()
    FakeApi().serve(page)
    page.goto(f"{ORIGIN}/")
    page.evaluate(
        """async () => {
            globalThis.codes = await import("/codes.js");
            globalThis.rules = await import("/rules.js");
        }"""
    )
    yield page
    page.close()


def test_codes_are_read_as_python_reads_them(modules: Page) -> None:
    random = Random(4)  # the same texts every time
    drawn = ("".join(random.choices(PIECES, k=random.randint(10, 14))) for _ in range(4000))
    typed = [*TYPED, *drawn]
    read = modules.evaluate("(typed) => typed.map(codes.normaliseCode)", typed)
    expected = [normalise_code(text) for text in typed]
    assert sum(code is not None for code in expected) > 100
    assert list(zip(typed, read, strict=True)) == list(zip(typed, expected, strict=True))


def test_hashes_are_those_of_the_roster(modules: Page) -> None:
    codes = [draw_code(Random(number)) for number in range(200)]
    hashes = modules.evaluate(
        """([salt, typed]) => Promise.all(
            typed.map((code) => codes.hashOf(codes.fromHex(salt), code)))""",
        [SALT.hex(), codes],
    )
    assert hashes == [hash_of(code) for code in codes]


def millis(text: str | None) -> float | None:
    return None if text is None else datetime.fromisoformat(text).timestamp() * 1000


def before(inside: bool) -> dict[str, Any]:
    return {"since": 0 if inside else None}


def as_moves(moves: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [move | {"at": millis(move["at"])} for move in moves]


def as_presence(answer: dict[str, Any] | None) -> dict[str, Any]:
    if answer is None:
        return {"since": None, "station": ""}
    return {"since": millis(answer["since"]), "station": answer["station"]}


CALLS: dict[str, tuple[str, Any]] = {
    "decide": (
        "rules.decide(c.state, c.before, c.direction, c)",
        lambda case: case | {"before": before(case["inside"]), "roomLeft": case["room_left"]},
    ),
    "decide_boarding": (
        "rules.decideBoarding(c.state, c.before, c.direction, c)",
        lambda case: case | {"before": before(case["inside"]), "roomLeft": case["room_left"]},
    ),
    "room_left": ("rules.freeSeats(c.seats, c.listed, c)", lambda case: case),
    "repeats": (
        "rules.repeats(c.last_at, c.at)",
        lambda case: {name: millis(value) for name, value in case.items()},
    ),
    "passes": (
        "rules.passes(c.direction, c.outcome, { known: c.known, letIn: c.let_in })",
        lambda case: case,
    ),
    "presence": ("rules.presence(c.moves)", lambda case: {"moves": as_moves(case["moves"])}),
    "override_of": ("rules.overrideOf(c.reason, c.state, c.rights)", lambda case: case),
}


@pytest.mark.parametrize("name", CALLS)
def test_decisions_are_those_of_the_server(modules: Page, name: str) -> None:
    call, given = CALLS[name]
    vectors = VECTORS[name]
    assert vectors
    answers = modules.evaluate(
        f"(cases) => cases.map((c) => {call})", [given(vector["case"]) for vector in vectors]
    )
    expected = [vector["answer"] for vector in vectors]
    if name == "presence":
        expected = [as_presence(answer) for answer in expected]
    cases = [vector["case"] for vector in vectors]
    assert list(zip(cases, answers, strict=True)) == list(zip(cases, expected, strict=True))
