"""Text as people type it: clean lines, digits, scripts, and names across spellings."""

from jobfair.core.text.cleaning import clean_line, to_western_digits
from jobfair.core.text.export import search_tables
from jobfair.core.text.keys import name_key
from jobfair.core.text.latin import latin_proposal
from jobfair.core.text.scripts import Script, script_of
from jobfair.core.text.sounds import sound_keys

__all__ = [
    "Script",
    "clean_line",
    "latin_proposal",
    "name_key",
    "script_of",
    "search_tables",
    "sound_keys",
    "to_western_digits",
]
