"""How a telephone dials the numbers that people write."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.core.contact import is_phone
from jobfair.telling.rules import call_link, dialled, sms_link


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0151 234 56 78", "+491512345678"),
        ("0151/2345678", "+491512345678"),
        ("(0541) 501-0", "+495415010"),
        ("+49 151 2345678", "+491512345678"),
        ("+49 (0)151 2345678", "+491512345678"),
        ("+49 0151 2345678", "+491512345678"),
        ("0049 151 2345678", "+491512345678"),
        ("+380 67 123 45 67", "+380671234567"),
        ("00380671234567", "+380671234567"),
        ("٠١٥١ ٢٣٤٥٦٧٨", "+491512345678"),
        ("501 0000", "5010000"),
        ("0+0 49 151 2345678", "+491512345678"),
        ("", ""),
    ],
)
def test_numbers_are_dialled_from_anywhere(written: str, number: str) -> None:
    assert dialled(written) == number
    assert call_link(written) == f"tel:{number}"


@given(st.from_regex(r"[ +/()-]*(?:[0-9][ +/()-]*){7,15}", fullmatch=True))
def test_every_number_becomes_one_that_can_be_dialled_and_stays_so(written: str) -> None:
    number = dialled(written)
    assert is_phone(written)
    assert set(number) <= set("+0123456789")
    assert number.count("+") == number.startswith("+")
    assert dialled(number) == number


@given(st.text(max_size=200).filter(lambda text: text.isprintable()))
def test_the_words_of_an_sms_arrive_whole(words: str) -> None:
    link = sms_link("0151 2345678", words)
    start = "sms:+491512345678?&body="
    assert link.startswith(start)
    assert link.isascii()
    assert not set("&#?+ \n\"'<>") & set(link.removeprefix(start))
    assert unquote(link.removeprefix(start)) == words
