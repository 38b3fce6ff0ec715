"""Use cases of feedback on both databases."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.core.actor import SYSTEM
from jobfair.core.db import session
from jobfair.core.errors import Conflict, NotFound
from jobfair.exhibitors.rules import ExhibitorState
from jobfair.fairs.rules import Phase
from jobfair.feedback import queries, service
from jobfair.feedback.models import FeedbackAnswer, FeedbackInvitation
from jobfair.feedback.rules import ANSWER_TIME, Again, AnswerInput, Lacking, Talks
from jobfair.mail.models import OutboxMail
from tests.factories import NOW, make_answer, make_exhibitor, make_fair, make_invitation

SAID = AnswerInput(Talks.MANY, 2, 4, Again.YES, (Lacking.GERMAN,), "Gut.")


def number(table: type[FeedbackInvitation] | type[FeedbackAnswer] | type[OutboxMail]) -> int:
    """Return how many rows there are."""
    return session().scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_two_organisers_who_ask_at_once_ask_once(app: Flask) -> None:
    fair = make_fair(phase=Phase.OVER)
    for _n in range(3):
        make_exhibitor(fair)
    fair_id, ready, sent = fair.id, Barrier(3), list[int]()

    def work() -> None:
        with app.app_context():
            ready.wait()
            sent.append(service.ask(fair_id, actor=SYSTEM, now=NOW))

    threads = [Thread(target=work) for _n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session().rollback()
    assert sorted(sent) == [0, 0, 3]
    assert (number(FeedbackInvitation), number(OutboxMail)) == (3, 3)


def test_late_comers_are_asked_and_the_others_not_again(app: Flask) -> None:
    fair = make_fair(phase=Phase.RUNNING)
    make_exhibitor(fair)
    make_exhibitor(fair, state=ExhibitorState.WITHDRAWN)
    make_exhibitor(fair, contact_email="")
    assert service.ask(fair.id, actor=SYSTEM, now=NOW) == 1
    make_exhibitor(fair)
    assert service.ask(fair.id, actor=SYSTEM, now=NOW) == 1
    assert queries.counts(fair.id) == queries.FeedbackCounts(3, 2, 0)


def test_a_reminder_gives_the_full_time_again(app: Flask) -> None:
    fair = make_fair(phase=Phase.OVER)
    silent = make_invitation(make_exhibitor(fair), answer_until=NOW)
    make_answer(make_invitation(make_exhibitor(fair)))
    assert service.remind(fair.id, actor=SYSTEM, now=NOW) == 0
    later = NOW + timedelta(days=3)
    assert service.remind(fair.id, actor=SYSTEM, now=later) == 1
    asked = queries.find_asked(silent.id)
    assert asked
    assert asked.invitation.answer_until == later + ANSWER_TIME


def test_nobody_is_asked_while_registration_runs(app: Flask) -> None:
    fair = make_fair()
    for use_case in (service.ask, service.remind):
        with pytest.raises(Conflict, match="feedback_early"):
            use_case(fair.id, actor=SYSTEM, now=NOW)


def test_the_newest_answer_counts_until_the_time_is_over(app: Flask) -> None:
    invitation = make_invitation(make_exhibitor(make_fair()))
    service.answer(invitation.id, SAID, now=NOW)
    service.answer(invitation.id, replace(SAID, hires=7, lacking=()), now=NOW)
    with pytest.raises(Conflict, match="feedback_late"):
        service.answer(invitation.id, SAID, now=invitation.answer_until)
    with pytest.raises(NotFound):
        service.answer(invitation.id + 1, SAID, now=NOW)
    (row,) = session().scalars(sa.select(FeedbackAnswer))
    assert row.said == replace(SAID, hires=7, lacking=())


def test_an_answer_sent_three_times_at_once_is_one(app: Flask) -> None:
    invitation_id = make_invitation(make_exhibitor(make_fair())).id
    ready = Barrier(3)

    def work() -> None:
        with app.app_context():
            ready.wait()
            service.answer(invitation_id, SAID, now=NOW)

    threads = [Thread(target=work) for _n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session().rollback()
    assert number(FeedbackAnswer) == 1
