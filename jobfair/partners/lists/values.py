"""What people write into the cells of a list, and what they mean by it.

Each `read_…` returns the meaning or raises `Unreadable` with the code of what is wrong.
"""

import re
import unicodedata
from functools import cache

from jobfair.attendees.rules import EARLIEST_BIRTH_YEAR, ELSEWHERE, EMAIL_MOST, AttendeeKind
from jobfair.core.contact import PHONE_MOST, is_email, is_phone
from jobfair.core.languages import LANGUAGES
from jobfair.core.text import name_key, to_western_digits
from jobfair.data.municipalities import Municipality, municipalities
from jobfair.data.work import GermanLevel, Licence

SHORTEST_BEGINNING = 3
POSTAL_DIGITS = 5
KEY_DIGITS = 8
MOBILE_DIGITS = (10, 11)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_YES = _words("ja j yes y x ✓ ✔ 1 true wahr vorhanden benötigt da да так نعم بله evet tak oui")
_NO = _words("nein n no 0 false falsch kein keine keiner none nicht ohne - – — / ні нет لا")
_CHILD = _words("kind k child ki minderjährig kinder c дитина ребёнок طفل")
_ADULT = _words(
    "erwachsen erwachsene erwachsener erwachsenes erw e adult a mutter vater volljährig mann frau"
    " доросла дорослий"
)
_HELPER = _words("helfer helferin begleitung betreuer betreuerin begleiter helper")


class Unreadable(Exception):
    """A cell that doesn't say what its column asks for; `code` says what is wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _word(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip(" .!")


def read_yes(text: str) -> bool:
    """Return whether the cell says yes."""
    word = _word(text)
    if word in _YES or word in _NO:
        return word in _YES
    raise Unreadable("yes_or_no")


def read_kind(text: str) -> AttendeeKind:
    """Return what somebody is; yes means a child, as under the heading "Kind"."""
    word = _word(text)
    for words, kind in (
        (_CHILD | _YES, AttendeeKind.CHILD),
        (_ADULT | _NO, AttendeeKind.ADULT),
        (_HELPER, AttendeeKind.HELPER),
    ):
        if word in words:
            return kind
    raise Unreadable("kind_unknown")


_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_SHORT_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](\d{2})")


def read_birth_year(text: str, year_now: int) -> int:
    """Return the year of a birthday or a year as it stands."""
    digits = to_western_digits(text).removesuffix(".0").strip()
    short = _SHORT_DATE.fullmatch(digits)
    years = [int(year) for year in _YEAR.findall(digits)]
    if short:
        year = int(short[1])
        years = [year + (1900 if year > year_now % 100 else 2000)]
    if len(years) != 1 or not EARLIEST_BIRTH_YEAR <= years[0] <= year_now:
        raise Unreadable("year_wrong")
    return years[0]


def is_birth(text: str) -> bool:
    """Tell whether the cell can be a birthday or the year of one."""
    digits = to_western_digits(text)
    return len(digits) <= len("1988-05-03T00:00:00") and bool(
        re.fullmatch(r"(19|20)\d\d(\.0)?", digits)
        or _SHORT_DATE.fullmatch(digits)
        or re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d\d-\d\d", digits)
    )


def read_phone(text: str) -> str:
    """Return the first number of the cell; a nought that a spreadsheet dropped is given back."""
    first = re.split(r"[;,]|\bo(?:der|r)\b|\bund\b", to_western_digits(text))[0]
    number = re.sub(r"^(tel|telefon|mobil|handy)\.?:?\s*", "", first.strip(), flags=re.IGNORECASE)
    number = re.sub(r"\.0$", "", number).replace(".", " ").replace("\u2013", "-")
    if len(number) > PHONE_MOST or not is_phone(number):
        raise Unreadable("phone_wrong")
    digits = re.sub(r"\D", "", number)
    if number == digits and digits[:2] in {"15", "16", "17"} and len(digits) in MOBILE_DIGITS:
        return f"0{digits}"
    return number


def read_email(text: str) -> str:
    """Return the address, out of what mail programs put around it."""
    address = re.sub(r"^.*<([^<>]+)>$", r"\1", text.strip()).removeprefix("mailto:").strip(" ;,")
    if len(address) > EMAIL_MOST or not is_email(address):
        raise Unreadable("email_wrong")
    return address


_CEFR = re.compile(r"(?<![a-z])([abc])\s?([12])(?!\d)", re.IGNORECASE)
_NATIVE = frozenset({"muttersprache", "muttersprachler", "muttersprachlerin", "native"})


def read_level(text: str) -> GermanLevel:
    """Return the level; of two the lower one, and C2 counts as C1."""
    found = [f"{letter}{digit}".upper() for letter, digit in _CEFR.findall(text)]
    if found:
        return GermanLevel(min(found).replace("C2", "C1"))
    word = _word(text)
    if word in _NATIVE:
        return GermanLevel.C1
    if word.split(" ")[0] in _NO:
        return GermanLevel.NONE
    raise Unreadable("level_unknown")


_FORKLIFT = re.compile("stapler|forklift", re.IGNORECASE)
_CLASS = re.compile(r"(?<![a-z])([bcd])(?:1|e|1e|96)?(?![a-z])", re.IGNORECASE)
_RANK = (Licence.B, Licence.C, Licence.D)
_LICENCE_WORDS = (
    (_NO, Licence.NONE),
    (_YES | {"pkw", "auto", "car", "3", "klasse 3"}, Licence.B),
    (frozenset({"lkw", "truck"}), Licence.C),
)


def read_licence(text: str) -> Licence:
    """Return the licence, the largest where there are several; yes means that for cars."""
    word = _word(text)
    for words, licence in _LICENCE_WORDS:
        if word in words:
            return licence
    if found := _CLASS.findall(text):
        return max((Licence(letter.upper()) for letter in found), key=_RANK.index)
    if _FORKLIFT.search(text):
        return Licence.FORKLIFT
    raise Unreadable("licence_unknown")


_ASIDE = re.compile(r"\([^)]*\)?")
_OTHER_NAMES = {
    "fa": "farsi persisch iranisch", "prs": "afghanisch dari-farsi", "ps": "paschto pashtu pushto",
    "ku": "kurdisch kurdish kurmandschi kurmanci kurmanji kurd", "ckb": "sorani", "tr": "tuerkisch",
    "ro": "moldauisch", "sr": "bosnisch montenegrinisch", "so": "somalisch", "uk": "ua",
    "ti": "tigrinisch", "ar": "syrisch",
}  # fmt: skip


def read_languages(text: str) -> tuple[str, ...]:
    """Return the languages that the cell names, the first of which must be known."""
    named = [code_of_language(part) for part in re.split(r"[,;/+&،]|\bund\b|\band\b", text)]
    if named[0] is None:
        raise Unreadable("language_unknown")
    return tuple(dict.fromkeys(code for code in named if code))


def read_interpreter(text: str, own: str) -> str | None:
    """Return for which language somebody needs an interpreter: yes means their own."""
    try:
        return own if read_yes(text) else None
    except Unreadable:
        return read_languages(text)[0]


def is_language(text: str) -> bool:
    """Tell whether the cell begins with a language."""
    return code_of_language(re.split(r"[,;/]", text)[0]) is not None


def code_of_language(text: str) -> str | None:
    """Return the code of a language named in German, English or itself, or by its beginning."""
    names = _language_names()
    word = _word(_ASIDE.sub(" ", text))
    if code := names.get(_word(text)) or names.get(word):
        return code
    if len(word) < SHORTEST_BEGINNING:
        return None
    begun = {code for name, code in names.items() if name.startswith(word)}
    return begun.pop() if len(begun) == 1 else None


@cache
def _language_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for code, language in LANGUAGES.items():
        for name in (language.own_name, language.german_name, language.english_name, code):
            names[_word(name)] = code
    names |= {name: code for code, listed in _OTHER_NAMES.items() for name in listed.split()}
    return names


_OFFICIAL_KEY = re.compile(rf"\d{{{KEY_DIGITS - 1},{KEY_DIGITS}}}")
_POSTAL = re.compile(rf"(?<!\d)(?:D-?)?(\d{{{POSTAL_DIGITS}}})(?!\d)")
_OFFICIAL = re.compile(r"^(?:stadt|gemeinde) | a ?t ?w$")
_ELSEWHERE = frozenset({"other", "ausserhalb", "anderswo", "sonstige", "elsewhere", "woanders"})
_CALLED = {"gmhutte": "georgsmarienhutte", "gm hutte": "georgsmarienhutte", "os": "osnabruck"}


def read_place(text: str, postal: str = "") -> str:
    """Return the key of the municipality, known by name, official key or postal code.

    Some postal codes serve several municipalities, so name and code have to agree. A code of
    none of ours means somewhere else.
    """
    digits = to_western_digits(text).strip().removesuffix(".0")
    if _OFFICIAL_KEY.fullmatch(digits):
        return _by_official_key(digits.zfill(KEY_DIGITS))
    codes = _POSTAL.findall(to_western_digits(f"{postal} {text}"))
    named = _named(_POSTAL.sub(" ", to_western_digits(text)))
    meant = _in_both(named, _served_by(codes[0])) if codes else named
    if len(meant) == 1:
        return meant[0].ags
    if meant or named:
        raise Unreadable("place_ambiguous")
    return _elsewhere(text, codes)


def _in_both(
    named: tuple[Municipality, ...], served: tuple[Municipality, ...]
) -> tuple[Municipality, ...]:
    """Return those that the name and the postal code agree on; without a name, the code's."""
    return tuple(place for place in named if place in served) if named else served


def _elsewhere(text: str, codes: list[str]) -> str:
    if codes or _folded(text) in _ELSEWHERE:
        return ELSEWHERE
    raise Unreadable("place_unknown")


def is_place(text: str) -> bool:
    """Tell whether the cell is a place of the county or a postal code."""
    try:
        read_place(text)
    except Unreadable as fault:
        return fault.code == "place_ambiguous"
    return True


def _by_official_key(ags: str) -> str:
    if ags not in {place.ags for place in municipalities()}:
        raise Unreadable("place_unknown")
    return ags


def _served_by(code: str) -> tuple[Municipality, ...]:
    return tuple(place for place in municipalities() if code in place.postal_codes)


def _named(text: str) -> tuple[Municipality, ...]:
    """Return the municipalities of that name, or of the part before a district's name."""
    for written in (text, _ASIDE.sub(" ", text), re.split(r"[-,/(]", text)[0]):
        folded = _OFFICIAL.sub("", _folded(written))
        found = _by_name().get(_CALLED.get(folded, folded), ())
        if found:
            return found
    return ()


@cache
def _by_name() -> dict[str, tuple[Municipality, ...]]:
    named: dict[str, tuple[Municipality, ...]] = {}
    for place in municipalities():
        short = place.name.partition(" am ")[0]
        for name in {_folded(place.name), _folded(place.display_name), _folded(short)}:
            named[name] = (*named.get(name, ()), place)
    return named


@cache
def _folded(text: str) -> str:
    return name_key(text)
