"""The areas of the team's pages and who is signed in: what `desk/base.html` shows on top."""

from dataclasses import dataclass

from flask import Flask, current_app, g, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import generate_csrf

from jobfair.accounts.models import User
from jobfair.accounts.queries import find_membership
from jobfair.core.actor import Actor, ActorKind, Permission
from jobfair.core.db import session
from jobfair.telling.queries import count_to_tell
from jobfair.web.access import current_actor

HOUSE = (
    ("fairs_admin.index", _l("Fairs"), Permission.MAKE_FAIRS),
    ("pairing.choose", _l("Scan with this phone"), Permission.CHECK_IN),
    ("entrance.choose", _l("Your fairs"), Permission.HELP),
)
OF_FAIR = (
    ("desk.today", _l("Today"), Permission.ORGANISE),
    ("attendees_admin.people", _l("People"), Permission.ORGANISE),
    ("telling_admin.to_tell", _l("To tell"), Permission.ORGANISE),
    ("exhibitors_admin.index", _l("Exhibitors"), Permission.ORGANISE),
    ("shuttle_admin.index", _l("Shuttle"), Permission.ORGANISE),
    ("door_desk.live", _l("Door"), Permission.ORGANISE),
    ("shuttle.departures", _l("Buses"), Permission.BOARD),
    ("feedback_admin.index", _l("Feedback"), Permission.ORGANISE),
    ("organisations.partners", _l("Partners"), Permission.ORGANISE),
    ("publicity_admin.index", _l("Publicity"), Permission.ORGANISE),
    ("accounts_admin.team", _l("Team"), Permission.ORGANISE),
    ("fairs_admin.settings", _l("Settings"), Permission.ORGANISE),
    ("fairs_admin.index", _l("All fairs"), Permission.MAKE_FAIRS),
)
INSIDE = {  # pages of other rooms that belong to an area
    "attendees_duplicates": "attendees_admin",
    "news": "fairs_admin",
    "partners_desk": "attendees_admin",
    "places_desk": "attendees_admin",
    "shuttle_day": "shuttle",
    "shuttle_fleet": "shuttle_admin",
    "shuttle_plan": "shuttle_admin",
    "shuttle_seats": "shuttle_admin",
    "shuttle_stops": "shuttle_admin",
}
TO_TELL = "partners.to_tell"
OF_PARTNER = (
    ("partners.overview", _l("Your people")),
    ("partners.register", _l("Register")),
    ("partners.imports_page", _l("Lists")),
    ("partners.groups", _l("Groups")),
    (TO_TELL, _l("To tell")),
    ("entrance.choose", _l("Your fairs")),
)
COUNTED = {"telling_admin.to_tell": count_to_tell}


@dataclass(frozen=True)
class Area:
    """One entry of the navigation, with the number of those who wait there."""

    label: str
    href: str
    current: bool
    waiting: int = 0


@dataclass(frozen=True)
class Member:
    """Who is signed in, and the token with which they sign out."""

    name: str
    token: str


def desk_areas() -> list[Area]:
    """Return the areas that the one who is signed in may enter, of the fair if there is one."""
    actor, fair_id = current_actor(), g.get("fair_id")
    if request.blueprint == "partners":
        return _partner_areas(actor, fair_id)
    return [
        Area(str(label), url_for(endpoint), _is_current(endpoint), _waiting(endpoint, fair_id))
        for endpoint, label, permission in (HOUSE if fair_id is None else OF_FAIR)
        if endpoint in current_app.view_functions and actor.may(permission, fair_id)
    ]


def _partner_areas(actor: Actor, fair_id: int | None) -> list[Area]:
    """Return the areas of those who register others, each with the pages below its address."""
    member = find_membership(actor.id or 0, fair_id or 0)
    if member is None:
        return []
    waiting = {TO_TELL: count_to_tell(member.fair_id, member.partner_id)}
    addresses = {endpoint: url_for(endpoint) for endpoint, _label in OF_PARTNER}
    here = max(filter(request.path.startswith, addresses.values()), key=len, default="")
    return [
        Area(str(label), addresses[name], addresses[name] == here, waiting.get(name, 0))
        for name, label in OF_PARTNER
    ]


def _is_current(endpoint: str) -> bool:
    """Tell whether the page is in that area; a fair's own pages are not in that of all fairs."""
    inside = "fair_id" in g and endpoint == "fairs_admin.index"
    here = INSIDE.get(request.blueprint or "", request.blueprint)
    return here == endpoint.partition(".")[0] and not inside


def _waiting(endpoint: str, fair_id: int | None) -> int:
    count = COUNTED.get(endpoint)
    return count(fair_id) if count and fair_id is not None else 0


def desk_member() -> Member | None:
    """Return who is signed in."""
    actor = current_actor()
    user = session().get(User, actor.id) if actor.kind is ActorKind.USER else None
    return Member(user.name or user.email, generate_csrf()) if user else None


def init_desk(app: Flask) -> None:
    """Give templates the navigation."""
    app.jinja_env.globals.update(desk_areas=desk_areas, desk_member=desk_member)
