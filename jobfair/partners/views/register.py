"""One household on one page, as a counsellor, a volunteer or the organiser registers it."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.accounts.queries import get_user, partner_names
from jobfair.attendees.forms import done
from jobfair.attendees.models import Household
from jobfair.attendees.rules import HouseholdState
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.fairs.models import Fair
from jobfair.fairs.queries import list_windows
from jobfair.partners.blueprint import Workplace, at_both, partner, workplace
from jobfair.partners.forms.register import Offered, RegisterForm
from jobfair.partners.pages import mine, show
from jobfair.partners.queries import list_groups
from jobfair.partners.service import people
from jobfair.shuttle.queries import all_choices
from jobfair.shuttle.rules import shuttle_answer_by
from jobfair.web.access import requires
from jobfair.web.locale import current_language

ADD = "add"


@at_both("/people/new", "GET", "POST")
def register() -> ResponseReturnValue:
    """Register a household with all its people on one page."""
    place = workplace()
    return _register(place, RegisterForm(_offered(place)), helper=False)


@partner.route("/people/come-along", methods=["GET", "POST"])
@requires(Permission.HELP)
def come_along() -> ResponseReturnValue:
    """Register somebody who helps and comes along, with a badge and a seat."""
    place = workplace()
    user = get_user(mine().actor.id or 0)
    given, _space, family = user.name.rpartition(" ")
    themselves = {"given_name": given or family, "family_name": family if given else ""}
    form = RegisterForm(
        _offered(place), rows=1, people=[themselves], email=user.email, lang=user.lang
    )
    return _register(place, form, helper=True)


def _register(place: Workplace, form: RegisterForm, *, helper: bool) -> ResponseReturnValue:
    if request.method == "POST" and ADD in request.form:
        form.add_rows()
        return show("partners/register.html", form, place=place, helper=helper)
    made: list[Household] = []
    if done(form, lambda: made.append(_write(place, form, helper=helper))):
        return _lead_on(place, made[0])
    return show("partners/register.html", form, place=place, helper=helper)


def _write(place: Workplace, form: RegisterForm, *, helper: bool) -> Household:
    wish = form.registration(current_language().code, helper=helper)
    key, now = form.submission_key.data or "", clock.now()
    if place.partner_id is None:
        return people.register_at_desk(
            place.fair, wish, key, form.group_id, actor=place.actor, now=now
        )
    return people.register(mine(), wish, key, form.group_id, now=now)


def _lead_on(place: Workplace, household: Household) -> ResponseReturnValue:
    if household.state is HouseholdState.REGISTERED:
        flash(_("They are registered. Print their sheet, or register the next ones."))
    else:
        flash(_("They are on the waiting list. We tell them when they have places."), "wait")
    if place.partner_id is None:
        return redirect(url_for("attendees_admin.household", household_id=household.id))
    return redirect(url_for("partners.household", household_id=household.id))


def _offered(place: Workplace) -> Offered:
    fair = place.fair
    return Offered(
        fair=fair,
        windows=list_windows(fair.id),
        buses=all_choices(fair.id),
        groups=_groups(fair, place.partner_id),
        lists_fixed=clock.now() >= shuttle_answer_by(fair.shuttle_decided_by, fair.starts_at),
    )


def _groups(fair: Fair, partner_id: int | None) -> dict[int, str]:
    """Return what a household can belong to: a group of the partner, at the desk a partner."""
    if partner_id is None:
        return partner_names(fair.id)
    return {one.group.id: one.group.name for one in list_groups(fair.id, partner_id)}
