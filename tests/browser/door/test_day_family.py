"""Families come in with one scan and one tap, come back, and are taken back."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from jobfair.attendees.models import Household
from jobfair.booking.queries import token_of
from jobfair.core.db import session
from tests.browser.conftest import ContextMaker, LiveServer
from tests.browser.door.desk import AMAL, LINA, YUSUF, Desk, fair_today, family_of
from tests.browser.film import Lens
from tests.browser.papers import badges_on, pictures_of
from tests.browser.stage import Stage
from tests.factories import make_station

pytestmark = pytest.mark.browser

REPEAT = 10.5  # seconds


@pytest.fixture
def desk(live_server: LiveServer, browser_context: ContextMaker) -> Desk:
    fair = fair_today()
    make_station(fair, name="Nord")
    return Desk(Stage(live_server, browser_context, fair.slug), fair)


def test_a_printed_badge_opens_for_the_family_and_again_for_whoever_comes_back(
    desk: Desk, tmp_path: Path
) -> None:
    codes = family_of(desk.fair, AMAL, YUSUF, LINA)
    household = session().scalars(sa.select(Household).filter_by(fair_id=desk.fair.id)).one()
    sheet = desk.page.request.get(desk.stage.url(f"/my/{token_of(household)}/badges.pdf"))
    badges = badges_on(pictures_of(sheet.body())[0])
    assert len(badges) == len(codes)
    badge = badges[f"{desk.stage.server.url}/B/{codes[0]}".upper()]
    lens = Lens(tmp_path / "lens.y4m")
    phone = desk.phone("Nord", lens=lens)

    lens.show(badge)
    phone.says("admitted")
    seen_at = time.monotonic()
    phone.look()
    expect(phone.page.locator("[data-who]")).to_contain_text("Amal H.")
    lens.show(None)
    phone.wait()
    strip = phone.page.locator("[data-last]")
    expect(strip.locator("[data-family-list] li")).to_have_count(2)
    phone.look()
    phone.page.click("[data-family-admit]")
    phone.says("admitted")
    expect(phone.page.locator("[data-act=more]")).to_be_hidden()
    phone.wait()
    phone.counts("inside", 3)
    phone.counts("waiting", 0)
    assert desk.scans() == [("admitted", True)] * 3

    once_more = max(0.0, seen_at + REPEAT - time.monotonic())  # until then it is the same scan
    phone.page.wait_for_timeout(once_more * 1000)
    lens.show(badge)
    phone.says("already_inside")
    expect(phone.page.locator("[data-why]")).to_contain_text("Nord")
    phone.look()
    lens.show(None)
    phone.act("again")
    phone.says("admitted")
    phone.wait()
    phone.counts("waiting", 0)
    phone.counts("inside", 3)
    assert [outcome for outcome, _passed in desk.scans()] == [
        *["admitted"] * 3,
        "already_inside",
        "admitted",
    ]
    desk.open()
    assert desk.page.locator(".jf-key strong").all_inner_texts()[:2] == ["3", "3"]


def test_a_steward_takes_back_own_scans_for_ten_minutes_and_nobody_elses(desk: Desk) -> None:
    (amal, yusuf), (lina,) = family_of(desk.fair, AMAL, YUSUF), family_of(desk.fair, LINA)
    nora = desk.phone("Nord", name="Nora, grün", ahead=timedelta())
    sami = desk.phone("Nord", name="Sami, gelb")
    nora.scan(amal)
    nora.says("admitted")
    nora.act("undo")
    nora.wait()
    nora.counts("waiting", 0)
    nora.counts("inside", 0)

    nora.scan(lina)
    nora.says("admitted")
    nora.wait()
    nora.counts("waiting", 0)
    sami.scan(lina)
    sami.says("already_inside")
    expect(sami.page.locator("[data-act=undo]")).to_be_hidden()
    sami.act("next")

    nora.later(timedelta(minutes=11))
    nora.page.click("[data-last-undo]")
    too_late = nora.words["words"]["verdict"]["not_undone"]
    expect(nora.page.locator("[data-hint]")).to_have_text(too_late)
    nora.look()
    nora.scan(yusuf)
    nora.says("admitted")
    nora.wait()
    nora.counts("waiting", 0)
    nora.counts("inside", 2)
    passed = [passed for _outcome, passed in desk.scans()]
    assert passed == [True, True, False, True]
