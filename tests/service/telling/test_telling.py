"""Telling households: by mail, or by somebody who calls, and never twice."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_babel import gettext

from jobfair.attendees.models import Household
from jobfair.audit.models import AuditEntry
from jobfair.core import events
from jobfair.core.actor import SYSTEM, Role
from jobfair.core.clock import frozen
from jobfair.core.db import db, session, transaction
from jobfair.core.errors import NotFound
from jobfair.core.events import publish, subscribe
from jobfair.mail.events import MailBounced, MailFailed
from jobfair.mail.models import OutboxMail
from jobfair.mail.rules import Letter
from jobfair.mail.service import deliver_due
from jobfair.privacy.service import run_retention
from jobfair.telling.events import HouseholdNotTold, HouseholdTold
from jobfair.telling.models import Notice
from jobfair.telling.operations import EVERYTHING, drop_calls, tell
from jobfair.telling.queries import count_to_tell, history_of, list_to_tell, list_told
from jobfair.telling.rules import Channel
from jobfair.telling.service import mark_told, mark_untold
from tests.factories import (
    NOW,
    actor_of,
    make_fair,
    make_household,
    make_notice,
    make_partner,
    make_user,
)

URL = "https://fair.example.org/my/abc"


def _letter() -> Letter:
    return Letter(gettext("Imprint"), ("One.",), "Open", URL)


def _tell(household: Household, once: str = "") -> Notice | None:
    with transaction() as current:
        found = current.get_one(Household, household.id)
        return tell(found, "test", _letter, now=NOW, once=once, attachments=("sheet",))


def _notices() -> list[Notice]:
    session().rollback()
    return list(session().scalars(sa.select(Notice).order_by(Notice.id)))


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Give the list of what was told about telling."""
    told: list[object] = []
    handlers = {kind: list(found) for kind, found in events._handlers.items()}
    monkeypatch.setattr(events, "_handlers", handlers)
    subscribe(HouseholdTold, told.append)
    subscribe(HouseholdNotTold, told.append)
    return told


def test_a_household_with_a_mail_address_gets_a_mail(app: Flask, heard: list[object]) -> None:
    household = make_household(make_fair(), lang="ar")
    _tell(household)
    (mail,) = session().scalars(sa.select(OutboxMail)).all()
    assert (mail.recipient, mail.lang, mail.attachments) == (household.email, "ar", ["sheet"])
    assert (mail.subject_kind, mail.subject_id) == ("household", household.id)
    (notice,) = _notices()
    assert (notice.channel, notice.mail_id, notice.told_at) == (Channel.MAIL, mail.id, None)
    assert count_to_tell(household.fair_id) == 0
    assert heard == []
    deliver_due()
    (notice,) = _notices()
    assert notice.told_at == NOW
    assert heard == [HouseholdTold(household.fair_id, household.id, notice.id, "test", "", NOW)]


@pytest.mark.parametrize(
    ("lang", "spoken", "own"), [("uk", "uk", "Вихідні дані"), ("tr", "de", "Impressum")]
)
def test_who_has_no_mail_is_told_by_somebody(app: Flask, lang: str, spoken: str, own: str) -> None:
    household = make_household(make_fair(), email="", lang=lang)
    _tell(household)
    (notice,) = _notices()
    assert (notice.channel, notice.mail_id, notice.lang) == (Channel.PERSON, None, spoken)
    assert notice.text.splitlines()[1:] == ["One.", URL]
    assert notice.german.splitlines()[0] == "Impressum"
    assert (notice.text == notice.german) is (spoken == "de")
    assert session().scalars(sa.select(OutboxMail)).all() == []
    assert count_to_tell(household.fair_id) == 1


def test_an_address_that_failed_gets_no_mail(app: Flask) -> None:
    household = make_household(make_fair(), email_failed_at=NOW)
    _tell(household)
    assert _notices()[0].channel is Channel.PERSON


def test_what_is_told_once_is_not_told_again(app: Flask) -> None:
    household = make_household(make_fair(), email="")
    assert _tell(household, "reminder-1") is not None
    assert _tell(household, "reminder-1") is None
    assert _tell(household, "reminder-2") is not None
    assert _tell(household) is not None
    assert _tell(household) is not None
    assert len(_notices()) == 4


def test_what_is_out_of_date_is_not_called_about(app: Flask) -> None:
    household = make_household(make_fair(), email="")
    told = make_notice(household, kind="test", told_at=NOW)
    old = make_notice(household, kind="old")
    other = make_notice(household, kind="other")
    sent = make_notice(household, kind="old", channel=Channel.MAIL, told_at=NOW)

    def tell_instead_of(*kinds: str, once: str = "") -> None:
        with transaction() as current:
            found = current.get_one(Household, household.id)
            tell(found, "test", _letter, now=NOW, once=once, instead_of=kinds)

    tell_instead_of("old", once="new")
    tell_instead_of(*EVERYTHING, once="new")
    (listed,) = list_to_tell(household.fair_id)
    assert listed.notices[0].id == other.id
    assert len(listed.notices) == 2
    session().rollback()
    assert [session().get_one(Notice, n.id).text != "" for n in (told, old, sent)] == [
        True,
        False,
        False,
    ]
    tell_instead_of(*EVERYTHING)
    (listed,) = list_to_tell(household.fair_id)
    assert len(listed.notices) == 1
    assert session().get_one(Notice, told.id).text


def test_two_who_tell_the_same_at_once_tell_it_once(app: Flask) -> None:
    household, together = make_household(make_fair()), Barrier(2)
    made: list[bool] = []

    def work() -> None:
        with app.app_context(), frozen(NOW):
            together.wait()
            made.append(_tell(household, "same") is not None)

    threads = [Thread(target=work) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [False, True]
    assert len(_notices()) == 1


@pytest.mark.parametrize("way", ["refused", "bounced", "unreachable"])
def test_a_mail_that_does_not_arrive_becomes_a_call(
    app: Flask, heard: list[object], way: str
) -> None:
    household = make_household(make_fair())
    _tell(household, "offer")
    (mail,) = session().scalars(sa.select(OutboxMail)).all()
    if way == "bounced":
        deliver_due()
    heard.clear()
    with transaction():
        if way == "bounced":
            publish(MailBounced(mail.id, NOW))
        else:
            publish(MailFailed(mail.id, way == "refused", NOW))
    (notice,) = _notices()
    assert (notice.channel, notice.told_at, notice.failed_at) == (Channel.PERSON, None, NOW)
    failed_at = session().get_one(Household, household.id).email_failed_at
    assert failed_at == (None if way == "unreachable" else NOW)
    facts = (household.fair_id, household.id, notice.id, "test", "offer", NOW)
    assert heard == ([HouseholdNotTold(*facts)] if way == "bounced" else [])


def test_an_address_that_was_changed_meanwhile_stays_good(app: Flask) -> None:
    household = make_household(make_fair())
    _tell(household)
    (mail,) = session().scalars(sa.select(OutboxMail)).all()
    with transaction() as current:
        current.get_one(Household, household.id).email = "new@example.org"
    with transaction():
        publish(MailBounced(mail.id, NOW))
    session().rollback()
    assert session().get_one(Household, household.id).email_failed_at is None
    assert _notices()[0].channel is Channel.PERSON


def test_whoever_calls_notes_it_and_can_take_it_back(app: Flask, heard: list[object]) -> None:
    fair, user = make_fair(), make_user(Role.ORGANISER)
    household, actor = make_household(fair), actor_of(user, Role.ORGANISER)
    notice = make_notice(household)
    for _time in range(2):
        mark_told(fair.id, notice.id, actor=actor, now=NOW)
    (row,) = _notices()
    assert (row.told_at, row.told_by) == (NOW, user.id)
    assert count_to_tell(fair.id) == 0
    assert [one.household.id for one in list_told(fair.id, NOW, 9)] == [household.id]
    for _time in range(2):
        mark_untold(fair.id, notice.id, actor=actor, now=NOW)
    (row,) = _notices()
    assert (row.told_at, row.told_by) == (None, None)
    assert count_to_tell(fair.id) == 1
    assert [type(event) for event in heard] == [HouseholdTold, HouseholdNotTold]
    written = session().scalars(sa.select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.action for entry in written] == ["household.told", "household.not_told"]
    assert {(entry.subject_id, entry.actor_id) for entry in written} == {(household.id, user.id)}


def test_a_partner_sees_and_notes_only_what_is_its_own(app: Flask) -> None:
    fair = make_fair()
    ours, theirs = make_partner(fair), make_partner(fair)
    own = make_notice(make_household(fair, partner_id=ours.id))
    other = make_notice(make_household(fair, partner_id=theirs.id))
    alone = make_notice(make_household(fair))
    assert [one.notices[0].id for one in list_to_tell(fair.id, ours.id)] == [own.id]
    assert len(list_to_tell(fair.id)) == count_to_tell(fair.id) == 3
    for foreign in (other, alone):
        for mark in (mark_told, mark_untold):
            with pytest.raises(NotFound):
                mark(fair.id, foreign.id, partner_id=ours.id, actor=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        mark_told(make_fair().id, own.id, actor=SYSTEM, now=NOW)
    assert [notice.told_at for notice in _notices()] == [None, None, None]


def test_who_waits_longest_is_first_and_a_household_is_called_once(app: Flask) -> None:
    fair = make_fair()
    late, early = make_household(fair), make_household(fair)
    first, second, third = (make_notice(one) for one in (early, late, early))
    found = list_to_tell(fair.id)
    assert [one.household.id for one in found] == [early.id, late.id]
    assert [[n.id for n in one.notices] for one in found] == [[first.id, third.id], [second.id]]
    assert count_to_tell(fair.id) == 2
    early_id = early.id
    assert [n.id for n in history_of(early_id)] == [third.id, first.id]
    with transaction():
        drop_calls(early_id, EVERYTHING)
    assert history_of(early_id) == []


def test_the_list_asks_the_same_however_long_it_is(app: Flask) -> None:
    fair, asked = make_fair(), []
    fair_id, partner_ids = fair.id, [None, *(make_partner(fair).id for _each in range(3))]
    households = [make_household(fair, partner_id=partner_id) for partner_id in partner_ids]

    def note(*_args: object) -> None:
        asked.append(1)

    def count() -> int:
        session().expunge_all()
        asked.clear()
        for one in list_to_tell(fair_id):
            assert one.household.people
            assert one.household.partner is None or one.household.partner.name
        return len(asked)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        make_notice(households[0])
        alone = count()
        for household in households[1:]:
            make_notice(session().merge(household))
        assert count() == alone <= 3
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


def test_what_was_told_is_forgotten_with_its_fair(app: Flask) -> None:
    fair = make_fair()
    notice = make_notice(make_household(fair))
    from_then = fair.ends_at + timedelta(days=30)
    assert notice.text
    for at, kept in (
        (from_then - timedelta(hours=1), True),
        (from_then + timedelta(hours=1), False),
    ):
        with frozen(at):
            run_retention()
        (row,) = _notices()
        assert bool(row.text) is bool(row.german) is kept
    assert count_to_tell(fair.id) == 0
