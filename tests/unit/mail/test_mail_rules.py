"""What an SMS says, and which answers of a mail server are final."""

import pytest

from jobfair.mail.rules import Letter, refuses_for_good

URL = "https://fair.example.org/my/abc"


@pytest.mark.parametrize(
    ("letter", "short"),
    [
        (Letter("You have places", ("Good news.", "More.")), "You have places\nGood news.\nMore."),
        (Letter("You have places", ()), "You have places"),
        (Letter("A", ("B",), "Open", URL), f"A\nB\n{URL}"),
        (Letter("A", ("B",), closing=("C",)), "A\nB"),
        (Letter("A", ("B",), "Open", URL, brief="Come!"), f"Come!\n{URL}"),
        (Letter("A", ("B",), "Open", URL, brief=f"Look: {URL}"), f"Look: {URL}"),
    ],
)
def test_an_sms_is_short_and_has_the_link_once(letter: Letter, short: str) -> None:
    assert letter.short == short


@pytest.mark.parametrize(
    ("code", "words", "final"),
    [
        (550, "no such mailbox", True),
        (550, "5.1.1 User unknown", True),
        (552, "5.2.2 Mailbox full", True),
        (554, "5.7.1 Relay access denied", False),
        (450, "4.2.1 Try again later", False),
        (250, "OK", False),
    ],
)
def test_only_what_is_said_of_the_address_is_final(code: int, words: str, final: bool) -> None:
    assert refuses_for_good(code, words) is final
