"""Who may be one person registered twice."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.attendees.duplicates import Known, Pair, Reason, likely_pairs

NOBODY: frozenset[tuple[int, int]] = frozenset()
ALFHAUSEN, BRAMSCHE = "03459001", "03459014"


def known(number: int, sounds: str = "|aml|hdd", **given: Any) -> Known:
    values = {"municipality": BRAMSCHE, "birth_year": None, "phone": ""}
    home = given.pop("household_id", number)
    name_key = given.pop("name_key", f"|name{number}")
    return Known(number, home, name_key, sounds, **{**values, **given})


def reasons(one: Known, other: Known) -> tuple[Reason, ...]:
    pairs = likely_pairs([one, other], NOBODY)
    return pairs[0].reasons if pairs else ()


@pytest.mark.parametrize("sounds", ["|aml|hdd", "|hdd|aml", "|aml|hdd|smr"])
def test_the_same_words_in_any_order_and_further_ones(sounds: str) -> None:
    assert reasons(known(1), known(2, sounds)) == (Reason.MUNICIPALITY,)


@pytest.mark.parametrize("sounds", ["|aml", "|aml|hddn", "|smr|hdd", ""])
def test_other_names(sounds: str) -> None:
    assert reasons(known(1), known(2, sounds)) == ()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"phone": "+49 541 501 0000"}, {"phone": "0541/5010000"}, (Reason.PHONE,)),
        ({"phone": "112"}, {"phone": "112"}, ()),
        ({"birth_year": 1988}, {"birth_year": 1988}, (Reason.BIRTH_YEAR,)),
        ({"birth_year": None}, {"birth_year": None}, ()),
        ({"municipality": "other"}, {"municipality": "other"}, ()),
        ({"municipality": ALFHAUSEN}, {}, ()),
    ],
)
def test_what_else_must_be_the_same(
    one: dict[str, Any], other: dict[str, Any], expected: tuple[Reason, ...]
) -> None:
    places = {"municipality": ALFHAUSEN}, {"municipality": BRAMSCHE}
    assert reasons(known(1, **places[0] | one), known(2, **places[1] | other)) == expected


def test_a_single_word_needs_two_reasons() -> None:
    assert reasons(known(1, "|al"), known(2, "|al")) == ()
    born = {"birth_year": 1990}
    assert len(reasons(known(1, "|al", **born), known(2, "|al", **born))) == 2


def test_people_of_one_household_live_together_anyway() -> None:
    home: dict[str, Any] = {"household_id": 9, "phone": "0541 501 0000"}
    assert reasons(known(1, **home), known(2, **home)) == ()
    born = home | {"birth_year": 1990}
    assert reasons(known(1, **born), known(2, **born)) == (Reason.BIRTH_YEAR,)
    child = home | {"name_key": "|lina"}
    assert reasons(known(1, "|lna", **child), known(2, "|lna", **child)) == (Reason.SPELLING,)


def test_those_called_two_people_are_left_out() -> None:
    assert likely_pairs([known(7), known(3)], frozenset({(3, 7)})) == []


def test_likeliest_first() -> None:
    people = [known(1), known(2, birth_year=1988), known(3, birth_year=1988)]
    found = likely_pairs(people, NOBODY)
    assert found[0] == Pair(2, 3, (Reason.BIRTH_YEAR, Reason.MUNICIPALITY))
    assert [(pair.first_id, pair.second_id) for pair in found[1:]] == [(1, 2), (1, 3)]


people_of_few_names = st.lists(
    st.builds(
        known,
        st.integers(1, 30),
        st.lists(st.sampled_from(["aml", "hdd", "smr"]), max_size=4).map(
            lambda words: "".join(f"|{word}" for word in words)
        ),
        municipality=st.sampled_from([ALFHAUSEN, BRAMSCHE, "other"]),
        birth_year=st.sampled_from([None, 1988, 1990]),
        phone=st.sampled_from(["", "0541 501 0000"]),
    ),
    unique_by=lambda person: person.id,
    max_size=12,
)


@given(people_of_few_names, st.randoms())
def test_pairs_do_not_hang_on_the_order_and_name_each_once(people: list[Known], rng: Any) -> None:
    pairs = likely_pairs(people, NOBODY)
    rng.shuffle(people)
    assert likely_pairs(people, NOBODY) == pairs
    ids = [(pair.first_id, pair.second_id) for pair in pairs]
    assert len(set(ids)) == len(ids)
    assert all(first < second for first, second in ids)
    assert all(pair.reasons for pair in pairs)
    assert likely_pairs(people, frozenset(ids)) == []
