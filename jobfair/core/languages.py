"""The languages that people speak, and those that the pages exist in."""

from collections.abc import Collection
from dataclasses import dataclass

from jobfair.core.text.scripts import Script

DEFAULT_LANGUAGE = "de"
UI_LANGUAGES = ("de", "en", "uk", "ar")
STAFF_LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True)
class Language:
    """A language as the program names, writes and greets in it."""

    code: str
    own_name: str
    german_name: str
    english_name: str
    greeting: str
    script: Script = Script.LATIN
    locale: str = ""  # CLDR's name where it isn't the code
    understood: str = ""  # another language that its speakers read as their own

    @property
    def rtl(self) -> bool:
        """Whether it is written from right to left."""
        return self.script is Script.ARABIC

    @property
    def cldr(self) -> str:
        """The locale for dates and numbers."""
        return self.locale or self.code


_ALL = (
    Language("uk", "Українська", "Ukrainisch", "Ukrainian", "Ласкаво просимо", Script.CYRILLIC),
    Language("ar", "العربية", "Arabisch", "Arabic", "أهلًا وسهلًا", Script.ARABIC),
    Language("ru", "Русский", "Russisch", "Russian", "Добро пожаловать", Script.CYRILLIC),
    Language("fa", "فارسی", "Persisch", "Persian", "خوش آمدید", Script.ARABIC, understood="prs"),
    Language("prs", "دری", "Dari", "Dari", "خوش آمدید", Script.ARABIC, "fa_AF", "fa"),
    Language("ps", "پښتو", "Paschtu", "Pashto", "ښه راغلاست", Script.ARABIC),
    Language("tr", "Türkçe", "Türkisch", "Turkish", "Hoş geldiniz"),
    Language("ku", "Kurmancî", "Kurdisch (Kurmandschi)", "Kurdish (Kurmanji)", "Bi xêr hatin"),
    Language("ckb", "سۆرانی", "Kurdisch (Sorani)", "Kurdish (Sorani)", "بەخێربێن", Script.ARABIC),
    Language("pl", "Polski", "Polnisch", "Polish", "Serdecznie witamy"),
    Language("ro", "Română", "Rumänisch", "Romanian", "Bine ați venit"),
    Language("fr", "Français", "Französisch", "French", "Bienvenue"),
    Language("de", "Deutsch", "Deutsch", "German", "Herzlich willkommen"),
    Language("en", "English", "Englisch", "English", "Welcome"),
    Language("ti", "ትግርኛ", "Tigrinya", "Tigrinya", "እንቋዕ ብደሓን መጻእኩም", Script.ETHIOPIC),
    Language("am", "አማርኛ", "Amharisch", "Amharic", "እንኳን ደህና መጡ", Script.ETHIOPIC),
    Language("so", "Soomaali", "Somali", "Somali", "Soo dhawoow"),
    Language("bg", "Български", "Bulgarisch", "Bulgarian", "Добре дошли", Script.CYRILLIC),
    Language("sr", "Srpski", "Serbisch", "Serbian", "Dobro došli", locale="sr_Latn"),
    Language("hr", "Hrvatski", "Kroatisch", "Croatian", "Dobro došli", understood="sr"),
    Language("sq", "Shqip", "Albanisch", "Albanian", "Mirë se vini"),
    Language("hu", "Magyar", "Ungarisch", "Hungarian", "Üdvözöljük"),
    Language("es", "Español", "Spanisch", "Spanish", "Bienvenidos"),
    Language("pt", "Português", "Portugiesisch", "Portuguese", "Boas-vindas"),
    Language("it", "Italiano", "Italienisch", "Italian", "Benvenuti"),
    Language("nl", "Nederlands", "Niederländisch", "Dutch", "Welkom"),
    Language("ur", "اردو", "Urdu", "Urdu", "خوش آمدید", Script.ARABIC),
    Language("vi", "Tiếng Việt", "Vietnamesisch", "Vietnamese", "Chào mừng"),
)

LANGUAGES = {language.code: language for language in _ALL}
SPOKEN_LANGUAGES = tuple(LANGUAGES)  # the frequent ones first


def ui_language_for(spoken: str, available: Collection[str] = UI_LANGUAGES) -> str:
    """The code of the catalogue that serves a speaker best, German where none does."""
    language = LANGUAGES.get(spoken)
    if language is not None:
        for code in (language.code, language.understood):
            if code in available:
                return code
    return DEFAULT_LANGUAGE


def greeting(spoken: str) -> str:
    """The word of welcome in the language, in German for a language that isn't listed."""
    return LANGUAGES.get(spoken, LANGUAGES[DEFAULT_LANGUAGE]).greeting
