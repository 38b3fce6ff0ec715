"""The one transaction: all or nothing, and what it forbids."""

from flask import Flask

from tests.factories import make_fair


def test_rows_are_kept(app: Flask) -> None:
    assert make_fair().id == 1


def test_every_test_begins_empty(app: Flask) -> None:
    assert make_fair().id == 1
