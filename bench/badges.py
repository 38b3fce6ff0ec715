"""Badges per second, beside the rate of encoding their QR codes alone."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from jobfair.attendees.badges.badge import Badge
from jobfair.attendees.badges.qr import badge_url, qr_matrix
from jobfair.attendees.badges.sheet import badge_sheets
from jobfair.core.codes import draw_code

BADGES = 2000
SECONDS_PER_CASE = 4

GIVEN = ("Amal", "Yusuf", "Oleksandra", "Maria", "Thị Ánh", "Andrei", "Nilufar", "Agnieszka")
FAMILY = ("Haddad", "Shevchenko", "Nguyễn", "Popescu", "Kowalska", "Yılmaz", "al-Muhammadi")
OWN_GIVEN = ("أمل", "يوسف", "عبد الرحمن", "فاطمة", "نیلوفر", "لينا")
OWN_FAMILY = ("حداد", "الخطيب", "المحمدي", "الأحمد", "می\u200cخواهم")
LETTERS = "abdhiklmnorstuz"
OWN_LETTERS = "ابدحيكلمنورست"


def make_badges(rng: Random, share_own_script: float) -> list[Badge]:
    """Badges with distinct names, so that nothing known helps."""
    return [make_badge(rng, with_own=rng.random() < share_own_script) for _ in range(BADGES)]


def make_badge(rng: Random, with_own: bool) -> Badge:
    """A badge whose name hardly anybody else has."""
    code = draw_code(rng)
    latin = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}-{''.join(rng.choices(LETTERS, k=4))}"
    rare = "".join(rng.choices(OWN_LETTERS, k=4))
    own = f"{rng.choice(OWN_GIVEN)} {rng.choice(OWN_FAMILY)} {rare}"
    url = badge_url("https://jobfair.example.org", code)
    return Badge(code, url, latin, own if with_own else None)


def rate(work: Callable[[list[Badge]], object], badges: list[Badge]) -> float:
    """The best of a few rounds, in badges per second."""
    best = 0.0
    end = time.perf_counter() + SECONDS_PER_CASE
    while time.perf_counter() < end:
        start = time.perf_counter()
        work(badges)
        best = max(best, len(badges) / (time.perf_counter() - start))
    return best


def encode_all(badges: list[Badge]) -> None:
    """The least that any printer of badges has to do."""
    for badge in badges:
        qr_matrix(badge.url)


def print_all(badges: list[Badge]) -> bytes:
    """The badges as sheets of eight."""
    return badge_sheets(badges, "#JobsForYou", "Ausweise")


def main() -> None:
    """Print a line for each case."""
    rng = Random(1)
    latin, mixed = make_badges(rng, 0), make_badges(rng, 0.25)
    codes_alone = rate(encode_all, latin)
    print(f"codes alone          {codes_alone:8.0f} /s   1.00")
    for name, badges in (("latin", latin), ("a quarter Arabic", mixed)):
        sheets = rate(print_all, badges)
        print(f"{name:20} {sheets:8.0f} /s   {sheets / codes_alone:.2f}")


if __name__ == "__main__":
    main()
