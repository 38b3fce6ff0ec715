"""Thin commands that call services: `flask jobfair …`."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click
from email_validator import EmailNotValidError, validate_email
from flask.cli import AppGroup
from flask_babel import force_locale
from sqlalchemy.exc import OperationalError, ProgrammingError

from jobfair.accounts import service as accounts
from jobfair.accounts.rules import EMAIL_MOST, NAME_MOST
from jobfair.accounts.service import Invitation
from jobfair.core import clock
from jobfair.core.actor import Role
from jobfair.core.errors import DomainError
from jobfair.core.languages import STAFF_LANGUAGES
from jobfair.fairs.queries import find_fair
from jobfair.web.problems import message_of

P = ParamSpec("P")
R = TypeVar("R")
COMMAND_LANGUAGE = "en"


def refusing(function: Callable[P, R]) -> Callable[P, R]:
    """Have a refusal end the command: exit code 1, one line on standard error."""

    @wraps(function)
    def command(*args: P.args, **kwargs: P.kwargs) -> R:
        with force_locale(COMMAND_LANGUAGE):
            try:
                return function(*args, **kwargs)
            except DomainError as error:
                raise fail(message_of(error)) from None
            except (OperationalError, ProgrammingError):
                raise fail(
                    "The database does not answer or is not prepared: make migrate"
                ) from None

    return command


def fail(message: str) -> click.ClickException:
    """Return the exception that ends a command with exit code 1 and one line."""
    return click.ClickException(message)


def fair_id_of(slug: str) -> int:
    """Return the id of the fair of that slug; end the command where there is none."""
    fair = find_fair(slug)
    if fair is None:
        raise fail(f"There is no fair {slug!r}.")
    return fair.id


class EmailType(click.ParamType[str]):
    """An e-mail address, in lower case."""

    name = "email"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the address; end with wrong usage where it can't be one."""
        try:
            validate_email(value, check_deliverability=False)
        except EmailNotValidError as error:
            self.fail(str(error), param, ctx)
        if len(value) > EMAIL_MOST:
            self.fail("The address is too long.", param, ctx)
        return value.lower()


commands = AppGroup("jobfair", help="Run job fairs.")


@commands.group("user")
def user() -> None:
    """People who sign in."""


@user.command("add")
@click.argument("email", type=EmailType())
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--name", default="", help="Name; by default what stands before the @.")
@click.option("--fair", "slug", help="Slug of the fair; by default the role counts at all fairs.")
@click.option("--lang", type=click.Choice(STAFF_LANGUAGES), default="de", show_default=True)
@refusing
def add_user(email: str, role: str, name: str, slug: str | None, lang: str) -> None:
    """Give EMAIL a role and print a link that signs in once."""
    fair_id = fair_id_of(slug) if slug else None
    wish = Invitation(name[:NAME_MOST], email, Role(role), lang)
    click.echo(accounts.add_user(wish, fair_id, now=clock.now()))
