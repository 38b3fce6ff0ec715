"""Reads about people who sign in, and about the organisations that they help."""

from jobfair.accounts.queries.partners import (
    Helper,
    count_asked,
    find_membership,
    find_partner,
    get_partner,
    get_request,
    list_helpers,
    list_partners,
    list_requests,
    partner_names,
)
from jobfair.accounts.queries.people import (
    LivingSession,
    Member,
    find_link,
    find_member,
    find_session,
    find_user_by_email,
    get_user,
    has_signed_in,
    list_sessions,
    list_team,
)

__all__ = [
    "Helper",
    "LivingSession",
    "Member",
    "count_asked",
    "find_link",
    "find_member",
    "find_membership",
    "find_partner",
    "find_session",
    "find_user_by_email",
    "get_partner",
    "get_request",
    "get_user",
    "has_signed_in",
    "list_helpers",
    "list_partners",
    "list_requests",
    "list_sessions",
    "list_team",
    "partner_names",
]
