"""The organiser's page with the texts of a fair."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from jobfair.core import clock
from jobfair.core.actor import Permission
from jobfair.core.languages import DEFAULT_LANGUAGE, LANGUAGES, UI_LANGUAGES
from jobfair.fairs import queries
from jobfair.fairs.admin.blueprint import attempt, blueprint, shown
from jobfair.fairs.context import current_fair
from jobfair.fairs.forms import TextsForm
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import TextKey
from jobfair.fairs.service.texts import write_texts
from jobfair.fairs.words import OURS
from jobfair.web.access import current_actor, requires


@blueprint.route("/<fair:fair>/settings/texts", methods=["GET", "POST"])
@requires(Permission.ORGANISE)
def texts() -> ResponseReturnValue:
    """Write the texts of the fair in one language."""
    fair = current_fair()
    wanted = request.args.get("text_lang")
    lang = wanted if wanted in UI_LANGUAGES else DEFAULT_LANGUAGE
    form = TextsForm(data=queries.own_texts(fair.id, lang))
    actor, now = current_actor(), clock.now()

    def write() -> Fair:
        return write_texts(fair.id, lang, form.words(), actor=actor, now=now)

    if attempt(form, write):
        flash(gettext("Saved."))
        return redirect(url_for("fairs_admin.texts", text_lang=lang))
    return shown(
        "fairs/texts.html",
        form,
        text_language=LANGUAGES[lang],
        languages=[LANGUAGES[code] for code in UI_LANGUAGES],
        ours=_ours(lang),
    )


def _ours(lang: str) -> dict[TextKey, str]:
    """Return our wording, which stands where the organiser wrote nothing."""
    with force_locale(lang):
        return {key: str(words) for key, words in OURS.items()}
