"""No page asks anybody else for anything."""

import re

from config import ROOT

FOLDERS = (
    "jobfair/templates",
    "jobfair/static/css",
    "jobfair/static/js",
    "jobfair/static/img",
    "assets",
)
KINDS = {".html", ".css", ".js", ".mjs", ".svg", ".txt", ".webmanifest"}
ADDRESS = re.compile(r"""(?:https?:|["'(=\s])//[a-z0-9-]+\.[a-z0-9.-]+""", re.IGNORECASE)
NAMESPACE = re.compile(r"http://www\.w3\.org/[\w/#-]+")
LINK = re.compile(r'<a\b[^>]*\bhref="https://[^"]*"')
COMMENT = re.compile(r"(?m)^\s*(?://|/?\*|#).*$|/\*.*?\*/|\{#.*?#\}", re.DOTALL)


def _addresses(text: str) -> list[str]:
    for harmless in (COMMENT, NAMESPACE, LINK):
        text = harmless.sub("", text)
    return ADDRESS.findall(text)


def test_templates_styles_and_scripts_name_no_other_server() -> None:
    files = [p for folder in FOLDERS for p in (ROOT / folder).rglob("*") if p.suffix in KINDS]
    assert len(files) > 20
    found = {str(p.relative_to(ROOT)): _addresses(p.read_text()) for p in files}
    assert {name: addresses for name, addresses in found.items() if addresses} == {}


def test_addresses_are_found() -> None:
    assert _addresses('<script src="https://cdn.example.org/a.js">')
    assert _addresses("<img src=//cdn.example.org/a.png>")
    assert _addresses("@import url(//fonts.example.org/a.css)")
    assert not _addresses('<a href="https://example.org/">KERN</a>')
    assert not _addresses('<svg xmlns="http://www.w3.org/2000/svg">')
