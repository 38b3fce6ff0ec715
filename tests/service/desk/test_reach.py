"""News about a fair goes out, and the desk sees how far it has come."""

from datetime import timedelta

import pytest
from flask import Flask

from jobfair.booking.service.rounds import tell_news
from jobfair.core.actor import SYSTEM
from jobfair.core.db import session
from jobfair.desk.reach import Progress, progress_of
from jobfair.fairs.models import Fair
from jobfair.fairs.service import news
from jobfair.mail.service import deliver_due
from tests.factories import FAIR_STARTS, NOW, make_fair, make_household

WORDS = {"de": "Im Saal ist Wasser.", "en": "", "uk": "", "ar": ""}


def progress(fair: Fair) -> Progress | None:
    session().rollback()
    return progress_of(session().get_one(Fair, fair.id, populate_existing=True))


@pytest.mark.parametrize("what", ["postponed", "cancelled"])
def test_mails_leave_and_the_others_are_to_be_called(app: Flask, what: str) -> None:
    fair = make_fair()
    make_household(fair)
    make_household(fair, email="")
    if what == "cancelled":
        news.call_off(fair.id, WORDS, actor=SYSTEM, now=NOW)
    else:
        starts_at = FAIR_STARTS + timedelta(days=7)
        ends_at = starts_at + timedelta(hours=6)
        news.postpone(fair.id, starts_at, ends_at, WORDS, actor=SYSTEM, now=NOW)
    assert progress(fair) == Progress(households=2, told=0, to_call=0)
    tell_news(now=NOW)
    assert progress(fair) == Progress(households=2, told=0, to_call=1)
    deliver_due()
    assert progress(fair) == Progress(households=2, told=1, to_call=1)
    assert tell_news(now=NOW) == 0
