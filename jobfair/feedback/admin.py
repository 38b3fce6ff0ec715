"""The organiser's page about feedback: ask, remind, read."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.exhibitors.pages import attempt
from jobfair.fairs.context import current_fair
from jobfair.feedback import queries, service, words
from jobfair.feedback.report import summarise
from jobfair.feedback.rules import Lacking, may_ask, may_remind
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm
from jobfair.web.tables import csv_answer

blueprint = Blueprint("feedback_admin", __name__, url_prefix="/desk/<fair:fair>/feedback")


@blueprint.get("")
@requires(Permission.ORGANISE)
def index() -> ResponseReturnValue:
    """Show who was asked, and what the answers say together and one by one."""
    fair, now = current_fair(), clock.now()
    asked = queries.list_asked(fair.id)
    silent = [one for one in asked if one.answer is None]
    return render_template(
        "feedback/desk_index.html",
        form=ActionForm(),
        counts=queries.counts(fair.id),
        asked=asked,
        silent=silent,
        remindable=sum(may_remind(one.invitation.sent_at, False, now) for one in silent),
        may_ask=may_ask(fair.phase),
        report=summarise([one.answer.said for one in asked if one.answer]),
        words=words,
    )


@blueprint.post("/ask")
@requires(Permission.ORGANISE)
def ask() -> ResponseReturnValue:
    """Ask all approved exhibitors that weren't asked yet."""
    fair, actor, now = current_fair(), current_actor(), clock.now()
    return _send(lambda: service.ask(fair.id, actor=actor, now=now))


@blueprint.post("/remind")
@requires(Permission.ORGANISE)
def remind() -> ResponseReturnValue:
    """Remind those who haven't answered."""
    fair, actor, now = current_fair(), current_actor(), clock.now()
    return _send(lambda: service.remind(fair.id, actor=actor, now=now))


@blueprint.get("/table.csv")
@requires(Permission.ORGANISE)
def table() -> ResponseReturnValue:
    """Give the answers as a file."""
    fair = current_fair()
    head = (
        _("Exhibitor"),
        _("Conversations"),
        _("Goes on with"),
        _("Fit (1 to 5)"),
        _("Lacking"),
        _("Comes again"),
        _("Comment"),
    )
    rows = [
        (
            one.exhibitor.name,
            words.TALKS[one.answer.talks],
            one.answer.hires,
            one.answer.fit,
            ", ".join(str(words.LACKING[Lacking(value)]) for value in one.answer.lacking),
            words.AGAIN[one.answer.again],
            one.answer.comment,
        )
        for one in queries.list_asked(fair.id)
        if one.answer
    ]
    return csv_answer(f"{fair.slug}-feedback", head, rows)


def _send(use_case: Callable[[], int]) -> ResponseReturnValue:
    form, sent = ActionForm(), 0

    def act() -> None:
        nonlocal sent
        sent = use_case()

    if attempt(form, act):
        flash(ngettext("%(num)s mail is on its way.", "%(num)s mails are on their way.", sent))
    for _target, fault in form.faults:
        flash(fault, "no")
    return redirect(url_for("feedback_admin.index"))
