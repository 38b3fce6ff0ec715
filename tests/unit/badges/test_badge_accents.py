"""Signs above letters leave the letters where they are."""

import pytest

from jobfair.attendees.badges.fonts import Fonts
from jobfair.attendees.badges.layout import one_line
from jobfair.attendees.badges.pen import Pen


@pytest.mark.parametrize(
    ("bare", "accented"),
    [("سا", "سئًا"), ("محمد", "مُحَمَّد"), ("Hoa", "Hờ")],
)
def test_two_signs_on_one_letter_do_not_sink_it(render, fonts: Fonts, bare, accented) -> None:
    def lowest(text: str) -> int:
        pen = Pen(fonts, "x", "ar", tagged=False)
        with pen.page():
            pen.lines(one_line(text, fonts.bold, 60, 500), 40, 700)
        (picture,) = render(pen.finish())
        ink = picture.point(lambda shade: 255 if shade < 128 else 0).getbbox()
        assert ink is not None
        return int(ink[3])

    assert lowest(accented) <= lowest(bare) + 1
