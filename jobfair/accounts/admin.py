"""The organiser's page of the team of a fair."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from jobfair.accounts import queries, service
from jobfair.accounts.forms import InviteForm
from jobfair.accounts.service import FairName, Invitation
from jobfair.accounts.words import role_name
from jobfair.core import clock
from jobfair.core.actor import Permission, Role
from jobfair.core.errors import DomainError
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm
from jobfair.web.problems import message_of

blueprint = Blueprint("accounts_admin", __name__)
ROLES = ",".join(Role)


@blueprint.get("/desk/<fair:fair>/team")
@requires(Permission.ORGANISE)
def team() -> ResponseReturnValue:
    """Show who works at the fair."""
    return _page(InviteForm(formdata=None))


@blueprint.post("/desk/<fair:fair>/team")
@requires(Permission.ORGANISE)
def invite() -> ResponseReturnValue:
    """Invite somebody by mail."""
    form = InviteForm()
    if form.validate_on_submit():
        wish = Invitation(
            form.name.data or "", form.email.data or "", form.wanted_role(), form.lang.data
        )
        try:
            service.invite(current_actor(), _fair(), wish, now=clock.now())
        except DomainError as error:
            form.refuse(message_of(error), "email")
        else:
            flash(gettext("An invitation is on its way to %(email)s.", email=wish.email))
            return redirect(url_for("accounts_admin.team"))
    return _page(form), 422


@blueprint.post("/desk/<fair:fair>/team/<int:user_id>/invite")
@requires(Permission.ORGANISE)
def invite_again(user_id: int) -> ResponseReturnValue:
    """Send the invitation once more."""
    service.invite_again(current_actor(), _fair(), user_id, now=clock.now())
    flash(gettext("The invitation is on its way once more."))
    return redirect(url_for("accounts_admin.team"))


@blueprint.post(f"/desk/<fair:fair>/team/<int:user_id>/take/<any({ROLES}):role>")
@requires(Permission.ORGANISE)
def take_role(user_id: int, role: str) -> ResponseReturnValue:
    """Take a role at this fair away."""
    actor = current_actor()
    try:
        service.take_role(actor, _fair().id, user_id, Role(role), now=clock.now())
    except DomainError as error:
        flash(message_of(error), "no")
        return redirect(url_for("accounts_admin.team"))
    flash(gettext("The part was taken away."))
    gone = user_id == actor.id and role == Role.ORGANISER
    return redirect(url_for("fairs.index") if gone else url_for("accounts_admin.team"))


def _page(form: InviteForm) -> str:
    return render_template(
        "accounts/team.html",
        form=form,
        action=ActionForm(formdata=None),
        members=queries.list_team(_fair().id),
        role_name=role_name,
    )


def _fair() -> FairName:
    """Return the fair in the URL, which the room to the left has loaded."""
    return FairName(g.fair_id, g.fair.name)
