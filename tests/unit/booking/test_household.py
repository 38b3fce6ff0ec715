"""A registered household as forms show it: what nobody touched comes back as it was."""

from hypothesis import given
from hypothesis import strategies as st

from jobfair.attendees.models import Attendee, Household, Need
from jobfair.attendees.rules import (
    AttendeeKind,
    AttendeeState,
    NeedInput,
    NeedKind,
    PersonInput,
)
from jobfair.booking.household import (
    correction_of,
    needing,
    renamed,
    said_of,
    seeking,
    typed_needs,
    typed_person,
    typed_work,
)
from jobfair.booking.rules import ANY_BUS, RideInput, person_of, ride_of, typed_ride
from jobfair.data.work import GermanLevel, Licence, WorkField
from jobfair.shuttle.rules import Ways

LATIN = st.sampled_from(["Amal", "Müller-Łuk", "O'Neill", "Nguyễn"])
OWN = st.sampled_from(["", "أمل", "Олена"])
NEEDS = st.builds(
    lambda kinds, lang: tuple(
        NeedInput(kind, lang if kind is NeedKind.INTERPRETER else "")
        for kind in NeedKind
        if kind in kinds
    ),
    st.sets(st.sampled_from([NeedKind.WHEELCHAIR, NeedKind.INTERPRETER, NeedKind.SIGN_LANGUAGE])),
    st.sampled_from(["ar", "prs"]),
)
ADULTS = st.builds(
    PersonInput,
    kind=st.sampled_from([AttendeeKind.ADULT, AttendeeKind.HELPER]),
    given_name=LATIN,
    family_name=st.one_of(st.just(""), LATIN),
    own_given_name=OWN,
    own_family_name=OWN,
    birth_year=st.one_of(st.none(), st.integers(1900, 2026)),
    speaks=st.lists(st.sampled_from(["ar", "fr"]), unique=True).map(tuple),
    german_level=st.one_of(st.none(), st.sampled_from(GermanLevel)),
    work=st.lists(st.sampled_from(WorkField), unique=True).map(tuple),
    licence=st.one_of(st.none(), st.sampled_from(Licence)),
    needs=NEEDS,
)
WAVES = st.integers(0, 5)


def rides(
    ways: Ways,
    *,
    out_wave: st.SearchStrategy[int | None] = WAVES,
    back_wave: st.SearchStrategy[int | None] = WAVES,
) -> st.SearchStrategy[RideInput]:
    """Return wishes for these ways, as the form can say them."""
    return st.builds(
        RideInput,
        st.just(ways),
        st.just(7),
        back_wave,
        out_wave,
        st.sampled_from([0, 1, ANY_BUS]),
        st.sampled_from([(), (8,), (8, 9)]),
        st.integers(0, 9),
        st.integers(0, 9),
        st.booleans(),
    )


RIDES = st.one_of(
    st.none(),
    rides(Ways.OUT, back_wave=st.none()),
    rides(Ways.BOTH),
    rides(Ways.BACK, out_wave=st.none()),
)


def attendee(said: PersonInput, position: int) -> Attendee:
    return Attendee(
        position=position,
        state=AttendeeState.REGISTERED,
        kind=said.kind,
        given_name=said.given_name,
        family_name=said.family_name,
        own_given_name=said.own_given_name,
        own_family_name=said.own_family_name,
        birth_year=said.birth_year,
        speaks=list(said.speaks),
        german_level=said.german_level,
        work=[field.value for field in said.work],
        licence=said.licence,
        needs=[Need(kind=need.kind, lang=need.lang) for need in said.needs],
    )


@given(st.lists(ADULTS, min_size=1, max_size=4))
def test_forms_that_nobody_touched_change_nothing(said: list[PersonInput]) -> None:
    people = [attendee(one, place) for place, one in enumerate(said)]
    named = {str(one.position): person_of(typed_person(one)) for one in people}
    as_they_are = dict(enumerate(said))
    assert renamed(people, named) == as_they_are
    assert seeking(people, [typed_work(one) for one in people]) == as_they_are
    assert needing(people, typed_needs(people)) == as_they_are


@given(RIDES)
def test_ride_comes_back_from_its_form(ride: RideInput | None) -> None:
    assert ride_of(typed_ride(ride)) == ride


def test_correction_keeps_all_but_what_was_said() -> None:
    amal = PersonInput(AttendeeKind.ADULT, "Amal", "Haddad")
    lina = PersonInput(AttendeeKind.CHILD, "Lina", "Haddad")
    household = Household(lang="ar", municipality="other", email="a@example.org", phone="1")
    household.people = [attendee(amal, 0), attendee(lina, 1)]
    renamed_lina = PersonInput(AttendeeKind.CHILD, "Leena")
    correction = correction_of(household, {1: renamed_lina}, phone="0541 2")
    assert correction.people == (amal, renamed_lina)
    assert (correction.phone, correction.email, correction.lang) == (
        "0541 2",
        "a@example.org",
        "ar",
    )


def test_strangers_keys_name_nobody() -> None:
    people = [attendee(PersonInput(AttendeeKind.ADULT, "Amal"), 0)]
    stranger = PersonInput(AttendeeKind.ADULT, "Mallory")
    assert renamed(people, {"7": stranger, "": stranger}) == {}
    assert seeking(people, [{"key": "7", "german_level": "C1"}]) == {}
    wheelchair = {"wheelchair": ["7"]}
    assert needing(people, wheelchair)[0] == said_of(people[0])
