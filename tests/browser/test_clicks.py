"""What an impatient finger does."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ContextMaker, LiveServer
from tests.factories import make_fair

pytestmark = pytest.mark.browser
CLICK_TWICE = """() => {
    const held = [];
    const hold = (event) => { held.push(event.defaultPrevented); event.preventDefault(); };
    window.addEventListener("submit", hold);
    for (const _ of [1, 2]) document.querySelector("main .jf-btn--next").click();
    window.removeEventListener("submit", hold);
    return held;
}"""
"""Says of each of two clicks whether the page itself held the form back."""


def test_a_double_click_sends_a_form_once(
    live_server: LiveServer, browser_context: ContextMaker
) -> None:
    starts = datetime.now(UTC) + timedelta(days=7)
    fair = make_fair(slug="clicks-2026", starts_at=starts, ends_at=starts + timedelta(hours=6))
    page = browser_context("de").new_page()
    page.goto(f"{live_server.url}/{fair.slug}/register")
    assert page.evaluate(CLICK_TWICE) == [False, True]
    page.reload()
    page.fill("main [name=people-0-given]", "Amal")
    page.fill("main [name=people-0-family]", "Haddad")
    page.locator("main .jf-btn--next").dblclick()
    expect(page.locator("main [name=municipality]")).to_be_visible()
