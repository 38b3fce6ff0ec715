"""A fair is postponed or cancelled, and everybody is told."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.audit.models import AuditEntry
from jobfair.core.actor import SYSTEM
from jobfair.core.db import session
from jobfair.core.errors import Conflict
from jobfair.desk.reach import Progress, Reach, progress_of, reach_of
from jobfair.exhibitors.rules import ExhibitorState
from jobfair.fairs import queries
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase, TextKey
from jobfair.fairs.service import news
from jobfair.mail.models import OutboxMail
from jobfair.shuttle.queries import list_departures
from jobfair.telling.rules import Channel
from tests.factories import (
    FAIR_STARTS,
    NOW,
    make_departure,
    make_exhibitor,
    make_fair,
    make_household,
    make_notice,
    make_stop,
    make_text,
    make_window,
)

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
WORDS = {"de": "Im Saal ist Wasser.", "en": "The hall is flooded.", "uk": "", "ar": ""}


def postpone(fair: Fair, starts_at: datetime, ends_at: datetime | None = None) -> Fair:
    news.postpone(fair.id, starts_at, ends_at or starts_at + 6 * HOUR, WORDS, actor=SYSTEM, now=NOW)
    return again(fair)


def again(fair: Fair) -> Fair:
    session().rollback()
    session().expire_all()
    return queries.get_fair(fair.id)


def mails(fair: Fair) -> list[OutboxMail]:
    query = sa.select(OutboxMail).where(OutboxMail.fair_id == fair.id).order_by(OutboxMail.id)
    return [mail for mail in session().scalars(query) if mail.kind.startswith("exhibitor.")]


def test_a_postponed_fair_takes_all_its_times_along(app: Flask) -> None:
    closes_at = FAIR_STARTS - timedelta(days=2)
    fair = make_fair(
        registration_opens_at=NOW - WEEK,
        registration_closes_at=closes_at,
        on_site_from=FAIR_STARTS + HOUR,
        no_shows_released_at=NOW,
    )
    make_window(fair, starts_at=FAIR_STARTS, ends_at=FAIR_STARTS + HOUR, label="Fenster")
    make_window(fair, starts_at=FAIR_STARTS + HOUR, ends_at=FAIR_STARTS + 2 * HOUR, label="Fenster")
    make_departure(fair, [make_stop()])
    make_household(fair)
    moved = postpone(fair, FAIR_STARTS + WEEK + HOUR)
    shift = WEEK + HOUR
    assert (moved.starts_at, moved.ends_at) == (FAIR_STARTS + shift, FAIR_STARTS + shift + 6 * HOUR)
    assert (moved.postponed_from, moved.is_postponed, moved.phase) == (
        FAIR_STARTS,
        True,
        Phase.OPEN,
    )
    assert moved.registration_opens_at == NOW - WEEK
    assert moved.registration_closes_at == closes_at + shift
    assert moved.on_site_from == FAIR_STARTS + HOUR + shift
    assert moved.no_shows_released_at is None
    begins = [window.starts_at for window in queries.list_windows(fair.id)]
    assert begins == [FAIR_STARTS + shift, FAIR_STARTS + shift + HOUR]
    assert list_departures(fair.id)[0].fair_at == FAIR_STARTS + shift
    assert queries.own_texts(fair.id, "en") == {"news": "The hall is flooded."}


def test_what_was_said_before_gives_way_in_every_language(app: Flask) -> None:
    fair = make_fair()
    make_text(fair, key=TextKey.NEWS, lang="ar", body="قديم")
    postpone(fair, FAIR_STARTS + WEEK)
    found = queries.find_text(fair.id, TextKey.NEWS, "ar")
    assert found is not None
    assert (found.lang, found.body) == ("de", WORDS["de"])


def test_a_fair_can_be_postponed_twice_and_while_it_runs(app: Flask) -> None:
    fair = make_fair(phase=Phase.RUNNING)
    first = postpone(fair, FAIR_STARTS + WEEK)
    assert first.phase is Phase.CLOSED
    second = postpone(fair, FAIR_STARTS + 2 * WEEK)
    assert second.postponed_from == FAIR_STARTS + WEEK


@pytest.mark.parametrize(
    ("phase", "starts_at", "code"),
    [
        (Phase.DRAFT, FAIR_STARTS + WEEK, "news_to_nobody"),
        (Phase.OVER, FAIR_STARTS + WEEK, "news_to_nobody"),
        (Phase.CANCELLED, FAIR_STARTS + WEEK, "news_to_nobody"),
        (Phase.OPEN, NOW, "postpone_to_past"),
        (Phase.OPEN, FAIR_STARTS, "postpone_to_same"),
    ],
)
def test_what_can_not_be_postponed_stays(
    app: Flask, phase: Phase, starts_at: datetime, code: str
) -> None:
    fair = make_fair(phase=phase)
    with pytest.raises(Conflict, match=code):
        postpone(fair, starts_at)
    assert again(fair).starts_at == FAIR_STARTS


def test_a_window_that_would_be_left_out_keeps_the_fair_where_it_is(app: Flask) -> None:
    fair = make_fair()
    make_window(
        fair, starts_at=FAIR_STARTS + 4 * HOUR, ends_at=FAIR_STARTS + 5 * HOUR, label="Arabisch"
    )
    with pytest.raises(Conflict, match="window_left_out") as refused:
        postpone(fair, FAIR_STARTS + WEEK, FAIR_STARTS + WEEK + 3 * HOUR)
    assert refused.value.params == {"window": "14:00–15:00 Arabisch"}
    assert again(fair).starts_at == FAIR_STARTS
    assert mails(fair) == []


def test_a_cancelled_fair_stays_cancelled(app: Flask) -> None:
    fair = make_fair()
    news.call_off(fair.id, WORDS, actor=SYSTEM, now=NOW)
    assert again(fair).phase is Phase.CANCELLED
    with pytest.raises(Conflict, match="news_to_nobody"):
        news.call_off(fair.id, WORDS, actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict, match="news_to_nobody"):
        postpone(fair, FAIR_STARTS + WEEK)
    actions = session().scalars(sa.select(AuditEntry.action))
    assert list(actions) == ["fair.call_off"]


@pytest.mark.parametrize(
    ("phase", "now", "code"),
    [
        (Phase.DRAFT, NOW, "news_to_nobody"),
        (Phase.CLOSED, FAIR_STARTS + 6 * HOUR, "call_off_after_end"),
    ],
)
def test_nobody_is_told_that_what_was_not_to_be_is_cancelled(
    app: Flask, phase: Phase, now: datetime, code: str
) -> None:
    fair = make_fair(phase=phase)
    with pytest.raises(Conflict, match=code):
        news.call_off(fair.id, WORDS, actor=SYSTEM, now=now)


def test_exhibitors_are_told_in_their_language_and_the_organisers_words(app: Flask) -> None:
    fair = make_fair()
    make_exhibitor(fair, lang="en", contact_email="en@example.org")
    make_exhibitor(fair, lang="uk", contact_email="uk@example.org", state=ExhibitorState.CONFIRMED)
    for state in (ExhibitorState.APPLIED, ExhibitorState.DECLINED, ExhibitorState.WITHDRAWN):
        make_exhibitor(fair, state=state)
    make_exhibitor(make_fair())
    postpone(fair, FAIR_STARTS + WEEK)
    english, ukrainian = mails(fair)
    assert (english.recipient, ukrainian.recipient) == ("en@example.org", "uk@example.org")
    assert "planned for Saturday, November 28, 2026, was postponed" in " ".join(
        english.text.split()
    )
    assert "Saturday, December 5, 2026, from 10:00 to 16:00" in " ".join(english.text.split())
    assert "The hall is flooded." in english.text
    assert WORDS["de"] in ukrainian.text
    news.call_off(fair.id, WORDS, actor=SYSTEM, now=NOW)
    assert [mail.kind for mail in mails(fair)] == [
        *["exhibitor.fair_postponed"] * 2,
        *["exhibitor.fair_cancelled"] * 2,
    ]


def test_before_it_is_said_how_many_are_reached_and_how(app: Flask) -> None:
    fair = make_fair()
    make_household(fair)
    make_household(fair, email="")
    make_household(fair, email_failed_at=NOW)
    make_household(fair, state="cancelled", cancelled_at=NOW)
    make_household(make_fair())
    make_exhibitor(fair)
    make_exhibitor(fair, state=ExhibitorState.DECLINED)
    assert reach_of(fair.id) == Reach(by_mail=1, by_call=2, exhibitors=1)


def test_the_desk_sees_how_far_the_telling_has_come(app: Flask) -> None:
    fair = make_fair()
    told, called, _mailed = (make_household(fair) for _ in range(3))
    assert progress_of(fair) is None
    make_notice(told, kind="fair_postponed", told_at=NOW, created_at=NOW - HOUR)  # of another time
    moved = postpone(fair, FAIR_STARTS + WEEK)
    assert progress_of(moved) == Progress(households=3, told=0, to_call=0)
    make_notice(told, kind="fair_postponed", channel=Channel.MAIL, told_at=NOW)
    make_notice(called, kind="fair_postponed")
    make_notice(called, kind="confirmation")
    make_household(fair, registered_at=NOW + HOUR)
    progress = progress_of(moved)
    assert progress == Progress(households=3, told=1, to_call=1)
    assert progress.on_the_way == 1
    news.call_off(fair.id, WORDS, actor=SYSTEM, now=NOW + HOUR)
    assert progress_of(again(fair)) == Progress(households=4, told=0, to_call=0)
