"""What an impatient finger does."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Request, expect

from tests.browser.conftest import ContextMaker, LiveServer
from tests.factories import make_fair

pytestmark = pytest.mark.browser


def test_a_double_click_sends_a_form_once(
    live_server: LiveServer, browser_context: ContextMaker
) -> None:
    starts = datetime.now(UTC) + timedelta(days=7)
    fair = make_fair(slug="clicks-2026", starts_at=starts, ends_at=starts + timedelta(hours=6))
    page = browser_context("de").new_page()
    page.goto(f"{live_server.url}/{fair.slug}/register")
    page.fill("main [name=people-0-given]", "Amal")
    page.fill("main [name=people-0-family]", "Haddad")
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            sent.append(request.url)

    page.on("request", note)
    page.locator("main .jf-btn--next").dblclick()
    expect(page.locator("main [name=municipality]")).to_be_visible()
    assert sent == [f"{live_server.url}/{fair.slug}/register"]
