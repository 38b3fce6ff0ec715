"""The language of a page: one path for all languages, chosen in a fixed order."""

from dataclasses import dataclass
from urllib.parse import urlencode

from babel import Locale
from babel.support import NullTranslations
from flask import Flask, Response, current_app, g, request
from flask_babel import Babel, Domain, get_locale, refresh
from flask_wtf.csrf import generate_csrf

from jobfair.core.languages import LANGUAGES, STAFF_LANGUAGES, UI_LANGUAGES, Language

COOKIE = "lang"
YEAR = 365 * 24 * 3600
DEFAULT = "de"
SHOW_AGAIN = "show_again"
LOCALES = {code: Locale.parse(code) for code in UI_LANGUAGES}


@dataclass(frozen=True)
class LanguageLink:
    """One entry of the language switch."""

    language: Language
    href: str
    current: bool


class Messages(Domain):
    """The catalogues of the pages' words, found with one look-up for each message."""

    def __init__(self) -> None:
        super().__init__()
        self.catalogues: dict[Locale | None, NullTranslations] = {}

    def get_translations(self) -> NullTranslations:
        """Return the words of the language of now."""
        locale = get_locale()
        if locale not in self.catalogues:
            self.catalogues[locale] = super().get_translations()
        return self.catalogues[locale]


def select_language() -> str:
    """Return the language: `?lang=`, the page's own, the cookie, the browser's, German."""
    allowed = STAFF_LANGUAGES if g.get("staff") else UI_LANGUAGES
    wishes = (
        request.args.get("lang"),
        g.get("page_language"),
        request.cookies.get(COOKIE),
        request.accept_languages.best_match(list(allowed)),
    )
    return next((str(wish) for wish in wishes if wish in allowed), DEFAULT)


def use_page_language(code: str) -> None:
    """Show this page in the household's own language, unless `?lang=` says otherwise."""
    g.page_language = code
    refresh()


def current_language() -> Language:
    """Return the language in which the page is shown."""
    return LANGUAGES[str(get_locale() or DEFAULT)]


def language_links() -> list[LanguageLink]:
    """Return a link to this very page in each language that it can have."""
    allowed = STAFF_LANGUAGES if g.get("staff") else UI_LANGUAGES
    chosen = current_language().code
    kept = [(k, v) for k, v in request.args.items(multi=True) if k != "lang"]
    return [
        LanguageLink(LANGUAGES[code], f"?{urlencode([*kept, ('lang', code)])}", code == chosen)
        for code in allowed
    ]


def sent_fields() -> list[tuple[str, str]]:
    """Return what a refused form held, to be shown again in another language; no passwords."""
    if request.method != "POST" or not g.get("form_refused"):
        return []
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in ("csrf_token", SHOW_AGAIN) and "password" not in name
    ]
    return [*fields, (SHOW_AGAIN, "y"), ("csrf_token", generate_csrf())]


def _remember(response: Response) -> Response:
    wish = request.args.get("lang")
    if wish in UI_LANGUAGES and request.cookies.get(COOKIE) != wish:
        config = current_app.config["JOBFAIR"]
        response.set_cookie(
            COOKIE, wish, max_age=YEAR, secure=config.production, httponly=True, samesite="Lax"
        )
    return response


def init_locale(app: Flask, babel: Babel) -> None:
    """Have every page know its language and remember a chosen one."""
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Berlin"
    babel.init_app(app, locale_selector=lambda: LOCALES[select_language()])
    words = babel.domain_instance = Messages()
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of Jinja's extension
        lambda one: words.get_translations().ugettext(one),
        lambda one, many, number: words.get_translations().ungettext(one, many, number),
        newstyle=True,
    )
    app.after_request(_remember)
    app.jinja_env.globals.update(
        current_language=current_language,
        language_links=language_links,
        sent_fields=sent_fields,
    )
