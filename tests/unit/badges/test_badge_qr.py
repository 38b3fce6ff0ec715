"""QR codes hold the badge's address, small enough to be read from afar."""

import re
import xml.etree.ElementTree as ET

import pytest
import zxingcpp
from PIL import Image

from jobfair.attendees.badges.qr import (
    QUIET,
    Matrix,
    badge_url,
    encode_with_qrcode,
    encode_with_zxing,
    qr_matrix,
    qr_operators,
    qr_svg,
)

CODE = "7K3MQ9XT2FHB"


def picture(matrix: Matrix) -> Image.Image:
    size = len(matrix)
    image = Image.new("L", (size + 2 * QUIET, size + 2 * QUIET), 255)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            image.putpixel((x + QUIET, y + QUIET), 0 if dark else 255)
    return image.resize((image.width * 4, image.height * 4), Image.Resampling.NEAREST)


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("https://fair.example.org", f"HTTPS://FAIR.EXAMPLE.ORG/B/{CODE}"),
        ("http://127.0.0.1:8000/", f"HTTP://127.0.0.1:8000/B/{CODE}"),
    ],
)
def test_address_is_in_capitals(base_url: str, expected: str) -> None:
    assert badge_url(base_url, CODE) == expected


@pytest.mark.parametrize("encode", [encode_with_zxing, encode_with_qrcode])
def test_both_encoders_hold_the_address_at_level_m(encode) -> None:
    text = badge_url("https://fair.example.org", CODE)
    found = zxingcpp.read_barcode(picture(encode(text)))
    assert found is not None
    assert found.text == text
    assert found.ec_level == "M"


@pytest.mark.parametrize("encode", [encode_with_zxing, encode_with_qrcode])
def test_hosts_of_38_characters_stay_within_version_3(encode) -> None:
    host = "a" * 30 + ".example"
    assert len(host) == 38
    assert len(encode(badge_url(f"https://{host}", CODE))) <= 17 + 4 * 3


def test_svg_draws_the_modules_inside_a_quiet_zone() -> None:
    text = badge_url("https://fair.example.org", CODE)
    matrix = qr_matrix(text)
    svg = ET.fromstring(qr_svg(text, 'code "7K3M" & more'))
    size = len(matrix) + 2 * QUIET
    assert svg.attrib["viewBox"] == f"0 0 {size} {size}"
    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-label"] == 'code "7K3M" & more'
    assert "style" not in svg.attrib
    path = svg.find("{*}path").attrib["d"]
    drawn = [
        (int(x) + step, int(y))
        for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path)
        for step in range(int(width))
    ]
    dark = [
        (x + QUIET, y + QUIET)
        for y, row in enumerate(matrix)
        for x, module in enumerate(row)
        if module
    ]
    assert drawn == dark


def test_operators_cover_each_dark_module_once() -> None:
    matrix = qr_matrix(badge_url("https://fair.example.org", CODE))
    drawn = [
        (int(x) + step, int(y))
        for x, y, width in re.findall(r"(\d+) (\d+) (\d+) 1 re ", qr_operators(matrix))
        for step in range(int(width))
    ]
    dark = [(x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module]
    assert drawn == dark
