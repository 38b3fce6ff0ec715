"""The organiser's pages about fairs: the list, a new one, facts, rooms, windows, texts."""

from jobfair.fairs.admin import facts, rooms, texts, windows
from jobfair.fairs.admin.blueprint import blueprint

__all__ = ["blueprint", "facts", "rooms", "texts", "windows"]
