"""`flask jobfair fair add` and `fair clone`: a slug on standard output, or one line why not."""

from datetime import UTC, datetime

import pytest
from click.testing import Result
from flask import Flask

from jobfair.cli import commands
from jobfair.fairs.queries import find_fair
from jobfair.fairs.rules import Phase
from tests.factories import make_fair, make_household, make_window

ADD = ("bad-laer-2027", "--name", "#JobsForYou", "--date", "2027-01-20", "--place", "Dorfhaus")


@pytest.fixture
def run(app: Flask):
    """Run the command with these words."""

    def command(*words: str) -> Result:
        return app.test_cli_runner().invoke(commands, ["fair", *words])

    return command


def test_a_fair_is_added_as_a_draft(app: Flask, run) -> None:
    result = run("add", *ADD)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "bad-laer-2027\n", "")
    fair = find_fair("bad-laer-2027")
    assert fair is not None
    assert (fair.name, fair.venue, fair.phase) == ("#JobsForYou", "Dorfhaus", Phase.DRAFT)
    assert fair.starts_at == datetime(2027, 1, 20, 9, 0, tzinfo=UTC)
    assert fair.ends_at == datetime(2027, 1, 20, 15, 0, tzinfo=UTC)


def test_a_fair_is_cloned_without_its_people(app: Flask, run) -> None:
    earlier = make_fair(slug="laer-2026", name="Bad Laer", capacity=80)
    make_household(earlier)
    make_window(earlier)
    result = run("clone", "laer-2026", "--to", "laer-2027", "--date", "4.5.2027")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "laer-2027\n", "")
    fair = find_fair("laer-2027")
    assert fair is not None
    assert (fair.name, fair.capacity, fair.places_taken) == ("Bad Laer", 80, 0)
    assert fair.facts.day.isoformat() == "2027-05-04"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "laer-2026", *ADD[1:]), "address"),
        (("clone", "laer-2026", "--to", "laer-2026", "--date", "2027-05-04"), "address"),
        (("clone", "nowhere-2026", "--to", "laer-2027", "--date", "2027-05-04"), "nowhere-2026"),
    ],
)
def test_refusals_are_one_line(app: Flask, run, words: tuple[str, ...], said: str) -> None:
    make_fair(slug="laer-2026")
    result = run(*words)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert said in result.stderr
    assert find_fair("laer-2027") is None


@pytest.mark.parametrize(
    "words",
    [
        ("add", *ADD[:3], "--date", "soon", *ADD[5:]),
        ("add", *ADD[:3], "--date", "31.2.2027", *ADD[5:]),
        ("add", "without-year", *ADD[1:]),
        ("add", *ADD[:5]),
        ("add", ADD[0], "--name", "\u200b ", *ADD[3:]),
        ("add", ADD[0], "--name", "x" * 121, *ADD[3:]),
        ("clone", "laer-2026", "--to", "laer-2027"),
    ],
)
def test_wrong_usage(app: Flask, run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert find_fair("bad-laer-2027") is None
