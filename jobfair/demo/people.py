"""Draws the households of the demo fair: who they are, where from, how they come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from jobfair.attendees.rules import AttendeeKind, HouseholdInput, PersonInput
from jobfair.booking.rules import RideInput
from jobfair.core.languages import LANGUAGES
from jobfair.core.text import Script, name_key
from jobfair.data import demo_facts, municipalities
from jobfair.data.demo import DemoName
from jobfair.demo.rules import REGISTERING, Calendar
from jobfair.demo.seeking import seeking
from jobfair.shuttle.rules import Ways

LANGUAGE_WEIGHTS = {
    "uk": 30, "ar": 24, "ru": 8, "prs": 7, "fa": 6, "tr": 7, "ku": 5, "ro": 5, "pl": 4, "fr": 2,
    "ti": 2,
}  # fmt: skip
SHAPES = {  # adults and children of a household
    (1, 0): 46, (2, 0): 17, (1, 1): 6, (1, 2): 5, (1, 3): 2,
    (2, 1): 8, (2, 2): 8, (2, 3): 5, (2, 4): 2, (2, 5): 1,
}  # fmt: skip
WAYS_WEIGHTS = {Ways.BOTH: 86, Ways.OUT: 8, Ways.BACK: 6}
RIDE_SHARE = 0.55
EMAIL_SHARE = 0.5
PHONE_SHARE = 0.8
BIRTH_YEAR_SHARE = 0.7
ADULT_AGES = (19, 60)
# Numbers that belong to nobody: the regulator keeps them for films and books.
PHONES = ("0171 39200", "0176 040690")

Stops = Mapping[str, Sequence[int]]  # ids of the stops by municipality


@dataclass(frozen=True, slots=True)
class Family:
    """A household as it registered, and how it wished to ride."""

    registered_at: datetime
    household: HouseholdInput
    ride: RideInput | None


def draw_families(people: int, calendar: Calendar, stops: Stops, rng: Random) -> list[Family]:
    """Return households of so many people in all, in the order in which they registered."""
    shapes = _shapes(people, rng)
    places = _places(len(shapes), rng)
    langs = rng.choices(list(LANGUAGE_WEIGHTS), list(LANGUAGE_WEIGHTS.values()), k=len(shapes))
    times = sorted(_time(calendar, rng) for _ in shapes)
    year = calendar.starts_at.year
    families = []
    for number, (shape, place, lang, at) in enumerate(
        zip(shapes, places, langs, times, strict=True), 1
    ):
        household = HouseholdInput(
            submission_key=f"demo-{number}",
            lang=lang,
            municipality=place,
            people=_seeking(members := _members(lang, shape, year, rng), lang, number),
            email=_email(members[0], number, rng),
            phone=_phone(rng),
        )
        families.append(Family(at, household, _ride(stops[place], rng)))
    return families


def _seeking(members: tuple[PersonInput, ...], lang: str, number: int) -> tuple[PersonInput, ...]:
    """Return the people with what they look for, by chances of their own."""
    rng = Random(f"seeking {number}")  # noqa: S311  # the same again is what it is for
    return tuple(seeking(person, lang, rng) for person in members)


def _shapes(people: int, rng: Random) -> list[tuple[int, int]]:
    """Return adults and children of each household, together exactly so many people."""
    shapes = []
    while people > 0:
        (drawn,) = rng.choices(list(SHAPES), list(SHAPES.values()))
        adults = min(drawn[0], people)
        children = min(drawn[1], people - adults)
        shapes.append((adults, children))
        people -= adults + children
    return shapes


def _places(number: int, rng: Random) -> list[str]:
    """Return municipalities by population, each at least once where there are enough."""
    county = [place for place in municipalities() if not place.is_city_of_osnabrueck]
    once = rng.sample(county, min(number, len(county)))
    weights = [place.population for place in county]
    places = [*once, *rng.choices(county, weights, k=number - len(once))]
    rng.shuffle(places)
    return [place.ags for place in places]


def _time(calendar: Calendar, rng: Random) -> datetime:
    """Return an instant of daytime; more of them are early."""
    day = int(rng.random() * rng.random() * REGISTERING.days)
    return calendar.opens_at + timedelta(days=day, seconds=rng.randrange(11 * 3600))


def _members(lang: str, shape: tuple[int, int], year: int, rng: Random) -> tuple[PersonInput, ...]:
    """Return people with the same family name, adults first; two of them are a couple."""
    adults, children = shape
    names = demo_facts().names[lang]
    family = rng.choice(names.family)
    families = {"f": family.female, "m": family.male}
    pools = {"f": names.female, "m": names.male}
    given = {sex: iter(rng.sample(pool, adults + children)) for sex, pool in pools.items()}
    sexes = [*rng.sample(("f", "m"), adults), *rng.choices(("f", "m"), k=children)]
    kinds = [AttendeeKind.ADULT] * adults + [AttendeeKind.CHILD] * children
    return tuple(
        _person(kind, next(given[sex]), families[sex], lang, _birth_year(kind, year, rng))
        for kind, sex in zip(kinds, sexes, strict=True)
    )


def _person(
    kind: AttendeeKind, given: DemoName, family: DemoName, lang: str, birth_year: int | None
) -> PersonInput:
    """Return the person; a name in Latin letters has no second spelling."""
    if LANGUAGES[lang].script is Script.LATIN:
        return PersonInput(kind, given.own, family.own, birth_year=birth_year)
    return PersonInput(kind, given.latin, family.latin, given.own, family.own, birth_year)


def _birth_year(kind: AttendeeKind, year: int, rng: Random) -> int | None:
    """Return what most adults say, and nobody of a child."""
    if kind is AttendeeKind.CHILD or rng.random() >= BIRTH_YEAR_SHARE:
        return None
    return year - rng.randint(*ADULT_AGES)


def _email(person: PersonInput, number: int, rng: Random) -> str:
    local = name_key(f"{person.given_name} {person.family_name}").replace(" ", ".")
    return f"{local}.{number}@example.org" if rng.random() < EMAIL_SHARE else ""


def _phone(rng: Random) -> str:
    number = f"{rng.choice(PHONES)}{rng.randrange(100):02}"
    return number if rng.random() < PHONE_SHARE else ""


def _ride(stops: Sequence[int], rng: Random) -> RideInput | None:
    if rng.random() >= RIDE_SHARE:
        return None
    (ways,) = rng.choices(list(WAYS_WEIGHTS), list(WAYS_WEIGHTS.values()))
    wave = rng.randrange(len(demo_facts().lines[0].back))  # every line goes home as often
    return RideInput(ways, rng.choice(stops), None if ways is Ways.OUT else wave)
