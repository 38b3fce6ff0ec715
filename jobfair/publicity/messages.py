"""The wording of refusals about publicity."""

from flask_babel import lazy_gettext as _l

MESSAGES = {
    "logo_missing": _l("Please choose a picture."),
    "logo_too_large": _l(
        "The picture is too large. Please choose one of at most 4 MB and 16 million pixels."
    ),
    "logo_unreadable": _l("This is no picture that can be read. Please choose a PNG or JPEG file."),
    "sponsors_full": _l("There are %(most)s sponsors already. Please remove one first."),
}
