"""The wording of the door's refusals."""

from flask_babel import lazy_gettext as _l

MESSAGES = {
    "scans_unreadable": _l("These scans can't be read; %(most)s at once are the most."),
    "scan_unknown": _l("This scan is not known here."),
    "scan_not_yours": _l("Only whoever made this scan can take it back."),
    "scan_not_last": _l("This badge was scanned again since; that scan can't be taken back."),
}
