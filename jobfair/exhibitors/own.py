"""The exhibitor's own page: confirm, correct, offer, withdraw; found by the link in the mail."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from jobfair.core import clock
from jobfair.core.actor import Actor, ActorKind, Permission
from jobfair.core.errors import Conflict, NotFound
from jobfair.exhibitors import queries, words
from jobfair.exhibitors.forms import OrganisationForm, PostingForm
from jobfair.exhibitors.models import Exhibitor
from jobfair.exhibitors.operations import LINK
from jobfair.exhibitors.pages import attempt, shown
from jobfair.exhibitors.rules import (
    OWN_PAGE_STATES,
    POSTINGS_MOST,
    ExhibitorState,
    may_withdraw,
)
from jobfair.exhibitors.service import applications, postings
from jobfair.exhibitors.views import blueprint, stored
from jobfair.fairs.queries import get_fair
from jobfair.web.access import current_actor, public, requires
from jobfair.web.forms import ActionForm
from jobfair.web.limits import limiter
from jobfair.web.links import proves, row_of, token_for
from jobfair.web.locale import use_page_language

BOTH = ["GET", "POST"]
__all__ = ["blueprint"]


def open_own(token: str) -> Exhibitor:
    """Return the exhibitor that the link opens, and show its fair and language."""
    exhibitor_id = row_of(LINK, token)
    exhibitor = queries.find_exhibitor(exhibitor_id) if exhibitor_id else None
    if exhibitor is None or not proves(LINK, token, exhibitor.id, exhibitor.link_version):
        raise NotFound("link_invalid")
    g.private = True
    g.fair = get_fair(exhibitor.fair_id)
    use_page_language(exhibitor.lang)
    return exhibitor


def open_to_change(token: str) -> Exhibitor:
    """Return the exhibitor that the link opens and that may still change what it said."""
    exhibitor = open_own(token)
    if exhibitor.state not in OWN_PAGE_STATES:
        raise Conflict("own_page_closed")
    return exhibitor


def link_actor(exhibitor: Exhibitor) -> Actor:
    """Return who acts: the one who is signed in, else whoever has the link."""
    actor = current_actor()
    return actor if actor.kind is ActorKind.USER else Actor(ActorKind.LINK, exhibitor.id)


def own_token(exhibitor: Exhibitor) -> str:
    """Return the token of the exhibitor's page."""
    return token_for(LINK, exhibitor.id, exhibitor.link_version)


def own_key() -> str:
    """Return what stays the same while a new address gives the page a new link."""
    return f"own:{row_of(LINK, (request.view_args or {}).get('token', ''))}"


@blueprint.get("/exhibitor/")
@requires(Permission.EXHIBIT)
def mine() -> ResponseReturnValue:
    """Show the signed-in person's applications, or lead to the only one."""
    user_id = current_actor().id
    own = queries.list_own(user_id) if user_id is not None else []
    pages = [
        (one, get_fair(one.fair_id), url_for("exhibitors.own", token=own_token(one))) for one in own
    ]
    if len(pages) == 1:
        return redirect(pages[0][2])
    return render_template("exhibitors/mine.html", pages=pages, words=words)


@blueprint.get("/exhibitor/<token>")
@public
def own(token: str) -> ResponseReturnValue:
    """Show the exhibitor's own page; an application that isn't confirmed waits for the button."""
    exhibitor = open_own(token)
    template = "own" if exhibitor.state is not ExhibitorState.APPLIED else "confirm"
    return render_template(
        f"exhibitors/{template}.html",
        exhibitor=exhibitor,
        form=ActionForm(),
        token=token,
        may_change=exhibitor.state in OWN_PAGE_STATES,
        may_withdraw=may_withdraw(exhibitor.state, g.fair.phase),
        room_for_more=len(exhibitor.postings) < POSTINGS_MOST,
        words=words,
    )


@blueprint.post("/exhibitor/<token>")
@public
def confirm(token: str) -> ResponseReturnValue:
    """Confirm the application."""
    exhibitor, form = open_own(token), ActionForm()
    actor, now = link_actor(exhibitor), clock.now()
    if attempt(form, lambda: applications.confirm(exhibitor.id, actor=actor, now=now)):
        flash(gettext("Thank you. Your application is confirmed."))
        return redirect(url_for("exhibitors.own", token=token))
    return shown("exhibitors/confirm.html", form, exhibitor=exhibitor, token=token)


@blueprint.route("/exhibitor/<token>/edit", methods=BOTH)
@limiter.limit("20 per hour", key_func=own_key, methods=["POST"], deduct_when=stored)
@public
def edit(token: str) -> ResponseReturnValue:
    """Correct what the organisation said about itself."""
    exhibitor = open_to_change(token)
    form = OrganisationForm(data=exhibitor.said.values())
    actor, now = link_actor(exhibitor), clock.now()
    before = exhibitor.link_version
    if attempt(
        form,
        lambda: applications.correct(exhibitor.id, form.said, actor=actor, now=now),
        {"account_disabled": "contact_email"},
    ):
        after = queries.get_exhibitor(exhibitor.fair_id, exhibitor.id)
        if after.link_version != before:
            flash(gettext("Saved. The new link to this page is on its way to the new address."))
        else:
            flash(gettext("Saved."))
        return redirect(url_for("exhibitors.own", token=own_token(after)))
    return shown("exhibitors/edit.html", form, token=token)


@blueprint.route("/exhibitor/<token>/offers/new", methods=BOTH)
@public
def add_posting(token: str) -> ResponseReturnValue:
    """Offer something more."""
    exhibitor, form = open_to_change(token), PostingForm()
    actor, now = link_actor(exhibitor), clock.now()
    if attempt(form, lambda: postings.add(exhibitor.id, form.said, actor=actor, now=now)):
        return redirect(url_for("exhibitors.own", token=token))
    return shown("exhibitors/posting.html", form, token=token, posting=None)


@blueprint.route("/exhibitor/<token>/offers/<int:posting_id>", methods=BOTH)
@public
def edit_posting(token: str, posting_id: int) -> ResponseReturnValue:
    """Correct an offer."""
    exhibitor = open_to_change(token)
    posting = queries.posting_of(exhibitor, posting_id)
    form, remove = PostingForm(data=posting.said.values()), ActionForm(formdata=None)
    actor, now = link_actor(exhibitor), clock.now()
    if attempt(
        form, lambda: postings.edit(exhibitor.id, posting_id, form.said, actor=actor, now=now)
    ):
        return redirect(url_for("exhibitors.own", token=token))
    return shown("exhibitors/posting.html", form, token=token, posting=posting, remove=remove)


@blueprint.post("/exhibitor/<token>/offers/<int:posting_id>/remove")
@public
def remove_posting(token: str, posting_id: int) -> ResponseReturnValue:
    """Offer this no longer."""
    exhibitor, form = open_to_change(token), ActionForm()
    actor, now = link_actor(exhibitor), clock.now()
    if attempt(form, lambda: postings.remove(exhibitor.id, posting_id, actor=actor, now=now)):
        flash(gettext("Removed."))
        return redirect(url_for("exhibitors.own", token=token))
    return redirect(url_for("exhibitors.edit_posting", token=token, posting_id=posting_id))


@blueprint.route("/exhibitor/<token>/withdraw", methods=BOTH)
@public
def withdraw(token: str) -> ResponseReturnValue:
    """Say that the exhibitor doesn't come."""
    exhibitor, form = open_own(token), ActionForm()
    actor, now = link_actor(exhibitor), clock.now()
    if attempt(form, lambda: applications.withdraw(exhibitor.id, actor=actor, now=now)):
        return redirect(url_for("exhibitors.own", token=token))
    return shown("exhibitors/withdraw.html", form, exhibitor=exhibitor, token=token)
