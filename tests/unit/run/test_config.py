"""Settings from the environment: a wrong one stops the start with one clear line."""

from pathlib import Path

import pytest

from config import ConfigError, load_config


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000"),
        ("https://routing.example.org/county/", "https://routing.example.org/county"),
    ],
)
def test_a_server_for_road_times_is_known(tmp_path: Path, given: str, kept: str) -> None:
    settings = load_config({"DATA_DIR": str(tmp_path), "ROUTING_URL": given})
    assert settings.routing_url == kept


@pytest.mark.parametrize(
    "given",
    ["routing.example.org", "ftp://example.org", "file:///etc/passwd", "https://", "http://a?b"],
)
def test_no_other_address_is_asked_for_road_times(tmp_path: Path, given: str) -> None:
    with pytest.raises(ConfigError, match=r"^jobfair: ROUTING_URL: must look like https://"):
        load_config({"DATA_DIR": str(tmp_path), "ROUTING_URL": given})
