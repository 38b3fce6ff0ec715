"""Facts that rooms tell each other."""

from dataclasses import dataclass

import pytest

from jobfair.core.events import publish, subscribe


@dataclass(frozen=True)
class Rang:
    """A bell rang."""

    times: int


@dataclass(frozen=True)
class RangLoudly(Rang):
    """Another fact, though it looks alike."""


def test_handlers_hear_their_kind_once_and_in_order() -> None:
    heard: list[tuple[str, int]] = []

    def first(event: Rang) -> None:
        heard.append(("first", event.times))

    def second(event: Rang) -> None:
        heard.append(("second", event.times))

    for handler in (first, second, first):
        subscribe(Rang, handler)
    publish(Rang(3))
    publish(RangLoudly(9))
    assert heard == [("first", 3), ("second", 3)]


def test_a_handler_that_refuses_stops_the_teller() -> None:
    class Broke:
        """A fact."""

    def refuse(_event: Broke) -> None:
        raise LookupError

    subscribe(Broke, refuse)
    with pytest.raises(LookupError):
        publish(Broke())
