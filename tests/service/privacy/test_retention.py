"""What is forgotten by itself, and when: not a moment before."""

from datetime import timedelta

from flask import Flask

from jobfair.attendees.models import Household
from jobfair.core.clock import frozen
from jobfair.core.db import session
from jobfair.mail.models import OutboxMail
from jobfair.privacy.service import run_retention
from tests.everything import FAMILY, count_rows, dump, make_everything
from tests.factories import (
    FAIR_STARTS,
    NOW,
    make_draft,
    make_fair,
    make_household,
    make_mail,
    make_one_use_link,
    make_session,
    make_user,
)

INSTANT = timedelta(seconds=1)


def test_nothing_is_forgotten_early(app: Flask) -> None:
    make_everything()
    before = dump()
    assert run_retention() == 0
    assert dump() == before


def test_households_are_forgotten_ninety_days_after_the_fair(app: Flask) -> None:
    make_household(make_fair(ends_at=FAIR_STARTS + timedelta(hours=6)))
    due = FAIR_STARTS + timedelta(hours=6, days=90)
    with frozen(due):
        assert run_retention() == 0
    with frozen(due + INSTANT):
        assert run_retention() == 1
        assert run_retention() == 0
    assert session().query(Household).one().erased_at == due + INSTANT


def test_drafts_are_deleted_after_seven_days_untouched(app: Flask) -> None:
    fair = make_fair()
    make_draft(fair, updated_at=NOW - timedelta(days=7))
    make_draft(fair, updated_at=NOW - timedelta(days=7) - INSTANT)
    assert run_retention() == 1
    assert count_rows()["registration_draft"] == 1


def test_sessions_go_thirty_days_after_they_ended_or_were_last_seen(app: Flask) -> None:
    user, past = make_user(), NOW - timedelta(days=30) - INSTANT
    make_session(user)
    make_session(user, ended_at=NOW - timedelta(days=30))
    make_session(user, ended_at=past)
    make_session(user, seen_at=past)
    assert run_retention() == 2
    assert count_rows()["sign_in_session"] == 2


def test_links_go_thirty_days_after_use_or_expiry(app: Flask) -> None:
    user, past = make_user(), NOW - timedelta(days=30) - INSTANT
    make_one_use_link(user)
    make_one_use_link(user, used_at=past)
    make_one_use_link(user, expires_at=past)
    assert run_retention() == 2
    assert count_rows()["one_use_link"] == 1


def test_recipients_of_old_mails_are_emptied(app: Flask) -> None:
    past = NOW - timedelta(days=30) - INSTANT
    make_mail(recipient="waits@family.example", created_at=past, not_before=past)
    make_mail(recipient="fresh@family.example", sent_at=NOW)
    make_mail(recipient="sent@family.example", sent_at=past)
    make_mail(recipient="failed@family.example", failed_at=past)
    assert run_retention() == 2
    left = [m.recipient for m in session().query(OutboxMail).order_by(OutboxMail.id)]
    assert left == ["waits@family.example", "fresh@family.example", "", ""]


def test_nothing_of_the_family_is_left_a_year_later(app: Flask) -> None:
    make_everything()
    with frozen(NOW + timedelta(days=365)):
        run_retention()
    assert [value for value in FAMILY.values() if value in dump()] == []
