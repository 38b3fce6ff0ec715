"""The search by name on the device, in a browser: it makes Python's keys and finds people."""

from collections.abc import Iterator
from itertools import chain
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from config import ROOT
from jobfair.core.text import name_key, search_tables, sound_keys
from tests.vectors.names import read_vectors

pytestmark = pytest.mark.browser

SCRIPTS = ROOT / "jobfair/static/js/door"
BLOCKS = ((0x20, 0x7F), (0xC0, 0x180), (0x370, 0x530), (0x531, 0x600), (0x600, 0x700),
          (0x10D0, 0x1100), (0x1200, 0x1380), (0x1EA0, 0x1F00))  # fmt: skip
PEOPLE = [
    ("Amal", "Haddad", "أمل حداد"),
    ("Amaniel", "Tesfay", "ኣማንኤል ተስፋይ"),
    ("Mohammed", "Al-Ahmad", "محمد الأحمد"),
    ("Muhamad Ali", "Rahimi", ""),
    ("Abdulrahman", "Nasr", ""),
    ("Oleksandr", "Shevchenko", "Олександр Шевченко"),
    ("Olena", "Bondar", "Олена Бондар"),
    ("Jürgen", "Müller-Weiß", ""),
    ("Ali", "Demir", ""),
    ("Alina", "Popescu", ""),
    ("Ramesh", "Thapa", "रमेश थापा"),
    ("Samir", "Kamal", ""),
]


@pytest.fixture(scope="module")
def names(chromium: Browser) -> Iterator[Page]:
    """A page that has the modules and the tables, and nothing else."""
    page = chromium.new_page()
    page.route("http://door.test/**", _serve)
    page.goto("http://door.test/")
    page.evaluate(
        """async (tables) => {
            const names = await import("/names.js");
            const { Keys } = await import("/names-keys.js");
            names.prepare(tables);
            Object.assign(globalThis, { names, keys: new Keys(tables) });
        }""",
        search_tables(),
    )
    yield page
    page.close()


def _serve(route: Route) -> None:
    name = route.request.url.rsplit("/", 1)[1]
    if name:
        route.fulfill(body=(SCRIPTS / name).read_text("utf-8"), content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html>", content_type="text/html")


def keys_of(page: Page, texts: list[str]) -> list[tuple[str, list[str]]]:
    found: list[list[Any]] = page.evaluate(
        "(texts) => texts.map((text) => [keys.name(text), keys.sounds(text)])", texts
    )
    return [(key, sounds) for key, sounds in found]


def entry_of(given: str, family: str, own: str) -> dict[str, str]:
    name = f"{given} {family}"
    return {"name": name, "own_script": own, "sounds": " ".join(sound_keys(name))}


def find(page: Page, text: str, people: list[tuple[str, str, str]] = PEOPLE) -> list[str]:
    entries = [entry_of(*person) for person in people]
    found: list[str] = page.evaluate(
        "([entries, text]) => names.find(names.index(entries), text).map(({ name }) => name)",
        [entries, text],
    )
    return found


def test_both_sides_make_the_same_keys(names: Page) -> None:
    vectors = read_vectors()
    found = keys_of(names, [name for name, _, _ in vectors])
    assert found == [(key, sounds) for _, key, sounds in vectors]


def test_both_sides_agree_in_whatever_is_typed(names: Page) -> None:
    rng = Random(4)
    letters = [[chr(code) for code in range(*block)] for block in BLOCKS]
    mixed = list(chain.from_iterable(letters))
    words = [name for name, _, _ in read_vectors()]
    typed = ["".join(rng.choices(rng.choice(letters), k=rng.randint(1, 10))) for _ in range(4000)]
    typed += ["".join(rng.choices(mixed, k=rng.randint(2, 6))) for _ in range(1000)]
    typed += [
        "".join(rng.choices("aeiouyhjtp dlgxnrbu", k=rng.randint(1, 14))) for _ in range(4000)
    ]
    typed += [" ".join(rng.choices(words, k=2)) for _ in range(1000)]
    wanted = [(name_key(text), list(sound_keys(text))) for text in typed]
    assert [
        (text, one, other)
        for text, one, other in zip(typed, keys_of(names, typed), wanted, strict=True)
        if one != other
    ] == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("amal", "Amal Haddad"),
        ("had am", "Amal Haddad"),
        ("أمل", "Amal Haddad"),
        ("حداد", "Amal Haddad"),
        ("الحداد أمل", "Amal Haddad"),
        ("olek", "Oleksandr Shevchenko"),
        ("Aleksander Schewtschenko", "Oleksandr Shevchenko"),
        ("Шевч", "Oleksandr Shevchenko"),
        ("Елена Бондарь", "Olena Bondar"),
        ("Yelena Bondar", "Olena Bondar"),
        ("mueller", "Jürgen Müller-Weiß"),
        ("MÜLLER WEISS", "Jürgen Müller-Weiß"),
        ("Abd al-Rahman", "Abdulrahman Nasr"),
        ("عبد الرحمن", "Abdulrahman Nasr"),
        ("alahmad", "Mohammed Al-Ahmad"),
        ("Muhammet Achmed", "Mohammed Al-Ahmad"),
        ("ኣማን", "Amaniel Tesfay"),
        ("ተስፋይ", "Amaniel Tesfay"),
        ("रमे", "Ramesh Thapa"),
        ("ali", "Ali Demir"),
        ("Sa", "Samir Kamal"),
    ],
)
def test_people_are_found_across_spellings_and_scripts(names: Page, text: str, first: str) -> None:
    assert find(names, text)[0] == first


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        " a ",
        "12",
        "Amal 12",
        "Amal Bondar",
        "Samara Kamala Demir",
        "रमेश Demir",
        "zzz",
        "--",
        "???",
    ],
)
def test_all_words_must_be_found(names: Page, text: str) -> None:
    assert find(names, text) == []


def test_what_is_being_typed_stays_in_the_list(names: Page) -> None:
    for typed in ("Mu", "Muh", "Muha", "Muham", "Muhamm", "Muhamme", "Muhammed"):
        assert "Mohammed Al-Ahmad" in find(names, typed), typed


def test_rows_may_lack_names_and_sounds(names: Page) -> None:
    found = names.evaluate(
        """() => {
            const people = [
                { hash: "a" },
                { hash: "b", name: "Lina Haddad", own_script: "لينا\\nحداد" },
                { hash: "c", name: "", sounds: "ln hdd" },
                { hash: "d", name: "Olena Bondar", own_script: "Олена Бондар" },
            ];
            const index = names.index(people);
            const find = (text) => names.find(index, text).map(({ hash }) => hash);
            return ["Leena", "Бондар", "لينا حداد", "Aliona"].map(find);
        }"""
    )
    assert found == [["b"], ["d"], ["b"], ["d"]]


def test_better_ones_come_first(names: Page) -> None:
    people = [
        ("Elia", "Roth", ""),
        ("Natalia", "Roth", ""),
        ("Zoe", "Roth", "Алия Рот"),
        ("Aliaksei", "Roth", ""),
        ("Alia", "Roth", ""),
    ]
    assert find(names, "Alia", people) == [
        "Alia Roth", "Aliaksei Roth", "Natalia Roth", "Elia Roth",
    ]  # fmt: skip
    assert find(names, "Алия", people)[0] == "Zoe Roth"


def test_twenty_thousand_people_are_searched_in_order_and_cut(names: Page) -> None:
    given = sorted({name for name, key, _ in read_vectors() if key and name.isascii()})
    rng = Random(4)
    people = [(f"{rng.choice(given)}", f"{rng.choice(given)}", "") for _ in range(20_000)]
    found = find(names, "mo", people)
    assert len(found) == 20
    assert all(any(word.startswith("mo") for word in name_key(name).split()) for name in found)
    assert [name_key(name) for name in found] == sorted(name_key(name) for name in found)


@pytest.mark.parametrize(
    ("person", "short"),
    [
        ({"name": "Amal Haddad", "given": "Amal"}, "Amal H."),
        ({"name": "Anna Lena van der Berg", "given": "Anna Lena"}, "Anna Lena v."),
        ({"name": "Anna Lena Berg"}, "Anna Lena B."),
        ({"name": "Amal", "given": "Amal"}, "Amal"),
        ({"name": "Amal"}, "Amal"),
        ("أمل حداد", "أمل ح."),
        ("Amal", "Amal"),
    ],
)
def test_screens_show_first_name_and_initial(names: Page, person: Any, short: str) -> None:
    assert names.evaluate("(person) => names.shortName(person)", person) == short
