"""What people pay for with their mobile data."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ContextMaker, LiveServer
from tests.factories import make_fair

pytestmark = pytest.mark.browser
MOST = 150_000


def test_registering_loads_little(
    live_server: LiveServer, browser_context: ContextMaker, capsys: pytest.CaptureFixture[str]
) -> None:
    starts = datetime.now(UTC) + timedelta(days=7)
    fair = make_fair(starts_at=starts, ends_at=starts + timedelta(hours=6))
    page = browser_context("de").new_page()
    network = page.context.new_cdp_session(page)
    loaded: list[float] = []
    network.on(
        "Network.loadingFinished", lambda done: loaded.append(int(done["encodedDataLength"]))
    )
    network.send("Network.enable")
    page.goto(f"{live_server.url}/{fair.slug}/register", wait_until="networkidle")
    expect(page.locator("main [name=people-0-given]")).to_be_visible()
    with capsys.disabled():
        print(f"\nfirst load of the registration: {sum(loaded):.0f} bytes in {len(loaded)} answers")
    assert len(loaded) > 3
    assert sum(loaded) < MOST
