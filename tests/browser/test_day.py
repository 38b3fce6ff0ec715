"""The day of a fair in real browsers, from the first sign-in to the last answer."""

from pathlib import Path

import pytest

from tests.browser.conftest import ContextMaker, LiveServer
from tests.browser.day import exhibitor, household, organiser, team
from tests.browser.day.household import Papers
from tests.browser.film import Lens
from tests.browser.shuttle.planning import morning, set_the_clock
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
TODAY = morning()


@pytest.fixture
def stage(live_server: LiveServer, worker: None, browser_context: ContextMaker) -> Stage:
    return Stage(live_server, browser_context, f"bramsche-{TODAY.year}")


def test_the_day_of_a_fair(
    stage: Stage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = step_1_the_organiser_makes_a_fair(stage)
    company = step_2_a_company_applies(stage, desk)
    mother = step_3_a_mother_registers(stage)
    papers = step_4_codes_on_screen_and_paper(stage, mother)
    step_5_at_the_door(stage, desk, papers, Lens(tmp_path / "lens.y4m"))
    step_6_on_the_bus(stage, desk)
    step_7_afterwards(stage, desk, company)
    with capsys.disabled():
        looked = sum(len(visitor.seen) for visitor in stage.visitors)
        print(f"\naxe found nothing on {looked} pages of the day")


def step_1_the_organiser_makes_a_fair(stage: Stage) -> Visitor:
    desk = organiser.sign_in(stage)
    organiser.make_fair(stage, desk, TODAY)
    set_the_clock(stage, desk, TODAY, "00:30", "23:59")
    organiser.write_texts(stage, desk)
    organiser.plan_buses(stage, desk)
    organiser.move_on(stage, desk, "open")
    assert organiser.figures(desk)[0] == 0
    assert f"von {organiser.PLACES} Plätzen" in desk.text()
    return desk


def step_2_a_company_applies(stage: Stage, desk: Visitor) -> Visitor:
    company = exhibitor.apply(stage)
    own = exhibitor.confirm_and_correct(stage, company)
    exhibitor.approve(stage, desk)
    exhibitor.find_everywhere(stage, company, own)
    return company


def step_3_a_mother_registers(stage: Stage) -> Visitor:
    mother = household.register_family(stage)
    household.choose_rides(mother)
    household.pass_over(mother, "work", "needs", "contact")
    household.consent(stage, mother)
    household.register_neighbour(stage)
    return mother


def step_4_codes_on_screen_and_paper(stage: Stage, mother: Visitor) -> Papers:
    codes = household.read_codes(stage, mother, organiser.OUT_AT)
    papers = household.print_sheet(stage, mother, codes)
    household.look_around(stage, mother, papers)
    return papers


def step_5_at_the_door(stage: Stage, desk: Visitor, papers: Papers, lens: Lens) -> None:
    link = organiser.invite_door_staff(stage, desk, team.DOOR_EMAIL)
    organiser.move_on(stage, desk, "running")
    organiser.open_door(stage, desk)
    phone = team.pair_own_phone(stage, link, lens)
    team.scan_badge(phone, lens, papers.badge)
    team.let_children_in(phone, papers)


def step_6_on_the_bus(stage: Stage, desk: Visitor) -> None:
    team.ride_along(stage)
    team.see_who_waits(stage, desk)


def step_7_afterwards(stage: Stage, desk: Visitor, company: Visitor) -> None:
    organiser.move_on(stage, desk, "over")
    team.ask_exhibitors(stage, desk)
    exhibitor.answer(stage, company)
    team.read_answers(stage, desk)
    team.work_with_the_list(stage, desk)
