"""The municipalities of the Landkreis Osnabrück, and the city that its offices stand in."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_CITY_KIND = "kreisfreie Stadt"
_SHARED_NAMES = frozenset({"Neuenkirchen", "Berge"})  # other places nearby have them too


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality, known by its official key."""

    ags: str
    name: str
    kind: str
    samtgemeinde: str
    population: int  # approximate, of mixed years: a weight, not a figure to show
    lat: float
    lon: float
    postal_codes: tuple[str, ...]

    @property
    def is_city_of_osnabrueck(self) -> bool:
        """Whether it is the city, which does not belong to the county."""
        return self.kind == _CITY_KIND

    @property
    def display_name(self) -> str:
        """The official name, with the Samtgemeinde where the name alone is not enough."""
        if self.name in _SHARED_NAMES:
            return f"{self.name} ({self.samtgemeinde})"
        return self.name


@cache
def municipalities() -> tuple[Municipality, ...]:
    """The 34 municipalities of the county in the order of their keys, then the city."""
    source = files(__package__).joinpath("landkreis_osnabrueck.csv")
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    return tuple(_municipality(row) for row in rows)


def municipality(ags: str) -> Municipality:
    """The municipality with this key; `KeyError` where there is none."""
    return _by_key()[ags]


@cache
def _by_key() -> dict[str, Municipality]:
    return {place.ags: place for place in municipalities()}


def _municipality(row: dict[str, str]) -> Municipality:
    return Municipality(
        ags=row["ags"],
        name=row["name"],
        kind=row["kind"],
        samtgemeinde=row["samtgemeinde"],
        population=int(row["population_approx"]),
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        postal_codes=tuple(row["postal_codes"].split()),
    )
