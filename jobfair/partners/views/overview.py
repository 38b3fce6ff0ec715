"""A partner's first page: their own people, and the choice of the fair before it."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from jobfair.accounts.queries import get_partner
from jobfair.attendees.queries import SEARCH_MOST
from jobfair.attendees.rules import HouseholdState
from jobfair.core import clock
from jobfair.core.actor import Permission, Role
from jobfair.core.text import clean_line
from jobfair.fairs.queries import list_fairs
from jobfair.partners.blueprint import entrance, partner
from jobfair.partners.forms.groups import WantedForm
from jobfair.partners.pages import WORDS, mine
from jobfair.partners.queries import Wanted, list_groups, list_own, own_totals
from jobfair.places.operations import is_day
from jobfair.shuttle.queries import has_shuttle
from jobfair.telling.queries import count_to_tell
from jobfair.web.access import current_actor, requires
from jobfair.web.ids import row_id

ON_PAGE = 50
PAGES_MOST = 100_000


@entrance.get("/partner/")
@requires(Permission.HELP)
def choose() -> ResponseReturnValue:
    """Show the fairs at which the actor helps, or go straight on where it is one."""
    grants = current_actor().grants
    ids = frozenset(one.fair_id for one in grants if one.role is Role.PARTNER and one.fair_id)
    fairs = list_fairs(ids)
    if len(fairs) == 1:
        return redirect(url_for("partners.overview", fair=fairs[0].slug))
    return render_template("partners/choose.html", fairs=fairs)


@partner.get("/")
@requires(Permission.HELP)
def overview() -> ResponseReturnValue:
    """Show the partner's own households, as searched and narrowed."""
    own = mine()
    fair, partner_id = own.fair, own.partner_id
    groups = list_groups(fair.id, partner_id)
    number = min(max(request.args.get("page", 1, type=int), 1), PAGES_MOST)
    wanted = _wanted()
    total, found = list_own(fair, partner_id, wanted, limit=ON_PAGE, offset=(number - 1) * ON_PAGE)
    return render_template(
        "partners/overview.html",
        partner=get_partner(fair.id, partner_id),
        form=WantedForm(groups, request.args),
        found=found,
        total=total,
        totals=own_totals(fair.id, partner_id),
        groups=groups,
        to_tell=count_to_tell(fair.id, partner_id),
        has_shuttle=has_shuttle(fair.id),
        on_day=is_day(fair, clock.now()),
        number=number,
        pages=max(-(-total // ON_PAGE), 1),
        kept={name: value for name, value in request.args.items() if name in WantedForm.NAMES},
        **WORDS,
    )


def _wanted() -> Wanted:
    state = request.args.get("state", "")
    return Wanted(
        text=clean_line(request.args.get("text", ""), SEARCH_MOST),
        state=HouseholdState(state) if state in set(HouseholdState) else None,
        group_id=request.args.get("group", type=row_id),
    )
