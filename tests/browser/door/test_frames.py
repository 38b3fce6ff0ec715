"""Synthetic frames of a phone's camera, a few of each kind, before the door's own reader."""

from pathlib import Path

import pytest

from bench.frames import read_all, take
from bench.frames.phone import Phone
from bench.frames.scenes import KINDS, draw_scene
from tests.browser.conftest import ContextMaker

pytestmark = pytest.mark.browser

EACH = 2
MAY_FAIL = 2


def test_badges_are_read_in_what_the_camera_sees(
    tmp_path: Path, browser_context: ContextMaker
) -> None:
    said = take(tmp_path, EACH)
    seen = read_all(Phone(browser_context().new_page(), tmp_path), said)
    unread = [name for name, one in seen.items() if one.text is None]
    assert len(seen) == EACH * len(KINDS)
    assert len(unread) <= MAY_FAIL, unread


def test_scenes_hang_on_nothing_but_kind_and_number() -> None:
    scenes = [draw_scene(kind, number) for kind in KINDS for number in range(EACH)]
    assert scenes == [draw_scene(kind, number) for kind in KINDS for number in range(EACH)]
    assert len(set(scenes)) == len(scenes)
