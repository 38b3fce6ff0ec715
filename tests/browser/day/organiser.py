"""What the organiser does at the desk."""

import re
from datetime import datetime

from jobfair.core.actor import Role
from tests.browser.stage import DESK, Stage, accept_invitation
from tests.browser.visitor import Visitor

PLACES = 20
SEATS = 3
OUT_AT = "11:00"  # late enough for a story that begins in the last minute of an hour
STOP = "Bramsche, Bahnhof"
ENTRANCE = "Haupteingang"
BRAMSCHE = "03459014"


def sign_in(stage: Stage) -> Visitor:
    """Have the first organiser, made by the command, be signed in at the desk."""
    organiser = stage.visitor(size=DESK)
    organiser.open(stage.url("/desk/"))
    assert "/sign-in" in organiser.page.url
    link = stage.add_member(Role.ORGANISER, "olga@example.org")
    accept_invitation(organiser, link, "Olga Ort")
    assert organiser.page.url == stage.url("/desk/")
    return organiser


def make_fair(stage: Stage, organiser: Visitor, today: datetime) -> None:
    """Have a fair there that is today and still a draft."""
    organiser.open(stage.url("/desk/new"))
    organiser.send(name="#JobsForYou Bramsche", slug=stage.slug)
    organiser.send(
        day=f"{today:%Y-%m-%d}",
        starts="00:30",
        ends="23:59",
        venue="Kreishaus Osnabrück",
        street="Am Schölerberg 1",
        postal_code="49082",
        city="Osnabrück",
        phone="0541 501 1234",
        capacity=str(PLACES),
    )
    assert organiser.page.url == stage.url("/desk/FAIR/settings"), organiser.text()


def write_texts(stage: Stage, organiser: Visitor) -> None:
    """Have an introduction in German and Arabic, a room, and stands."""
    for lang, words in (("de", "Arbeit, die zu Ihnen passt."), ("ar", "عمل يناسبكم.")):
        organiser.page.goto(stage.url(f"/desk/FAIR/settings/texts?text_lang={lang}"))
        organiser.send(lead=words)
    organiser.open(stage.url("/desk/FAIR/settings/rooms"))
    organiser.send(name="Foyer")
    organiser.open(stage.url("/desk/FAIR/exhibitors/stands"))
    organiser.page.get_by_label("Raum").select_option("Foyer")
    organiser.send(labels="1-3, A1")
    assert "A1" in organiser.text()


def plan_buses(stage: Stage, organiser: Visitor) -> None:
    """Have a stop in Bramsche, and line 4 with few seats there and back."""
    organiser.open(stage.url("/desk/FAIR/shuttle/stops/new"))
    organiser.page.select_option("main [name=municipality]", BRAMSCHE)
    organiser.send(name=STOP, note="vor dem Bahnhof", place="52.4085, 7.9712")
    assert STOP in organiser.text()
    for way, at_fair, at_stop in (("out", "11:30", OUT_AT), ("back", "15:00", "15:30")):
        organiser.open(stage.url("/desk/FAIR/shuttle/new"))
        organiser.page.check(f"main [name=direction][value={way}]")
        organiser.page.select_option("main [name=calls-0-stop]", label=STOP)
        times = {"fair_at": at_fair, "calls-0-at": at_stop}
        organiser.send(line="4", seats=str(SEATS), **times)
    assert organiser.page.url == stage.url("/desk/FAIR/shuttle/")


def move_on(stage: Stage, organiser: Visitor, phase: str) -> None:
    """Move the fair to that phase, and see how it stands then."""
    organiser.page.goto(stage.url("/desk/FAIR"))
    organiser.press(organiser.page.locator(f"#move-{phase} button"))
    organiser.open(stage.url("/desk/FAIR"))


def invite_door_staff(stage: Stage, organiser: Visitor, email: str) -> str:
    """Invite somebody who works at the door; return the link in the mail."""
    organiser.open(stage.url("/desk/FAIR/team"))
    organiser.page.select_option("main [name=role]", Role.DOOR.value)
    form = organiser.page.locator("form[action$='/team']")
    form.locator("[name=name]").fill("Dora Tür")
    form.locator("[name=email]").fill(email)
    organiser.press(form.locator("button"))
    return stage.mailed_link(email, "invitation")


def open_door(stage: Stage, organiser: Visitor) -> None:
    """Have an entrance at which phones can stand, and a shift under way."""
    organiser.open(stage.url("/desk/FAIR/door/stations"))
    organiser.send(name=ENTRANCE)
    organiser.open(stage.url("/desk/FAIR/door/devices"))
    organiser.send()
    organiser.open(stage.url("/desk/FAIR/door"))


def figures(organiser: Visitor) -> list[int]:
    """Return the key figures of the page."""
    shown = organiser.page.locator(".jf-key strong").all_inner_texts()
    return [int(figure) for figure in shown if re.fullmatch(r"\d+", figure)]
