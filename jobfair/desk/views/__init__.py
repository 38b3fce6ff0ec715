"""The organiser's overview of a fair, and the pages that postpone or cancel it."""

from jobfair.desk.views import news
from jobfair.desk.views.today import blueprint

__all__ = ["blueprint", "news"]
