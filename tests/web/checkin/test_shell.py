"""The scanner's page: one shell for everybody, with words and files and nothing of a fair."""

import json
import re
from typing import Any

from flask import Flask

from jobfair.checkin.rules import Outcome
from jobfair.checkin.verdicts import VERDICTS
from jobfair.core.actor import Role
from jobfair.core.languages import LANGUAGES
from tests.client import Page, PageClient
from tests.factories import make_fair, make_household, signed_in

NONCE = re.compile(r'nonce="[^"]+"')


def block(here: Page, block_id: str) -> Any:
    (found,) = here.root.all("script", id=block_id)
    return json.loads("".join(str(child) for child in found.children))


def html_of(page: PageClient, url: str) -> str:
    return NONCE.sub("", page.open(url).get_data(as_text=True))


def test_the_shell_is_the_same_for_everybody(page: PageClient, app: Flask) -> None:
    fair = make_fair(slug="fair-2026", name="Messe der Anna")
    make_household(fair)
    nobody = html_of(page, "/door")
    signed_in(app, Role.DOOR, fair.id)
    assert html_of(page, "/door") == nobody
    assert "Messe der Anna" not in nobody


def test_the_scanner_may_run_its_decoder_and_nothing_else(page: PageClient) -> None:
    here = page.get("/door")
    policy = here.response.headers["Content-Security-Policy"]
    assert "'wasm-unsafe-eval'" in policy
    assert "'unsafe-inline'" not in policy
    assert "Set-Cookie" not in here.response.headers


def test_the_shell_speaks_the_languages_of_the_staff(page: PageClient) -> None:
    for lang, spoken in (("de", "de"), ("en", "en")):
        here = page.get(f"/door?lang={lang}")
        assert here.root.all("html")[0].get("lang") == spoken
        assert block(here, "door-data")["lang"] == spoken
    arabic = page.get("/door", headers={"Accept-Language": "ar"})
    assert arabic.root.all("html")[0].get("lang") in ("de", "en")


def test_without_its_script_the_page_says_so(page: PageClient) -> None:
    here = page.get("/door?lang=en")
    (screen,) = here.root.all("div", **{"data-screen": "unstarted"})
    assert "hidden" not in screen.attributes
    assert screen.all("a")[0].get("href") == "/door"
    (noscript,) = here.root.all("noscript")
    assert "The scanner needs JavaScript." in noscript.text


def test_every_outcome_has_a_look_and_a_word(page: PageClient) -> None:
    verdicts = block(page.get("/door?lang=en"), "door-data")["verdicts"]
    assert set(verdicts) == {*Outcome, "seal", "repeat", "repeat_boarded"}
    assert verdicts["already_inside"]["word"] == "Already inside"
    drawn = {symbol.get("id") for symbol in page.get("/door").root.all("symbol")}
    assert {row["look"] for row in verdicts.values()} <= drawn


def test_what_goes_by_itself_lets_pass() -> None:
    brief = {name for name, verdict in VERDICTS.items() if verdict.signs.brief}
    assert brief == {
        *("admitted", "left", "not_inside", "boarded", "alighted"),
        *("seal", "repeat", "repeat_boarded"),
    }


def test_looks_differ_in_sound_where_they_differ_in_meaning() -> None:
    sounds = {verdict.signs.look: verdict.signs.tones for verdict in VERDICTS.values()}
    del sounds["v-same"]  # the same green as the first time
    assert len(set(sounds.values())) == len(sounds)


def test_everybody_is_greeted_in_their_language(page: PageClient) -> None:
    languages = block(page.get("/door?lang=en"), "door-data")["languages"]
    assert set(languages) == set(LANGUAGES)
    assert languages["ar"] == {"name": "Arabic", "dir": "rtl", "greeting": "أهلًا وسهلًا"}


def test_the_page_lists_the_files_that_it_needs_without_network(page: PageClient) -> None:
    here = page.get("/door")
    files = block(here, "door-files")
    assert "/door.webmanifest" in files
    assert len(files) == len(set(files))
    linked = {link.get("href") for link in here.root.all("link") if link.get("rel") != "icon"}
    scripts = {script.get("src") for script in here.root.all("script") if script.get("src")}
    assert linked | scripts <= set(files)
    assert block(here, "door-data")["urls"]["wasm"] in files
    for address in files:
        with page.open(address) as response:
            assert response.status_code == 200, address


def test_the_manifest_installs_the_scanner_alone(page: PageClient) -> None:
    response = page.open("/door.webmanifest?lang=en")
    assert response.mimetype == "application/manifest+json"
    manifest = json.loads(response.get_data())
    assert (manifest["start_url"], manifest["scope"]) == ("/door", "/door")
    assert manifest["display"] == "standalone"
    assert manifest["name"] == "Scanner of the job fair"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}


def test_old_addresses_lead_to_the_scanner(page: PageClient) -> None:
    make_fair(slug="fair-2026")
    response = page.open("/door/fair-2026")
    assert (response.status_code, response.location) == (302, "/door")
    assert page.open("/door/fair-1999").status_code == 404
