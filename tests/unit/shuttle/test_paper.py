"""How the list of a bus is spread over pages."""

from hypothesis import given
from hypothesis import strategies as st

from jobfair.attendees.models import Attendee
from jobfair.shuttle.paper import EmptyLines, SpotHead, paginate
from jobfair.shuttle.queries.manifests import Group, Traveller


def group(people: int) -> Group:
    """Return a household of so many people."""
    return Group((Traveller(Attendee(), wheelchair=False, on_board=False),) * people, 0)


def test_whoever_has_no_seat_stands_above_the_empty_lines() -> None:
    families = [group(2), group(1)]
    assert list(paginate([], families)) == [[SpotHead(), *families, EmptyLines()]]


@given(st.lists(st.integers(1, 8), max_size=40))
def test_everybody_is_on_paper_once_and_no_page_ends_with_the_heading(sizes: list[int]) -> None:
    families = [group(size) for size in sizes]
    pages = list(paginate([], families))
    parts = [part for page in pages for part in page]
    assert parts == [SpotHead(), *families, EmptyLines()]
    assert not any(isinstance(page[-1], SpotHead) for page in pages)
