"""The organiser's pages about exhibitors, one module for each kind of work."""

from jobfair.exhibitors.admin import changes, decisions, overview, stands
from jobfair.exhibitors.admin.blueprint import blueprint

__all__ = ["blueprint", "changes", "decisions", "overview", "stands"]
