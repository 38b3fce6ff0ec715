"""A link that was lost: sent again to its address, or made anew by somebody who helps."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobfair.attendees.forms import done
from jobfair.booking.forms import LostLinkForm
from jobfair.booking.service import send_link_again
from jobfair.booking.views.blueprint import blueprint, visible_fair
from jobfair.booking.views.gates import METHODS, by_address, by_visitor
from jobfair.core import clock
from jobfair.web.access import public
from jobfair.web.limits import email_key, limiter

MAILBOX = "5 per hour"


@blueprint.route("/<fair:fair>/lost-link", methods=METHODS)
@public
@by_visitor
@by_address
@limiter.limit(MAILBOX, key_func=email_key, methods=["POST"])
def lost_link() -> ResponseReturnValue:
    """Send the links of an address there; the answer never says whether there are any."""
    fair_id, form = visible_fair().id, LostLinkForm()
    if done(form, lambda: send_link_again(fair_id, form.email.data or "", now=clock.now())):
        flash(_("If this address is registered here, the link is on its way."))
        return redirect(url_for("booking.lost_link"))
    page = render_template("booking/lost_link.html", form=form)
    return page, 422 if form.faults else 200
