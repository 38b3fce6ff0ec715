"""Thin commands that call services: `flask jobfair …`."""

import click
from flask.cli import AppGroup

commands = AppGroup("jobfair", help="Run job fairs.")


def fail(message: str) -> click.ClickException:
    """Return the exception that ends a command with exit code 1 and one line."""
    return click.ClickException(message)
