"""Groups of a partner's households: make, rename, fill, empty, drop."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.attendees.forms import done
from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.partners.blueprint import partner
from jobfair.partners.forms.groups import GroupForm, MembersForm
from jobfair.partners.pages import mine, show
from jobfair.partners.queries import (
    Wanted,
    get_group,
    list_groups,
    list_own,
    list_without_group,
)
from jobfair.partners.service import people
from jobfair.web.access import requires
from jobfair.web.forms import ActionForm
from jobfair.web.ids import row_id

METHODS = ["GET", "POST"]
MOST = 1000


@partner.route("/groups", methods=METHODS)
@requires(Permission.HELP)
def groups() -> ResponseReturnValue:
    """Show the partner's groups, and make another."""
    own, form = mine(), GroupForm()
    made: list[int] = []
    if done(form, lambda: made.append(people.add_group(own, form.said(), now=clock.now()))):
        flash(_("The group is there. Now choose who belongs to it."))
        return redirect(url_for("partners.group_page", group_id=made[0]))
    return show("partners/groups.html", form, groups=list_groups(own.fair.id, own.partner_id))


@partner.route("/groups/<int:group_id>", methods=METHODS)
@requires(Permission.HELP)
def group_page(group_id: int) -> ResponseReturnValue:
    """Show who belongs to a group, and put more households into it."""
    own = mine()
    get_group(own.fair.id, own.partner_id, group_id)
    form = MembersForm(list_without_group(own.fair.id, own.partner_id))

    def put() -> None:
        people.put_into_group(own, form.household.data or [], group_id, now=clock.now())

    if done(form, put):
        return redirect(url_for("partners.group_page", group_id=group_id))
    group = get_group(own.fair.id, own.partner_id, group_id)
    free = list_without_group(own.fair.id, own.partner_id)
    _total, found = list_own(own.fair, own.partner_id, Wanted(group_id=group_id), limit=MOST)
    return show("partners/group.html", form, group=group, found=found, free=free)


@partner.route("/groups/<int:group_id>/name", methods=METHODS)
@requires(Permission.HELP)
def group_rename(group_id: int) -> ResponseReturnValue:
    """Have a group be called otherwise, or wish otherwise."""
    own = mine()
    group = get_group(own.fair.id, own.partner_id, group_id)
    form = GroupForm(obj=group)
    if done(form, lambda: people.change_group(own, group_id, form.said(), now=clock.now())):
        flash(_("The changes are stored."))
        return redirect(url_for("partners.group_page", group_id=group_id))
    group = get_group(own.fair.id, own.partner_id, group_id)
    return show("partners/group_rename.html", form, group=group)


@partner.post("/groups/<int:group_id>/out")
@requires(Permission.HELP)
def group_out(group_id: int) -> ResponseReturnValue:
    """Take a household out of its group."""
    own = mine()
    get_group(own.fair.id, own.partner_id, group_id)
    chosen = request.form.get("household", type=row_id)
    ids = [] if chosen is None else [chosen]
    done(ActionForm(), lambda: people.put_into_group(own, ids, None, now=clock.now()))
    return redirect(url_for("partners.group_page", group_id=group_id))


@partner.post("/groups/<int:group_id>/drop")
@requires(Permission.HELP)
def group_drop(group_id: int) -> ResponseReturnValue:
    """Drop a group; its households stay registered."""
    own = mine()
    get_group(own.fair.id, own.partner_id, group_id)
    if done(ActionForm(), lambda: people.drop_group(own, group_id, now=clock.now())):
        flash(_("The group is gone. Its people stay registered."))
    return redirect(url_for("partners.groups"))
