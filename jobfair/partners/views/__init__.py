"""Pages of partners, and the organiser's pages about them."""

from jobfair.partners import import_views as _imports
from jobfair.partners.blueprint import entrance, partner, partners_desk
from jobfair.partners.views import access as _access
from jobfair.partners.views import asking as _asking

__all__ = ["_access", "_asking", "_imports", "entrance", "partner", "partners_desk"]
