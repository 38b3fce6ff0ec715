"""How many frames of a phone's camera the door reads, of which kinds, and how fast.

448 frames, 32 of each of fourteen kinds, each of another badge: `paper` cuts the badges out of the
sheets that a fair prints (version 3 codes, as most hosts need), `scenes` draws from the kind and
the number alone how each is held and what makes it hard, and `camera` and `light` take the
picture. So every run looks at the same frames. They are read in headless Chromium by the script of
the door's page (`static/js/door/reader.js`) with its rules for frames: a still frame is shown for
one round of them. Wrong text would count as worse than none: it ends the run.

The limit is 95 percent in all. Times are those of one look, and those on a processor slowed down
six times, as an old phone's is.
"""

import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from random import Random
from statistics import median, quantiles

from PIL import Image

from bench.badges import make_badge
from bench.frames.camera import photograph
from bench.frames.paper import CENTRE, pictures_of
from bench.frames.phone import Phone, Seen, phone
from bench.frames.scenes import KINDS, draw_scene

EACH = 32
LEAST = 0.95
SLOW = 6
OF_THE_SLOW = 7
"""On the slow processor every seventh frame is read."""


def main() -> None:
    """Print what share of each kind is read, and the times; fail below the limit."""
    with tempfile.TemporaryDirectory() as folder:
        said = take(Path(folder), EACH)
        with phone(Path(folder)) as fast:
            seen = read_all(fast, said)
            fast.slow_down(SLOW)
            slow = [fast.look_at(name) for name in list(said)[::OF_THE_SLOW]]
    share = _print_kinds(seen)
    _print_times("a look", [ms for one in seen.values() for ms in one.looks])
    _print_times("a frame", [sum(one.looks) for one in seen.values() if one.text])
    _print_times(f"a look, CPU/{SLOW}", [ms for one in slow for ms in one.looks])
    if share < LEAST:
        sys.exit(f"below {LEAST:.0%}")


def take(folder: Path, each: int) -> dict[str, str]:
    """Photograph so many badges of each kind; return what the code of each file's badge says."""
    rng = Random(1)
    names = [f"{kind}-{number}" for number in range(each) for kind in KINDS]
    badges = [make_badge(rng, with_own=number % 3 == 0) for number in range(len(names))]
    with ProcessPoolExecutor() as pool:
        list(pool.map(_take, repeat(folder), names, pictures_of(badges)))
    return {name: badge.url for name, badge in zip(names, badges, strict=True)}


def _take(folder: Path, name: str, badge: Image.Image) -> None:
    kind, number = name.split("-")
    frame = photograph(badge, CENTRE, draw_scene(kind, int(number)))
    frame.save(folder / f"{name}.png", compress_level=1)


def read_all(reader: Phone, said: dict[str, str]) -> dict[str, Seen]:
    """Return what is seen in each frame; no code may be read as another one."""
    seen = {name: reader.look_at(name) for name in said}
    for name, one in seen.items():
        assert one.text in (None, said[name]), (name, one.text)
    return seen


def _print_kinds(seen: dict[str, Seen]) -> float:
    """Print the share of each kind that is read, and return that of all."""
    read = defaultdict(list)
    for name, one in seen.items():
        read[name.split("-")[0]].append(one.text is not None)
    for kind, results in read.items():
        print(f"{kind:12} {sum(results):4} of {len(results):3}   {sum(results) / len(results):.2f}")
    share = sum(one.text is not None for one in seen.values()) / len(seen)
    print(f"{'all':12} {share * len(seen):4.0f} of {len(seen):3}   {share:.3f}   at least {LEAST}")
    return share


def _print_times(what: str, taken: list[float]) -> None:
    print(f"{what:17} {median(taken):5.1f} ms, p95 {quantiles(taken, n=20)[18]:5.1f} ms")
