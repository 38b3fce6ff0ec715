"""The one clock."""

from datetime import UTC, timedelta

from jobfair.core import clock
from tests.factories import NOW


def test_time_stands_still_in_tests_and_can_be_moved() -> None:
    assert clock.now() == NOW
    with clock.frozen(NOW + timedelta(hours=1)) as later:
        assert clock.now() == later
        with clock.frozen(NOW):
            assert clock.now() == NOW
        assert clock.now() == later
    assert clock.now() == NOW
    assert clock.now().tzinfo is UTC
