"""Badge codes survive every way in which people type them."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.core.codes import ALPHABET, LENGTH, draw_code, group_code, normalise_code

codes = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)
EXTENDED_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def test_drawn_codes_are_codes_and_differ() -> None:
    drawn = {draw_code() for _ in range(200)}
    assert len(drawn) == 200
    assert all(normalise_code(code) == code for code in drawn)


def test_a_seeded_generator_repeats_its_codes() -> None:
    assert draw_code(Random(7)) == draw_code(Random(7))


def test_groups_of_four() -> None:
    assert group_code("7K3MQ9XT2FHB") == "7K3M Q9XT 2FHB"


@given(codes)
def test_typed_forms_come_back_to_the_code(code: str) -> None:
    typed = [
        code.lower(),
        group_code(code),
        group_code(code).replace(" ", "–"),
        f"  {code[:5]}-{code[5:]}\u200e ",
        code.replace("1", "I").replace("0", "O"),
        code.replace("1", "l").replace("0", "o"),
        code.translate(ARABIC_DIGITS),
        code.translate(EXTENDED_DIGITS),
        code.replace("M", "м").replace("T", "Т"),
    ]
    assert [normalise_code(form) for form in typed] == [code] * len(typed)


@given(codes)
def test_the_address_in_the_qr_code_is_read(code: str) -> None:
    for address in (
        f"HTTPS://FAIR.EXAMPLE.ORG/B/{code}",
        f"http://127.0.0.1:8000/b/{code.lower()}",
        f"https://fair.example.org/B/{code}/?lang=uk",
        f"fair.example.org/b/{code}",
    ):
        assert normalise_code(address) == code


@pytest.mark.parametrize(
    "typed",
    ["", "7K3M", "7K3MQ9XT2FHU", "7K3MQ9XT2FHBB", "https://example.org/my/7K3MQ9XT2FHB", "é" * 12],
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert normalise_code(typed) is None


def test_an_endless_text_is_none() -> None:
    assert normalise_code("7K3MQ9XT2FHB" + " " * 10_000) is None


@given(st.text())
def test_any_text_is_a_code_or_none(typed: str) -> None:
    code = normalise_code(typed)
    assert code is None or (len(code) == LENGTH and set(code) <= set(ALPHABET))
