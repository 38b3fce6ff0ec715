"""Tokens prove kind, row and version, and show no counter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.core.tokens import link_key, make_token, peek_id, verify_token

KEY = link_key(b"a data key for tests")
OTHER_KEY = link_key(b"another data key")

ids = st.integers(min_value=0, max_value=2**63 - 1)
versions = st.integers(min_value=0, max_value=2**31)
kinds = st.sampled_from(["my", "feedback", "offer"])


@given(ids, versions, kinds)
def test_round_trip(row_id: int, version: int, kind: str) -> None:
    token = make_token(KEY, kind, row_id, version)
    assert len(token) == 32
    assert peek_id(KEY, kind, token) == row_id
    assert verify_token(KEY, kind, token, row_id, version)


@given(ids, versions)
def test_anything_else_is_refused(row_id: int, version: int) -> None:
    token = make_token(KEY, "my", row_id, version)
    assert not verify_token(KEY, "my", token, row_id, version + 1)
    assert not verify_token(KEY, "my", token, row_id ^ 1, version)
    assert not verify_token(KEY, "feedback", token, row_id, version)
    assert not verify_token(OTHER_KEY, "my", token, row_id, version)


@given(ids, st.integers(min_value=0, max_value=31))
def test_one_changed_character_is_refused(row_id: int, position: int) -> None:
    token = make_token(KEY, "my", row_id, 1)
    changed = "A" if token[position] != "A" else "B"
    forged = token[:position] + changed + token[position + 1 :]
    assert not verify_token(KEY, "my", forged, row_id, 1)


def test_neighbouring_rows_have_nothing_in_common() -> None:
    tokens = [make_token(KEY, "my", row_id, 1) for row_id in range(1, 300)]
    for start in range(0, 32, 8):
        assert len({token[start : start + 8] for token in tokens}) == len(tokens)


@pytest.mark.parametrize(
    "garbage",
    ["", "x", "A" * 31, "A" * 33, "A" * 10_000, "ä" * 32, "A" * 31 + "=", "A" * 31 + "\n"],
)
def test_garbage_is_no_token(garbage: str) -> None:
    assert peek_id(KEY, "my", garbage) is None
    assert not verify_token(KEY, "my", garbage, 1, 1)


@given(st.text())
def test_no_text_raises(text: str) -> None:
    peek_id(KEY, "my", text)
    assert not verify_token(KEY, "my", text, 1, 1)


@given(st.text("ABCabc019-_", min_size=32, max_size=32))
def test_a_guess_never_yields_an_id_outside_the_key_range(guess: str) -> None:
    claimed = peek_id(KEY, "my", guess)
    assert claimed is None or 0 <= claimed < 2**63


def test_an_id_outside_the_key_range_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="row_id"):
        make_token(KEY, "my", -1, 1)
