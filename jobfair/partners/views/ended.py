"""What somebody sees whose access has ended, perhaps while they typed."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from jobfair.core.errors import Forbidden
from jobfair.partners.blueprint import partner
from jobfair.web.access import wants_json
from jobfair.web.problems import answer, message_of

UNSAID = frozenset({"csrf_token", "submission_key", "show_again"})


@partner.errorhandler(Forbidden)
def access_ended(error: Forbidden) -> ResponseReturnValue:
    """Say that the access has ended, and give back what was typed so that nothing is lost."""
    if wants_json():
        return answer(int(error.status), error.code, message_of(error))
    return render_template("partners/ended.html", typed=_typed()), int(error.status)


def _typed() -> str:
    """Return what was sent, a line for each group of fields."""
    groups: dict[str, list[str]] = {}
    for name, value in request.form.items(multi=True):
        if name not in UNSAID and value.strip():
            group = name.rpartition("-")[0] or name
            groups.setdefault(group, []).append(value.strip())
    return "\n".join("\t".join(values) for values in groups.values())
