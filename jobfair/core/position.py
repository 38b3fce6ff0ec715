"""Places on the map, as people read them off one."""

import re

from jobfair.core.text import to_western_digits

EXAMPLE = "52.4085, 7.9712"
TYPED_MOST = 60

_NUMBER = r"\d{1,2}[.,]\d+"
_PAIR = re.compile(rf"({_NUMBER})[\s,;]+({_NUMBER})")
_SOUTH, _NORTH, _WEST, _EAST = 47.0, 56.0, 5.0, 16.0  # where fairs and buses of ours can be


def is_position(lat: float, lon: float) -> bool:
    """Tell whether it is somewhere in Germany or close to it."""
    return _SOUTH <= lat <= _NORTH and _WEST <= lon <= _EAST


def read_degrees(typed: str) -> float | None:
    """Return the degrees that were typed, with a point or a comma, in any digits."""
    found = re.fullmatch(rf"{_NUMBER}|\d{{1,2}}", to_western_digits(typed).strip())
    return float(found[0].replace(",", ".")) if found else None


def read_position(typed: str) -> tuple[float, float] | None:
    """Return latitude and longitude as maps show them, with points or commas, in any digits."""
    found = _PAIR.fullmatch(to_western_digits(typed).strip())
    if not found:
        return None
    lat, lon = (float(part.replace(",", ".")) for part in found.groups())
    return (lat, lon) if is_position(lat, lon) else None


def write_position(lat: float, lon: float) -> str:
    """Return the place as it can be read again."""
    return f"{lat:.5f}, {lon:.5f}"
