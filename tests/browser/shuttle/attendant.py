"""What the attendant does on the day: lists, getting on without network, the way home."""

import re

from playwright.sync_api import Locator, expect

from jobfair.core.actor import Role
from jobfair.shuttle.rules import Direction
from tests.browser.door.duty import Phone
from tests.browser.papers import words_of
from tests.browser.shuttle.planning import FIRST, SECOND, departure
from tests.browser.stage import Stage, accept_invitation
from tests.browser.visitor import Visitor

LATE = 10


def read_manifests(stage: Stage, riders: tuple[str, ...], others: tuple[str, ...]) -> None:
    """Have page and paper of both ways list those who ride, and nobody else."""
    attendant = stage.visitor()
    link = stage.add_member(Role.ATTENDANT, "bernd@example.org", "--fair", stage.slug)
    accept_invitation(attendant, link, "Bernd Bus")
    attendant.open(stage.url("/door/FAIR/buses"))
    for key in ("1-out-0", "1-back-0"):
        attendant.open(stage.url(f"/door/FAIR/buses/{key}"))
        paper = attendant.page.request.get(stage.url(f"/door/FAIR/buses/{key}/manifest.pdf"))
        for words in (attendant.text(), words_of(paper.body())):
            assert all(name in words for name in (FIRST, SECOND, *riders))
            assert not any(name in words for name in others)


def pair(stage: Stage, organiser: Visitor) -> Phone:
    """Begin a shift, and pair the attendant's phone with the bus to the fair."""
    page = organiser.page
    organiser.open(stage.url("/desk/FAIR/door/devices"))
    organiser.send()
    organiser.open(stage.url("/desk/FAIR/door/devices/new"))
    page.select_option("main [name=place]", value=f"d{departure(stage, Direction.OUT).id}")
    organiser.send()
    code, shift_code = page.locator("main .jf-said__code").all_inner_texts()
    return Phone.new(stage, "Bernd, Bus").open().pair(code, shift_code).begin()


def board(phone: Phone, badge: str, *names: str) -> None:
    """Without network, let one person get on by the badge and the others by ticks."""
    phone.leave_network()
    phone.page.click("[data-view=scan]")
    phone.scan(badge)
    phone.says("boarded")
    phone.wait()
    phone.page.click("[data-view=list]")
    for name in names:
        tick(phone, name)
    phone.counts("inside", 1 + len(names))
    phone.look()


def tick(phone: Phone, name: str) -> None:
    """Touch somebody's name on the list, who gets on."""
    row(phone, name).click()
    expect(row(phone, name)).to_have_attribute("aria-pressed", "true")


def report_delay(phone: Phone) -> None:
    """Report that the bus is late, and have the server hear it."""
    phone.page.click(f"[data-late='{LATE}']")
    expect(phone.page.locator("[data-halts] s:visible").first).to_be_visible()
    phone.return_to_network()


def arrive(phone: Phone, *names: str) -> None:
    """Have everybody get off at the fair; the phone knows by itself who is there to ride home."""
    phone.page.click("[data-opens=all-off]")
    phone.page.click("#all-off [type=submit]")
    phone.counts("inside", 0)
    phone.page.click("[data-trip]")
    phone.page.locator("[data-trips] button:not([aria-current])").click()
    unseen = phone.words["words"]["bus"]["unseen"]
    for name in names:
        expect(row(phone, name)).not_to_contain_text(unseen)


def close_return(phone: Phone, missing: str) -> None:
    """Without network, close the bus home while one person is missing, who can't be found."""
    phone.page.click("[data-busacts] [data-way=back]")
    closing = phone.page.locator("#closing")
    expect(closing.locator("fieldset")).to_have_count(1)
    expect(closing.locator("fieldset")).to_contain_text(missing)
    closing.locator("[type=submit]").click()
    expect(closing.locator("[data-fault]")).to_be_visible()
    phone.look()
    closing.locator("[value=not_found] + span").click()
    closing.locator("[type=submit]").click()
    expect(closing).to_be_hidden()
    expect(phone.page.locator("[data-closed]")).to_be_visible()
    phone.return_to_network()


def row(phone: Phone, name: str) -> Locator:
    """Return somebody's row on the list."""
    return phone.page.locator("[data-halts] .jf-rider", has_text=name)


def sees_who_to_call(stage: Stage, organiser: Visitor, missing: str, *home: str) -> None:
    """Have the desk show who was not found, and nobody who is on the bus."""
    organiser.open(stage.url("/desk/FAIR/shuttle/home"))
    to_call = organiser.page.locator("section:has(#reach)")
    expect(to_call.locator("li")).to_have_count(1)
    expect(to_call).to_contain_text(missing)
    assert not any(name in to_call.inner_text() for name in home)
    organiser.open(stage.url("/desk/FAIR/shuttle/live"))
    assert re.search(r"\b4\b", organiser.text())
