"""The shuttle of a fair in real browsers, from the first wish to the last bus home."""

import pytest

from jobfair.core.codes import plain_code
from tests.browser.conftest import ContextMaker, LiveServer
from tests.browser.day import organiser
from tests.browser.door.duty import Phone
from tests.browser.shuttle import attendant, planning, riders
from tests.browser.shuttle.planning import FIRST, SECOND, morning
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

BORIS, PETRA, NADIA = "Boris", "Petra", "Nadia"


@pytest.fixture
def stage(live_server: LiveServer, worker: None, browser_context: ContextMaker) -> Stage:
    return Stage(live_server, browser_context, f"kreishaus-{morning().year}")


def test_the_shuttle_of_a_fair(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    desk = step_1_what_plans_begin_with(stage)
    mother, boris, petra = step_2_households_ask(stage)
    step_3_the_timetable(stage, desk)
    step_4_all_have_seats(stage, mother, boris, petra)
    nadia = step_5_one_waits_and_another_cancels(stage, boris)
    badge = plain_code(mother.page.locator(".jf-code").first.inner_text())
    phone = step_6_to_the_fair(stage, desk, badge, nadia)
    step_7_home_again(stage, desk, badge, phone)
    with capsys.disabled():
        looked = sum(len(visitor.seen) for visitor in stage.visitors)
        print(f"\naxe found nothing on {looked} pages of the shuttle")


def step_1_what_plans_begin_with(stage: Stage) -> Visitor:
    desk = organiser.sign_in(stage)
    desk.hurried = True
    organiser.make_fair(stage, desk, morning())
    desk.hurried = False
    planning.set_the_clock(stage, desk, morning())
    planning.import_stops(stage, desk)
    planning.describe_buses(stage, desk)
    organiser.move_on(stage, desk, "open")
    return desk


def step_2_households_ask(stage: Stage) -> tuple[Visitor, Visitor, Visitor]:
    mother = riders.register_family(stage)
    boris = riders.register_one(stage, BORIS, FIRST)
    riders.agree(boris)
    petra = riders.register_one(stage, PETRA, SECOND)
    riders.agree(petra)
    return mother, boris, petra


def step_3_the_timetable(stage: Stage, desk: Visitor) -> None:
    planning.plan(stage, desk)
    planning.change_by_hand(desk)
    planning.publish(stage, desk)


def step_4_all_have_seats(stage: Stage, mother: Visitor, boris: Visitor, petra: Visitor) -> None:
    riders.hears_of_seats(stage, boris, BORIS, FIRST)
    riders.hears_of_seats(stage, petra, PETRA, SECOND)
    riders.is_seated(mother, FIRST)


def step_5_one_waits_and_another_cancels(stage: Stage, boris: Visitor) -> Visitor:
    nadia = riders.register_one(stage, NADIA, SECOND, hurried=False)
    riders.finds_no_seat(nadia)
    riders.gives_seat_back(boris)
    riders.hears_of_seats(stage, nadia, NADIA, SECOND)
    return nadia


def step_6_to_the_fair(stage: Stage, desk: Visitor, badge: str, nadia: Visitor) -> Phone:
    attendant.read_manifests(stage, (riders.LATIN_FAMILY, PETRA, NADIA), (BORIS,))
    organiser.move_on(stage, desk, "running")
    phone = attendant.pair(stage, desk)
    attendant.board(phone, badge, riders.SON)
    attendant.report_delay(phone)
    riders.reads_delay(nadia, attendant.LATE)
    phone.leave_network()
    for name in (PETRA, NADIA):
        attendant.tick(phone, name)
    attendant.arrive(phone, riders.SON, PETRA, NADIA)
    return phone


def step_7_home_again(stage: Stage, desk: Visitor, badge: str, phone: Phone) -> None:
    attendant.board(phone, badge, riders.SON, NADIA)
    attendant.close_return(phone, PETRA)
    attendant.sees_who_to_call(stage, desk, PETRA, NADIA, riders.LATIN_FAMILY)
