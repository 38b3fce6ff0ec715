"""The blueprint of the organiser's pages about exhibitors."""

from flask import Blueprint

blueprint = Blueprint("exhibitors_admin", __name__, url_prefix="/desk/<fair:fair>/exhibitors")
