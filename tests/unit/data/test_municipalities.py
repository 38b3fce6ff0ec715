"""The county's municipalities are complete and can be told apart."""

import pytest

from jobfair.data import municipalities, municipality


def test_the_county_and_its_city() -> None:
    places = municipalities()
    assert len(places) == 35
    assert [place.name for place in places if place.is_city_of_osnabrueck] == ["Osnabrück"]
    assert len({place.ags for place in places}) == 35


def test_display_names_differ() -> None:
    names = [place.display_name for place in municipalities()]
    assert len(set(names)) == len(names)
    assert municipality("03459027").display_name == "Neuenkirchen (Samtgemeinde Neuenkirchen)"
    assert municipality("03459024").display_name == "Melle"


def test_points_lie_in_the_county() -> None:
    for place in municipalities():
        assert 52.0 < place.lat < 52.8
        assert 7.6 < place.lon < 8.5
        assert place.population > 1_000
        assert all(len(code) == 5 for code in place.postal_codes)


def test_an_unknown_key() -> None:
    with pytest.raises(KeyError):
        municipality("00000000")
