"""Names of companies, labels of stands, who may do what."""

import pytest

from jobfair.core.errors import Invalid
from jobfair.exhibitors.rules import (
    ExhibitorKind,
    ExhibitorState,
    company_key,
    label_order,
    may_apply,
    may_withdraw,
    must_offer,
    read_labels,
)
from jobfair.fairs.rules import Phase
from jobfair.web.tables import defused


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lindenhag Pflege gGmbH", "Lindenhag-Pflege"),
        ("Lindenhag Pflege g. GmbH", "LINDENHAG PFLEGE"),
        ("Brinkhege Bau GmbH & Co. KG", "Brinkhege Bau"),
        ("Müller e. K.", "Mueller e.K."),
        ("Tafel e.V.", "Tafel e. V."),
        ("Hase Tal AG", "Hasetal"),
    ],
)
def test_two_spellings_of_one_company(one: str, other: str) -> None:
    assert company_key(one) == company_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Bäckerei Koch", "Bäckerei Kock"), ("1&1", "2&2"), ("GmbH Beratung", "GmbH")],
)
def test_two_companies(one: str, other: str) -> None:
    assert company_key(one) != company_key(other)


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("1-3", ["1", "2", "3"]),
        ("A1 – A3, Foyer", ["A1", "A2", "A3", "Foyer"]),
        ("A1–A3;Foyer\nA2", ["A1", "A2", "A3", "Foyer"]),
        ("٥-٧", ["5", "6", "7"]),
        ("9-7", ["9-7"]),
        (" , ;", []),
    ],
)
def test_labels_of_stands(typed: str, labels: list[str]) -> None:
    assert read_labels(typed) == labels


@pytest.mark.parametrize("typed", ["1-9999", "1-150,200-260", "x" * 13])
def test_too_many_or_too_long(typed: str) -> None:
    with pytest.raises(Invalid):
        read_labels(typed)


def test_stands_are_ordered_as_people_count() -> None:
    assert sorted(["A10", "b1", "A2", "A", "10", "9"], key=label_order) == [
        "9",
        "10",
        "A",
        "A2",
        "A10",
        "b1",
    ]


def test_who_may_do_what() -> None:
    assert [phase for phase in Phase if may_apply(phase)] == [Phase.OPEN]
    assert may_withdraw(ExhibitorState.APPROVED, Phase.RUNNING)
    assert not may_withdraw(ExhibitorState.APPROVED, Phase.OVER)
    assert not may_withdraw(ExhibitorState.DECLINED, Phase.OPEN)
    assert [kind for kind in ExhibitorKind if must_offer(kind)] == [
        ExhibitorKind.EMPLOYER,
        ExhibitorKind.TRAINING,
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert defused(cell) == f"'{cell}"
    assert defused(f"a{cell}") == f"a{cell}"
    assert defused(None) == ""
