"""The organiser's pages of partners: organisations, who helps there, who asks to."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.accounts import queries
from jobfair.accounts.rules import AccessState
from jobfair.accounts.words import MEMBER_KIND_NAMES, PARTNER_KIND_NAMES
from jobfair.attendees.forms import done
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.core.languages import LANGUAGES
from jobfair.fairs.context import current_fair
from jobfair.partners.blueprint import organisations
from jobfair.partners.forms.access import GrantForm, MemberForm, OrganisationForm
from jobfair.partners.queries import households_by_partner
from jobfair.partners.service import access
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm, BaseForm

METHODS = ["GET", "POST"]


@organisations.route("", methods=METHODS)
@requires(Permission.ORGANISE)
def partners() -> ResponseReturnValue:
    """Show the partners of the fair and who asks to help, and add an organisation."""
    fair, form = current_fair(), OrganisationForm()

    def add() -> None:
        partner_id = access.add_organisation(current_actor(), fair, form.said(), now=clock.now())
        made.append(partner_id)

    made: list[int] = []
    if done(form, add):
        flash(_("The organisation is there. Now invite who helps."))
        return redirect(url_for("organisations.partner_page", partner_id=made[0]))
    return _show(
        "partners/desk_partners.html",
        form,
        partners=queries.list_partners(fair.id),
        helpers=queries.list_helpers(fair.id),
        households=households_by_partner(fair.id),
        requests=queries.list_requests(fair.id),
    )


@organisations.route("/<int:partner_id>", methods=METHODS)
@requires(Permission.ORGANISE)
def partner_page(partner_id: int) -> ResponseReturnValue:
    """Show an organisation and who helps there, and invite somebody."""
    fair, form = current_fair(), MemberForm()
    partner = queries.get_partner(fair.id, partner_id)

    def invite() -> None:
        access.invite(current_actor(), fair, partner_id, form.invitation(), now=clock.now())

    if done(form, invite):
        flash(_("An invitation is on its way to %(email)s.", email=form.email.data))
        return redirect(url_for("organisations.partner_page", partner_id=partner_id))
    return _show(
        "partners/desk_partner.html",
        form,
        partner=partner,
        helpers=[one for one in queries.list_helpers(fair.id) if one.partner_id == partner_id],
        number=households_by_partner(fair.id).get(partner_id, 0),
    )


@organisations.route("/<int:partner_id>/name", methods=METHODS)
@requires(Permission.ORGANISE)
def rename_partner(partner_id: int) -> ResponseReturnValue:
    """Have an organisation be called otherwise."""
    fair = current_fair()
    partner = queries.get_partner(fair.id, partner_id)
    form = OrganisationForm(obj=partner)
    actor, now = current_actor(), clock.now()
    if done(
        form, lambda: access.rename_organisation(actor, fair, partner_id, form.said(), now=now)
    ):
        flash(_("The changes are stored."))
        return redirect(url_for("organisations.partner_page", partner_id=partner_id))
    return _show("partners/desk_rename.html", form, partner=partner)


@organisations.post("/members/<int:user_id>/again")
@requires(Permission.ORGANISE)
def invite_member_again(user_id: int) -> ResponseReturnValue:
    """Send the invitation once more."""
    return _act_on_member(
        user_id, access.invite_again, _("The invitation is on its way once more.")
    )


@organisations.post("/members/<int:user_id>/end")
@requires(Permission.ORGANISE)
def end_membership(user_id: int) -> ResponseReturnValue:
    """Have somebody not help any more."""
    words = _("The access has ended. The people whom they registered stay registered.")
    return _act_on_member(user_id, access.end_membership, words)


@organisations.route("/requests/<int:request_id>", methods=METHODS)
@requires(Permission.ORGANISE)
def access_request(request_id: int) -> ResponseReturnValue:
    """Show who asks to help, and give them access."""
    fair = current_fair()
    asked = queries.get_request(fair.id, request_id)
    form = GrantForm(asked, queries.partner_names(fair.id))

    def grant() -> None:
        access.grant(current_actor(), fair, request_id, form.chosen(), now=clock.now())

    if done(form, grant):
        flash(_("They have access now. A mail tells them."))
        return redirect(url_for("organisations.partners"))
    return _show_request(request_id, form)


@organisations.post("/requests/<int:request_id>/refuse")
@requires(Permission.ORGANISE)
def refuse_request(request_id: int) -> ResponseReturnValue:
    """Give somebody who asked no access."""
    fair, form = current_fair(), ActionForm()
    actor, now = current_actor(), clock.now()
    if done(form, lambda: access.refuse(actor, fair, request_id, now=now)):
        flash(_("They get no access. A mail tells them."))
        return redirect(url_for("organisations.partners"))
    return _show_request(request_id, form)


def _act_on_member(user_id: int, act: Callable[..., None], words: str) -> ResponseReturnValue:
    fair, form = current_fair(), ActionForm()
    member = queries.find_membership(user_id, fair.id)
    actor, now = current_actor(), clock.now()
    if done(form, lambda: act(actor, fair, user_id, now=now)):
        flash(words)
    if member is None:
        return redirect(url_for("organisations.partners"))
    return redirect(url_for("organisations.partner_page", partner_id=member.partner_id))


def _show_request(request_id: int, form: BaseForm) -> ResponseReturnValue:
    fair = current_fair()
    asked = queries.get_request(fair.id, request_id)
    names = queries.partner_names(fair.id)
    return _show(
        "partners/desk_request.html",
        form,
        asked=asked,
        is_open=asked.state is AccessState.ASKED,
        grant=form if isinstance(form, GrantForm) else GrantForm(asked, names),
        languages=LANGUAGES,
    )


def _show(template: str, form: BaseForm, **values: object) -> ResponseReturnValue:
    page = render_template(
        template,
        form=form,
        action=ActionForm(formdata=None),
        partner_kinds=PARTNER_KIND_NAMES,
        member_kinds=MEMBER_KIND_NAMES,
        **values,
    )
    return page, 422 if form.faults else 200
