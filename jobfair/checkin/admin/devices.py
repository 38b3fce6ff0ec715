"""The desk's pages of the shift and its devices."""

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.checkin.admin.blueprint import attempt, blueprint, shown
from jobfair.checkin.admin.invitations import keep, ticket_of
from jobfair.checkin.crew import (
    Standing,
    device_now,
    find_shift,
    get_device,
    get_shift,
    latest_shift,
    list_devices,
    list_stations,
)
from jobfair.checkin.forms import BY_LINK, DeviceForm, ShiftForm
from jobfair.checkin.models import Shift
from jobfair.checkin.service import devices as service
from jobfair.checkin.service.boarding import boarding_choices
from jobfair.checkin.service.devices import Invitation
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.fairs.context import current_fair
from jobfair.web.access import current_actor, requires
from jobfair.web.forms import ActionForm


@blueprint.route("/devices", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def devices() -> ResponseReturnValue:
    """Show the shift and its devices, or begin one."""
    fair, actor, now = current_fair(), current_actor(), clock.now()
    form = ShiftForm(fair, now)

    def act() -> Shift:
        phone = form.phone.data or ""
        return service.begin_shift(fair, actor, ends_at=form.ends_at, phone=phone, now=now)

    if attempt(form, act):
        flash(_("The shift has begun. Now pair the phones."))
        return redirect(url_for("door_desk.devices"))
    shift, latest = find_shift(fair.id, now), latest_shift(fair.id)
    found = list_devices(fair.id, latest.id, now) if latest else []
    return shown("checkin/desk/devices.html", form, shift=shift, devices=found, now=now)


@blueprint.route("/shifts/<int:shift_id>/end", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def end_shift(shift_id: int) -> ResponseReturnValue:
    """Ask whether the shift is over, say which phones still keep scans, and end it."""
    fair, form = current_fair(), ActionForm()
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: service.end_shift(fair, shift_id, actor, now=now)):
        flash(_("The shift is over. The phones wipe what they hold."))
        return redirect(url_for("door_desk.devices"))
    shift = get_shift(fair.id, shift_id)
    unsent = [one for one in list_devices(fair.id, shift.id, now) if one.unsent]
    return shown("checkin/desk/end_shift.html", form, unsent=unsent)


@blueprint.route("/devices/new", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def new_device() -> ResponseReturnValue:
    """Say where another phone stands and what it may do."""
    fair, actor, now = current_fair(), current_actor(), clock.now()
    shift = find_shift(fair.id, now)
    if shift is None:
        flash(_("Begin a shift first, then pair the phones."), "no")
        return redirect(url_for("door_desk.devices"))
    form = DeviceForm(list_stations(fair.id), boarding_choices(fair.id))

    def act() -> Invitation:
        return service.invite_device(
            fair, shift.id, form.post, actor, by_link=form.by_link, now=now
        )

    if invitation := attempt(form, act):
        return _invited(invitation)
    return shown("checkin/desk/new_device.html", form)


@blueprint.get("/devices/<int:device_id>")
@requires(Permission.ORGANISE)
def device(device_id: int) -> ResponseReturnValue:
    """Show what pairs the phone until it is paired, then how it stands."""
    return render_template("checkin/desk/device.html", **_facts(device_id))


@blueprint.get("/devices/<int:device_id>/live")
@requires(Permission.ORGANISE)
def device_part(device_id: int) -> ResponseReturnValue:
    """Give the part of the page that changes once the phone is paired."""
    facts = _facts(device_id)
    html = render_template("checkin/desk/_device.html", **facts)
    paired = facts["device"].standing is Standing.PAIRED
    return jsonify(html=html, said=_("The phone is paired.") if paired else "")


@blueprint.post("/devices/<int:device_id>/again")
@requires(Permission.ORGANISE)
def pair_again(device_id: int) -> ResponseReturnValue:
    """Have another code pair the device, for a new phone or after too long a time."""
    fair, form = current_fair(), ActionForm()
    actor, now = current_actor(), clock.now()
    by_link = request.form.get("way") == BY_LINK
    invitation = attempt(
        form, lambda: service.invite_again(fair, device_id, actor, by_link=by_link, now=now)
    )
    if invitation:
        return _invited(invitation)
    for _target, fault in form.faults:
        flash(fault, "no")
    return redirect(url_for("door_desk.device", device_id=device_id))


@blueprint.route("/devices/<int:device_id>/revoke", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def revoke(device_id: int) -> ResponseReturnValue:
    """Ask whether the phone is to be refused from now on, and have it be so."""
    fair, form = current_fair(), ActionForm()
    actor, now = current_actor(), clock.now()
    if attempt(form, lambda: service.revoke_device(fair, device_id, actor, now=now)):
        flash(_("The phone is refused from now on. It wipes what it holds."))
        return redirect(url_for("door_desk.devices"))
    return shown("checkin/desk/revoke.html", form, **_facts(device_id))


def _invited(invitation: Invitation) -> ResponseReturnValue:
    keep(invitation)
    return redirect(url_for("door_desk.device", device_id=invitation.device_id))


def _facts(device_id: int) -> dict[str, Any]:
    """Return the device, its shift, and what pairs it while it is awaited."""
    found = get_device(current_fair().id, device_id)
    device = device_now(found, clock.now())
    awaited = device.standing is Standing.AWAITED
    return {
        "device": device,
        "shift": found.shift,
        "until": min(found.pairing_until, found.shift.ends_at),
        "ticket": ticket_of(device_id) if awaited else None,
        "action": ActionForm(formdata=None),
    }
