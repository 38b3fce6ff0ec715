"""The list "To tell" and its buttons, for the desk and for partners."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.attendees.forms import done
from jobfair.attendees.models import Household
from jobfair.attendees.rules import AttendeeState
from jobfair.attendees.words import language_name
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.core.languages import LANGUAGES
from jobfair.telling.queries import get_notice, list_to_tell, list_told
from jobfair.telling.rules import call_link, sms_link
from jobfair.telling.service import mark_told, mark_untold
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm

SHOWN_MOST = 50
TOLD_LATELY = timedelta(hours=24)


@dataclass(frozen=True)
class Board:
    """Whose list it is: the desk's with everybody, or a partner's with its own people.

    `frame` is the template around it, `household` the endpoint of a household's page.
    """

    fair_id: int
    frame: str
    household: str
    partner_id: int | None = None


def mount(blueprint: Blueprint, permission: Permission, board_of: Callable[[], Board]) -> None:
    """Have the blueprint own the list at `/tell` with its buttons: endpoint `to_tell`."""
    home = f"{blueprint.name}.to_tell"

    @blueprint.get("/tell")
    @requires(permission)
    def to_tell() -> ResponseReturnValue:
        """Show whom somebody must tell something."""
        return _show(board_of(), home, ActionForm())

    @blueprint.post("/tell/<int:notice_id>/told")
    @requires(permission)
    def told(notice_id: int) -> ResponseReturnValue:
        """Note that the household was told."""
        message = _("Told. If that was a mistake, take it back below.")
        return _change(board_of(), home, notice_id, mark_told, message)

    @blueprint.post("/tell/<int:notice_id>/not-told")
    @requires(permission)
    def not_told(notice_id: int) -> ResponseReturnValue:
        """Put what was told by mistake back on the list."""
        return _change(board_of(), home, notice_id, mark_untold, _("It is on the list again."))


def _change(
    board: Board, home: str, notice_id: int, mark: Callable[..., None], message: str
) -> ResponseReturnValue:
    get_notice(board.fair_id, notice_id, board.partner_id)
    form, actor, now = ActionForm(), current_actor(), clock.now()
    if done(
        form,
        lambda: mark(board.fair_id, notice_id, partner_id=board.partner_id, actor=actor, now=now),
    ):
        flash(message)
        return redirect(url_for(home))
    return _show(board, home, form)


def _show(board: Board, home: str, form: ActionForm) -> ResponseReturnValue:
    waiting = list_to_tell(board.fair_id, board.partner_id)
    mine = [one for one in waiting if one.household.partner_id == board.partner_id]
    others = [one for one in waiting if one.household.partner_id != board.partner_id]
    page = render_template(
        "telling/list.html",
        form=form,
        board=board,
        blueprint=home.partition(".")[0],
        count=len(waiting),
        groups=[("mine", mine), ("others", others)],
        most=SHOWN_MOST,
        told=list_told(board.fair_id, clock.now() - TOLD_LATELY, SHOWN_MOST, board.partner_id),
        name_of=name_of,
        language_name=language_name,
        languages=LANGUAGES,
        call_link=call_link,
        sms_link=sms_link,
    )
    return page, 422 if form.faults else 200


def name_of(household: Household) -> str:
    """Return the name of who is asked for: the first of the household that still comes."""
    coming = (one for one in household.people if one.state is AttendeeState.REGISTERED)
    return next((one.latin_name for one in (*coming, *household.people)), "")
