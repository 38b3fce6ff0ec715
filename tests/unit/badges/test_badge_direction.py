"""Levels agree with an independent implementation of the bidirectional algorithm."""

from bidi import get_display
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jobfair.attendees.badges.direction import embedding_levels, is_right_to_left

ZWNJ = "\u200c"


def displayed(text: str) -> str:
    """The text in the order that its levels ask for, no bracket mirrored."""
    chars = list(zip(text, embedding_levels(text, is_right_to_left(text)), strict=True))
    for threshold in range(max((level for _, level in chars), default=0), 0, -1):
        start = 0
        while start < len(chars):
            end = start
            while end < len(chars) and chars[end][1] >= threshold:
                end += 1
            chars[start:end] = reversed(chars[start:end])
            start = end + 1
    return "".join(char for char, _ in chars)


@settings(max_examples=500)
@given(st.text(alphabet="aZдאدمی12٣۴()[]{}<>.,:-+%# ", max_size=25).map(str.strip))
@example("")
@example("في المدخل (Kreishaus) 17:05.")
@example("Amal (أمل) Haddad")
def test_order_is_that_of_unicode(text: str) -> None:
    assert displayed(text) == get_display(text)


def test_joiners_take_the_level_before_them() -> None:
    assert embedding_levels(f"می{ZWNJ}خ", rtl=True) == [1, 1, 1, 1]
    assert embedding_levels(f"{ZWNJ}می", rtl=True) == [1, 1, 1]
    assert embedding_levels(f"a{ZWNJ}b", rtl=False) == [0, 0, 0]
