"""Adding an exhibitor by hand, and changing what one says and offers."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.exhibitors import queries
from jobfair.exhibitors.admin.blueprint import blueprint
from jobfair.exhibitors.admin.decisions import back
from jobfair.exhibitors.forms import AddForm, OrganisationForm, PostingForm
from jobfair.exhibitors.pages import attempt, shown
from jobfair.exhibitors.service import applications, decisions, postings
from jobfair.fairs.context import current_fair
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm

BOTH = ["GET", "POST"]
AT_EMAIL = {"account_disabled": "contact_email"}


@blueprint.route("/new", methods=BOTH)
@requires(Permission.ORGANISE)
def add() -> ResponseReturnValue:
    """Add an exhibitor, approved at once."""
    fair, form = current_fair(), AddForm()
    actor, now = current_actor(), clock.now()
    if attempt(
        form,
        lambda: decisions.add_by_hand(
            fair.id, form.said, str(form.lang.data), actor=actor, now=now
        ),
        AT_EMAIL,
    ):
        flash(_("Saved. A mail is on its way."))
        return redirect(url_for("exhibitors_admin.index"))
    return shown("exhibitors/desk_edit.html", form, exhibitor=None)


@blueprint.route("/<int:exhibitor_id>/edit", methods=BOTH)
@requires(Permission.ORGANISE)
def edit(exhibitor_id: int) -> ResponseReturnValue:
    """Change what the exhibitor says about itself."""
    fair = current_fair()
    exhibitor = queries.get_exhibitor(fair.id, exhibitor_id)
    form = OrganisationForm(data=exhibitor.said.values())
    actor, now = current_actor(), clock.now()
    if attempt(
        form,
        lambda: applications.edit(fair.id, exhibitor_id, form.said, actor=actor, now=now),
        AT_EMAIL,
    ):
        flash(_("Saved."))
        return back(exhibitor_id)
    return shown("exhibitors/desk_edit.html", form, exhibitor=exhibitor)


@blueprint.route("/<int:exhibitor_id>/offers/new", methods=BOTH)
@requires(Permission.ORGANISE)
def add_posting(exhibitor_id: int) -> ResponseReturnValue:
    """Add an offer."""
    exhibitor = queries.get_exhibitor(current_fair().id, exhibitor_id)
    form, actor, now = PostingForm(), current_actor(), clock.now()
    if attempt(
        form, lambda: postings.add(exhibitor.id, form.said, actor=actor, now=now, by_desk=True)
    ):
        return back(exhibitor_id)
    return shown("exhibitors/desk_posting.html", form, exhibitor=exhibitor, posting=None)


@blueprint.route("/<int:exhibitor_id>/offers/<int:posting_id>", methods=BOTH)
@requires(Permission.ORGANISE)
def edit_posting(exhibitor_id: int, posting_id: int) -> ResponseReturnValue:
    """Change an offer."""
    exhibitor = queries.get_exhibitor(current_fair().id, exhibitor_id)
    posting = queries.posting_of(exhibitor, posting_id)
    form, remove = PostingForm(data=posting.said.values()), ActionForm(formdata=None)
    actor, now = current_actor(), clock.now()
    if attempt(
        form,
        lambda: postings.edit(
            exhibitor.id, posting_id, form.said, actor=actor, now=now, by_desk=True
        ),
    ):
        return back(exhibitor_id)
    page = {"exhibitor": exhibitor, "posting": posting, "remove": remove}
    return shown("exhibitors/desk_posting.html", form, **page)


@blueprint.post("/<int:exhibitor_id>/offers/<int:posting_id>/remove")
@requires(Permission.ORGANISE)
def remove_posting(exhibitor_id: int, posting_id: int) -> ResponseReturnValue:
    """Remove an offer."""
    exhibitor = queries.get_exhibitor(current_fair().id, exhibitor_id)
    form, actor, now = ActionForm(), current_actor(), clock.now()
    if attempt(
        form,
        lambda: postings.remove(exhibitor.id, posting_id, actor=actor, now=now, by_desk=True),
    ):
        flash(_("Removed."))
    return back(exhibitor_id)
