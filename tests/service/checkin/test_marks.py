"""The codes that devices mean by their hashes: found also when they were drawn meanwhile."""

from datetime import timedelta

import pytest
from flask import Flask

from jobfair.checkin.hashes import badge_hash
from jobfair.checkin.marks import Marks
from jobfair.core.db import session
from jobfair.fairs.models import Fair
from tests import factories as make

SALT = b"salt"


@pytest.fixture
def fair(app: Flask) -> Fair:
    """A fair."""
    return make.make_fair()


@pytest.mark.parametrize("clock_was_ahead", [timedelta(0), timedelta(hours=1)])
def test_a_code_that_was_drawn_since_is_found(fair: Fair, clock_was_ahead: timedelta) -> None:
    marks = Marks()
    old = make.make_code(fair.id, changed_at=make.NOW).code
    ahead = make.NOW + clock_was_ahead
    mark = badge_hash(old, SALT)
    assert marks.codes_of(session().connection(), fair.id, SALT, {mark}, ahead) == {mark: old}
    new = make.make_code(fair.id, changed_at=make.NOW + timedelta(minutes=1)).code
    both = {badge_hash(code, SALT): code for code in (old, new)}
    later = make.NOW + timedelta(minutes=3)
    assert marks.codes_of(session().connection(), fair.id, SALT, both.keys(), later) == both
