"""What stands on the posters and flyers of a fair, in each language."""

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from jobfair.core.languages import DEFAULT_LANGUAGE, LANGUAGES, UI_LANGUAGES
from jobfair.fairs.models import Fair
from jobfair.fairs.queries import texts_of
from jobfair.fairs.rules import TextKey
from jobfair.fairs.words import QUESTIONS
from jobfair.publicity.paper.flyer import flyer, is_too_long
from jobfair.publicity.paper.poster import poster
from jobfair.publicity.paper.words import Answer, Facts, Words
from jobfair.publicity.queries import list_sponsors
from jobfair.shuttle.queries import has_shuttle
from jobfair.web.filters import day, local
from jobfair.web.links import absolute


def poster_of(fair: Fair) -> bytes:
    """Return the fair's poster, German first."""
    others = [lang for lang in UI_LANGUAGES if lang != DEFAULT_LANGUAGE]
    languages = [words_of(fair, lang) for lang in (DEFAULT_LANGUAGE, *others)]
    return poster(facts_of(fair), languages)


def flyer_of(fair: Fair, lang: str) -> bytes:
    """Return the fair's flyer in that language, German beneath, and calls in all others."""
    others = [other for other in UI_LANGUAGES if other not in (lang, DEFAULT_LANGUAGE)]
    return flyer(
        facts_of(fair),
        words_of(fair, lang),
        words_of(fair, DEFAULT_LANGUAGE),
        [words_of(fair, other) for other in others],
    )


def too_long_for_flyers(fair: Fair) -> list[str]:
    """Return the languages whose flyer has no room for all that the organiser wrote."""
    facts, german = facts_of(fair), words_of(fair, DEFAULT_LANGUAGE)
    return [lang for lang in UI_LANGUAGES if is_too_long(facts, words_of(fair, lang), german)]


def facts_of(fair: Fair) -> Facts:
    """Return what is the same in every language."""
    city = f"{fair.postal_code} {fair.city}".strip()
    with force_locale(DEFAULT_LANGUAGE):
        when = _("%(day)s, from %(start)s to %(end)s", day=_day(fair), **_hours(fair))
    return Facts(
        name=fair.name,
        when=when,
        place=fair.venue,
        address=", ".join(part for part in (fair.street, city) if part),
        url=absolute("booking.fair_page", fair=fair.slug),
        phone=fair.phone or current_app.config["JOBFAIR"].operator_phone,
        logos=tuple(
            (sponsor.name, sponsor.logo) for sponsor in list_sponsors(fair.id, with_logos=True)
        ),
    )


def words_of(fair: Fair, lang: str) -> Words:
    """Return what is said in that language; the answers are those of the fair's page."""
    with_bus = has_shuttle(fair.id)
    texts = texts_of(fair.id, lang)
    with force_locale(lang):
        claims = [_("It is free."), _("Bring your family.")]
        if with_bus:
            claims.append(_("The bus is free too."))
        return Words(
            lang=lang,
            rtl=LANGUAGES[lang].rtl,
            call=_("Register now"),
            kind=_("Job fair for people who are new here"),
            when=f"{_day(fair)}\n{_('%(start)s to %(end)s', **_hours(fair))}",
            claims=tuple(claims),
            answers=tuple(
                Answer(str(question.text), texts.get(question.key) or str(question.answer))
                for question in QUESTIONS
                if with_bus or question.key is not TextKey.MISSED_BUS
            ),
        )


def _day(fair: Fair) -> str:
    return day(fair.starts_at, fair.time_zone)


def _hours(fair: Fair) -> dict[str, str]:
    return {
        name: local(at, fair.time_zone).strftime("%H:%M")
        for name, at in (("start", fair.starts_at), ("end", fair.ends_at))
    }
