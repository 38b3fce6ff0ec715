"""Feedback: the organiser asks, exhibitors answer without signing in."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.core.actor import VISITOR, Role
from jobfair.core.clock import frozen
from jobfair.core.db import session
from jobfair.exhibitors.rules import ExhibitorState
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.feedback.models import FeedbackAnswer, FeedbackInvitation
from jobfair.feedback.rules import Talks
from jobfair.feedback.service import LINK
from jobfair.mail.models import OutboxMail
from jobfair.web.links import token_for
from tests.client import PageClient
from tests.factories import (
    NOW,
    make_answer,
    make_exhibitor,
    make_fair,
    make_invitation,
    signed_in,
)

SAID: dict[str, Any] = {
    "talks": "11-20",
    "hires": "3",
    "fit": "4",
    "lacking": ["german", "licence"],
    "again": "yes",
    "comment": "<b>Gut</b>'; DROP TABLE feedback_answer; --",
}


def link_of(invitation: FeedbackInvitation) -> str:
    """Return the path of the questionnaire."""
    return f"/feedback/{token_for(LINK, invitation.id, invitation.link_version)}"


def answers() -> list[FeedbackAnswer]:
    """Return all answers."""
    session().expire_all()
    return list(session().scalars(sa.select(FeedbackAnswer)))


def mails() -> list[tuple[str, str]]:
    """Return kind and text of the mails, oldest first."""
    query = sa.select(OutboxMail.kind, OutboxMail.text).order_by(OutboxMail.id)
    return [(kind, text) for kind, text in session().execute(query)]


def organised(app: Flask, **given: Any) -> Fair:
    """Make a fair whose organiser sits at the browser."""
    fair = make_fair(**{"phase": Phase.OVER, **given})
    signed_in(app, Role.ORGANISER, fair.id)
    return fair


def test_asking_twice_never_makes_two(app: Flask, page: PageClient) -> None:
    fair = organised(app)
    make_exhibitor(fair)
    make_exhibitor(fair)
    make_exhibitor(fair, state=ExhibitorState.DECLINED)
    before = page.get(f"/desk/{fair.slug}/feedback?lang=en")
    number = next(n for n, f in enumerate(before.forms) if f.get("action").endswith("/ask"))
    assert "2 mails are on their way" in page.submit(number).text
    page.last = before
    assert "0 mails are on their way" in page.submit(number).text
    assert [kind for kind, _text in mails()] == ["feedback.invitation"] * 2


def test_nobody_is_asked_before_the_fair(app: Flask, page: PageClient) -> None:
    fair = organised(app, phase=Phase.OPEN)
    make_exhibitor(fair)
    shown = page.get(f"/desk/{fair.slug}/feedback?lang=en")
    url = f"/desk/{fair.slug}/feedback/ask"
    refused = page.post(url, {"csrf_token": shown.csrf_token})
    assert "when the fair is running or over" in refused.text
    assert mails() == []


def test_only_the_silent_are_reminded_and_not_too_soon(app: Flask, page: PageClient) -> None:
    fair = organised(app)
    make_answer(make_invitation(make_exhibitor(fair)))
    silent = make_invitation(make_exhibitor(fair))
    page.get(f"/desk/{fair.slug}/feedback?lang=en")
    with frozen(NOW + timedelta(days=2)):
        before = page.get(f"/desk/{fair.slug}/feedback")
        number = next(n for n, f in enumerate(before.forms) if f.get("action").endswith("remind"))
        page.submit(number)
        page.last = before
        page.submit(number)
    assert [kind for kind, _text in mails()] == ["feedback.reminder"]
    assert link_of(silent) in mails()[0][1]


@pytest.mark.parametrize("lang", ["de", "en", "uk", "ar"])
def test_an_exhibitor_answers_and_changes_the_answer(page: PageClient, lang: str) -> None:
    invitation = make_invitation(make_exhibitor(make_fair(), lang=lang))
    page.get(link_of(invitation))
    assert page.submit(0, SAID).url.endswith("/thanks")
    page.get(link_of(invitation))
    page.submit(0, {"hires": "٥", "lacking": ["nothing", "german"]})
    (one,) = answers()
    assert (one.talks, one.hires, one.fit) == (Talks.MANY, 5, 4)
    assert one.lacking == ["german"]
    assert one.comment == SAID["comment"]


@pytest.mark.parametrize(
    "typed",
    [
        {"talks": None},
        {"hires": ""},
        {"hires": "-1"},
        {"hires": "many"},
        {"hires": "9" * 5000},
        {"fit": None},
        {"again": None},
        {"comment": "x" * 10_000},
    ],
)
def test_faults_are_named_and_nothing_is_stored(page: PageClient, typed: dict[str, Any]) -> None:
    page.get(link_of(make_invitation(make_exhibitor(make_fair(), lang="en"))))
    again = page.submit(0, SAID | typed, status=422)
    assert len(again.root.all("div", class_="jf-summary")) == 1
    assert answers() == []


def test_a_link_past_its_time_is_answered_like_an_unknown_one(page: PageClient) -> None:
    invitation = make_invitation(make_exhibitor(make_fair(), lang="en"))
    form = page.get(link_of(invitation))
    with frozen(invitation.answer_until):
        late = page.get(f"{link_of(invitation)}?lang=en", status=404)
        assert late.text == page.get(f"/feedback/{'A' * 32}?lang=en", status=404).text
        page.get(f"{link_of(invitation)}/thanks", status=404)
        page.last = form
        page.submit(0, SAID, status=404)
    assert answers() == []


def test_unknown_and_forged_links_give_the_same_page(page: PageClient) -> None:
    link = link_of(make_invitation(make_exhibitor(make_fair())))
    forged = link[:-1] + ("A" if link[-1] != "A" else "B")
    texts = {page.get(url, status=404).text for url in (forged, "/feedback/x", "/feedback/%27")}
    assert len(texts) == 1


def test_the_desk_reads_sums_and_words_as_text(app: Flask, page: PageClient) -> None:
    fair = organised(app)
    for hires, comment in ((2, "<script>alert(1)</script>"), (1, "=1+1")):
        make_answer(
            make_invitation(make_exhibitor(fair)), hires=hires, comment=comment, lacking=["german"]
        )
    shown = page.get(f"/desk/{fair.slug}/feedback?lang=en")
    assert "<script>alert(1)</script>" in shown.text
    assert "2 of 2" in shown.text
    text = page.open(f"/desk/{fair.slug}/feedback/table.csv").get_data(as_text=True)
    assert ";'=1+1" in text


def test_feedback_is_for_organisers_alone(app: Flask, page: PageClient) -> None:
    fair = make_fair()
    app.extensions["actor_provider"] = lambda: VISITOR
    assert "/sign-in" in page.get(f"/desk/{fair.slug}/feedback").url
    signed_in(app, Role.EXHIBITOR, fair.id)
    page.get(f"/desk/{fair.slug}/feedback", status=403)
