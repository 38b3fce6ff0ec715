"""The page with which staff pair the phone that they hold in their hands."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from jobfair.checkin.admin.blueprint import attempt, shown, words
from jobfair.checkin.admin.invitations import keep, ticket_of
from jobfair.checkin.crew import Standing, device_now, get_own_device, list_bus_duties, list_duties
from jobfair.checkin.forms import OwnPhoneForm
from jobfair.checkin.service.devices import Invitation, invite_device
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.web.access import current_actor, requires

pairing = Blueprint("pairing", __name__, url_prefix="/door/pair")
pairing.context_processor(words)


@pairing.route("", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def choose() -> ResponseReturnValue:
    """Ask where whoever is signed in scans, at a station or in a bus."""
    actor, now = current_actor(), clock.now()
    duties = list_duties(actor, now)
    lists = list_bus_duties(actor)
    may_choose = any(actor.may(Permission.ORGANISE, duty.fair.id) for duty in duties)
    form = OwnPhoneForm(duties, may_choose=may_choose)

    def act() -> Invitation:
        duty, post = form.chosen(actor)
        return invite_device(
            duty.fair, duty.shift_id, post, actor, by_link=False, once=True, now=now
        )

    invitation = attempt(form, act)
    if invitation is None:
        return shown("checkin/desk/own_phone.html", form, duties=duties, lists=lists)
    keep(invitation)
    return redirect(url_for("pairing.own", device_id=invitation.device_id))


@pairing.get("/<int:device_id>")
@requires(Permission.SIGNED_IN)
def own(device_id: int) -> ResponseReturnValue:
    """Show the shift code and the link that pairs this phone."""
    found = get_own_device(current_actor(), device_id)
    device = device_now(found, clock.now())
    awaited = device.standing is Standing.AWAITED
    return render_template(
        "checkin/desk/own_phone_ready.html",
        device=device,
        shift=found.shift,
        ticket=ticket_of(device_id) if awaited else None,
    )
