"""Pages of partners, and the organiser's pages about them."""

from jobfair.partners.blueprint import entrance, organisations, partner, partners_desk
from jobfair.partners.views import access as _access
from jobfair.partners.views import asking as _asking
from jobfair.partners.views import ended as _ended
from jobfair.partners.views import groups as _groups
from jobfair.partners.views import household as _household
from jobfair.partners.views import imports as _imports
from jobfair.partners.views import overview as _overview
from jobfair.partners.views import register as _register
from jobfair.partners.views import sheets as _sheets
from jobfair.partners.views import telling as _telling

__all__ = [
    "_access",
    "_asking",
    "_ended",
    "_groups",
    "_household",
    "_imports",
    "_overview",
    "_register",
    "_sheets",
    "_telling",
    "entrance",
    "organisations",
    "partner",
    "partners_desk",
]
