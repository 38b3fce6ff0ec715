"""The wording of refusals about signing in and the team."""

from flask_babel import lazy_gettext as _l

from jobfair.accounts.rules import PASSWORD_LEAST, PASSWORD_MOST

MESSAGES = {
    "sign_in_failed": _l("E-mail address and password do not belong together."),
    "link_dead": _l("This link has expired or has already been used."),
    "password_wrong": _l("This is not your present password."),
    "password_short": _l(
        "Please choose a longer password: at least %(least)s characters.", least=PASSWORD_LEAST
    ),
    "password_long": _l(
        "Please choose a shorter password: at most %(most)s characters.", most=PASSWORD_MOST
    ),
    "password_simple": _l("This password is easy to guess. A few words in a row are a good one."),
    "account_exists": _l("Somebody added this address a moment ago. Please look at the list."),
    "account_disabled": _l("This account is closed. Please use another e-mail address."),
    "role_given": _l("This person already has this role at this fair."),
    "partner_exists": _l("There is an organisation of this name already."),
    "helps_already": _l("This person helps for an organisation at this fair already."),
    "asked_already": _l("Somebody asked with this address a moment ago. Please try again."),
    "answered_already": _l("Somebody has answered this a moment ago."),
    "last_organiser": _l("A fair needs at least one organiser. Please invite another one first."),
}
