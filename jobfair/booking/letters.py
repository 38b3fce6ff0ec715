"""The words of what households are told: registered, waiting, offered, changed, reminded."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from jobfair.fairs.models import ArrivalWindow, Fair
from jobfair.mail.rules import Letter
from jobfair.shuttle.queries import Journey, RideView
from jobfair.shuttle.rules import RequestState, shuttle_answer_by
from jobfair.web.filters import day, local


@dataclass(frozen=True)
class Facts:
    """What every letter to a household can speak of."""

    fair: Fair
    people: int
    journey: Journey | None
    window: ArrivalWindow | None
    url: str
    bus_url: str = ""
    """Where the household gives its seats on the bus back."""
    waits: bool = False
    """Whether the household has no places yet: then nobody asks it to come at a time."""
    left_bus: bool = False
    """Whether the household has just given up the bus."""
    lists_fixed: bool = False
    """Whether the day is over by which those who wait for the bus hear of seats."""

    @property
    def window_id(self) -> int | None:
        """Return the arrival window."""
        return self.window.id if self.window else None


def confirmation(facts: Facts) -> Letter:
    """Say that the household is registered, when and where the fair is, and how it gets there."""
    return _with_facts(
        facts,
        subject=_("You are registered: %(fair)s", fair=facts.fair.name),
        first=ngettext(
            "%(num)s person is registered for %(fair)s.",
            "%(num)s people are registered for %(fair)s.",
            facts.people,
            fair=facts.fair.name,
        ),
    )


def places_found(facts: Facts) -> Letter:
    """Say that a household that waited has places now."""
    return _with_facts(
        facts,
        subject=_("You have places: %(fair)s", fair=facts.fair.name),
        first=ngettext(
            "Good news: there is a place for you at %(fair)s now. You do not wait any more.",
            "Good news: there are %(num)s places for you at %(fair)s now. You do not wait any"
            " more.",
            facts.people,
            fair=facts.fair.name,
        ),
    )


def changed(facts: Facts) -> Letter:
    """Say what is true after a change."""
    return _with_facts(
        facts,
        subject=_("Your registration has changed: %(fair)s", fair=facts.fair.name),
        first=ngettext(
            "Your registration for %(fair)s has changed. It is for %(num)s person now.",
            "Your registration for %(fair)s has changed. It is for %(num)s people now.",
            facts.people,
            fair=facts.fair.name,
        ),
    )


def reminder(facts: Facts) -> Letter:
    """Remind the household of the fair and its bus, which it can give back in one step."""
    letter = _with_facts(
        facts,
        subject=_("Do not forget: %(fair)s", fair=facts.fair.name),
        first=_("Soon it is time for %(fair)s.", fair=facts.fair.name),
    )
    if not _rides_there(facts.journey):
        return letter
    return replace(
        letter,
        closing=(*letter.closing, _("You have missed the bus? Please call us.")),
        other_action=_("We come, but we do not need the bus"),
        other_url=facts.bus_url,
    )


def waiting(facts: Facts) -> Letter:
    """Say that the household is on the waiting list, and what that means."""
    return Letter(
        subject=_("You are on the waiting list: %(fair)s", fair=facts.fair.name),
        paragraphs=(
            _(
                "You do not have places yet. You are on the waiting list for %(fair)s.",
                fair=facts.fair.name,
            ),
            *_when_and_where(facts),
            _("When places become free, we tell you. Please do not come without a place."),
        ),
        action=_("My registration"),
        url=facts.url,
        closing=(_("You do not want to wait? Please cancel with this link."),),
        brief=_(
            "You are on the waiting list for %(fair)s. We tell you when there are places.",
            fair=facts.fair.name,
        ),
    )


def offer(facts: Facts, people: int, as_wished: bool, life: timedelta) -> Letter:
    """Say what the household is offered, with the window that it would have, and that it has to
    answer."""
    first = ngettext(
        "There is %(num)s place for you at %(fair)s. We keep it for you for %(hours)s hours.",
        "There are %(num)s places for you at %(fair)s. We keep them for you for %(hours)s hours.",
        people,
        fair=facts.fair.name,
        hours=life // timedelta(hours=1),
    )
    other = (
        ()
        if as_wished
        else (_("The time to arrive is not the one that you wished. You see it on your page."),)
    )
    return Letter(
        subject=_("There are places for you: %(fair)s", fair=facts.fair.name),
        paragraphs=(first, *other, *_day(facts), _("Please say yes or no here:")),
        action=_("Answer now"),
        url=facts.url,
        closing=(_("If you do not answer in time, others get the places and you wait on."),),
        brief="\n".join((" ".join((first, *other)), *_day(facts))),
    )


def offer_expired(facts: Facts) -> Letter:
    """Say that the time to answer is over and the household waits on."""
    return Letter(
        subject=_("You are still on the waiting list: %(fair)s", fair=facts.fair.name),
        paragraphs=(
            _(
                "You did not answer in time. Others have the places now."
                " You are still on the waiting list."
            ),
        ),
        action=_("My registration"),
        url=facts.url,
    )


def cancelled(facts: Facts) -> Letter:
    """Say that the household does not come any more."""
    return Letter(
        subject=_("You have cancelled: %(fair)s", fair=facts.fair.name),
        paragraphs=(
            _(
                "Your registration for %(fair)s is cancelled. The codes no longer work.",
                fair=facts.fair.name,
            ),
            _("Thank you for telling us. Others get your places now."),
        ),
        closing=(_("You did not want this? Please call us."), *_phone(facts.fair)),
    )


def postponed(facts: Facts, words: str) -> Letter:
    """Say that the fair is at another time and the registration stays."""
    first = _("%(fair)s is postponed.", fair=facts.fair.name)
    if facts.waits:
        stays = _("You are still on the waiting list.")
        leaving = _("You do not want to wait? Please cancel with this link.")
    else:
        stays = _("Your registration stays. Your codes stay the same.")
        leaving = _("You can't come? Please cancel with this link. Then others get your places.")
    rides = _rides(facts)
    return Letter(
        subject=_("The fair is on another day: %(fair)s", fair=facts.fair.name),
        paragraphs=(first, *_when_and_where(facts), *_paragraphs(words), stays, *rides),
        action=_("My registration"),
        url=facts.url,
        closing=(leaving,),
        brief="\n".join((first, *_day(facts), *_paragraphs(words), stays, *rides)),
    )


def fair_cancelled(facts: Facts, words: str) -> Letter:
    """Say that the fair does not take place."""
    first = _(
        "%(fair)s on %(day)s does not take place. There is no bus either.",
        fair=facts.fair.name,
        day=day(facts.fair.starts_at, facts.fair.time_zone),
    )
    return Letter(
        subject=_("The fair does not take place: %(fair)s", fair=facts.fair.name),
        paragraphs=(
            first,
            *_paragraphs(words),
            _("You do not need to do anything."),
        ),
        closing=_phone(facts.fair),
        brief="\n".join((first, *_paragraphs(words))),
    )


def link_again(facts: Facts) -> Letter:
    """Give the household its link again."""
    return Letter(
        subject=_("Your link: %(fair)s", fair=facts.fair.name),
        paragraphs=(_("Somebody asked for the link to your registration. Here it is:"),),
        action=_("My registration"),
        url=facts.url,
        closing=(_("It was not you? Then you need not do anything."),),
    )


def _with_facts(facts: Facts, subject: str, first: str) -> Letter:
    """Return a letter to a household that comes: when, where, the bus, the codes."""
    return Letter(
        subject=subject,
        paragraphs=(
            first,
            *_when_and_where(facts),
            *_rides(facts),
            _("Your sheet to print and an entry for your calendar are attached."),
            _("Show the codes at the entrance and on the bus. You find them here:"),
        ),
        action=_("My registration"),
        url=facts.url,
        closing=(_("You can't come? Please cancel with this link. Then others get your places."),),
        brief="\n".join((first, *_day(facts), *_rides(facts))),
    )


def _when_and_where(facts: Facts) -> tuple[str, ...]:
    fair = facts.fair
    city = f"{fair.postal_code} {fair.city}".strip()
    place = ", ".join(part for part in (fair.venue, fair.street, city) if part)
    return (*_day(facts), place)


def _day(facts: Facts) -> tuple[str, ...]:
    fair = facts.fair
    words = _(
        "%(day)s, from %(start)s to %(end)s",
        day=day(fair.starts_at, fair.time_zone),
        start=_clock(fair.starts_at, fair),
        end=_clock(fair.ends_at, fair),
    )
    if facts.window is None or facts.waits:
        return (words,)
    arrive = _(
        "Please arrive from %(start)s to %(end)s.",
        start=_clock(facts.window.starts_at, fair),
        end=_clock(facts.window.ends_at, fair),
    )
    return (words, arrive)


def _rides(facts: Facts) -> tuple[str, ...]:
    fair, journey = facts.fair, facts.journey
    if journey is None and facts.left_bus:
        return (_("You do not ride with the bus any more. Your places at the fair stay yours."),)
    if journey is None or journey.state is RequestState.RESTING:
        return ()
    if journey.state is RequestState.WAITING:
        by = day(shuttle_answer_by(fair.shuttle_decided_by, fair.starts_at), fair.time_zone)
        return *_no_seat(facts, by), _if_seatless(facts, journey, by)
    return (*_out(fair, journey.out), *_back(fair, journey.back))


def _no_seat(facts: Facts, by: str) -> tuple[str, ...]:
    """Return that there is no seat yet, or none when the lists were fixed."""
    if not facts.lists_fixed:
        return (_("There is no seat on the bus for you yet. We will tell you by %(day)s.", day=by),)
    return (
        _("We are sorry: we found no seats on the bus for you."),
        _("If seats become free before the bus leaves, we tell you."),
    )


def _if_seatless(facts: Facts, journey: Journey, by: str) -> str:
    """Return what becomes of the places at the fair where there are no seats in the end."""
    if facts.lists_fixed or not journey.only_by_bus:
        return _("You keep your places at the fair, also if there are no seats on the bus.")
    return _(
        "You can only come with the bus: if there are no seats by %(day)s, we cancel your places"
        " at the fair.",
        day=by,
    )


def _rides_there(journey: Journey | None) -> bool:
    return journey is not None and journey.state is RequestState.SEATED


def _out(fair: Fair, ride: RideView | None) -> tuple[str, ...]:
    if ride is None:
        return ()
    words = _(
        "Bus to the fair: line %(line)s, %(time)s, %(stop)s",
        line=ride.line,
        time=_clock(ride.leaves_at, fair),
        stop=ride.stop_place,
    )
    return (words,)


def _back(fair: Fair, ride: RideView | None) -> tuple[str, ...]:
    if ride is None:
        return ()
    words = _(
        "Bus back: line %(line)s, %(time)s, from the fair to %(stop)s",
        line=ride.line,
        time=_clock(ride.leaves_at, fair),
        stop=ride.stop_name,
    )
    return (words,)


def _paragraphs(words: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in words.split("\n\n") if part.strip())


def _phone(fair: Fair) -> tuple[str, ...]:
    return (_("Questions? Call us: %(phone)s", phone=fair.phone),) if fair.phone else ()


def _clock(at: datetime, fair: Fair) -> str:
    return local(at, fair.time_zone).strftime("%H:%M")
