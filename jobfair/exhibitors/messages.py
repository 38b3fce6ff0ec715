"""The wording of refusals about exhibitors and stands."""

from flask_babel import lazy_gettext as _l

MESSAGES = {
    "sent_twice": _l("This form has just been sent. Please look into your mail."),
    "applications_closed": _l("Exhibitors can't apply here at the moment. Please call us."),
    "own_page_closed": _l("This can't be changed any more. Please call us."),
    "postings_most": _l("There is room for %(most)s offers. Please remove one first."),
    "decision_late": _l("The exhibitor has withdrawn. It can only be approved again."),
    "stand_taken": _l("Stand %(label)s was given to somebody else a moment ago."),
    "stand_needs_approval": _l("Only an approved exhibitor can have a stand."),
    "stand_exists": _l("There is a stand %(label)s already."),
    "stand_in_use": _l("An exhibitor has this stand. Please take it away first."),
    "stands_too_many": _l("Please add at most %(most)s stands at a time."),
    "stand_label_long": _l("A stand is named with at most %(most)s characters."),
    "stands_none": _l("Please write which stands there are, for example 1-20."),
}
