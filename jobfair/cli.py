"""Thin commands that call services: `flask jobfair …`."""

import re
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import wraps
from typing import ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import click
from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale
from sqlalchemy.exc import OperationalError, ProgrammingError

from config import Config
from jobfair.accounts import service as accounts
from jobfair.accounts.rules import EMAIL_MOST, NAME_MOST
from jobfair.accounts.service import Invitation
from jobfair.core import clock
from jobfair.core.actor import Actor, ActorKind, Grant, Role
from jobfair.core.errors import DomainError
from jobfair.core.languages import STAFF_LANGUAGES
from jobfair.core.text import clean_line
from jobfair.demo.accounts import keep_sign_ins, sign_ins
from jobfair.demo.rules import (
    ATTENDEES,
    ATTENDEES_MOST,
    EXHIBITORS,
    EXHIBITORS_MOST,
    SEED,
    DemoWish,
    calendar_for,
    slug_for,
)
from jobfair.demo.service import Demo, make_demo
from jobfair.fairs import queries, rules
from jobfair.fairs import service as fairs
from jobfair.fairs.fields import read_day
from jobfair.fairs.queries import find_fair
from jobfair.mail.bounces import SIZE_MOST, Outcome
from jobfair.mail.service import deliver_due, note_bounce
from jobfair.shuttle.commands import shuttle
from jobfair.web.problems import message_of

P = ParamSpec("P")
R = TypeVar("R")
COMMAND_LANGUAGE = "en"
OPENS, CLOSES = time(10), time(16)
OPERATOR = Actor(ActorKind.SYSTEM, grants=frozenset({Grant(Role.ORGANISER, None)}))
"""Who has a shell on the server."""
BOUNCE_REFUSALS = {
    Outcome.NO_REPORT: "Standard input is no delivery status notification (RFC 3464).",
    Outcome.NOT_OURS: "The notification names no mail that was sent to that recipient.",
}


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


class SlugType(click.ParamType[str]):
    """The address of a fair that is to be made."""

    name = "slug"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the address; end with wrong usage where it can't be one."""
        if not re.fullmatch(rules.SLUG_PATTERN, value):
            self.fail("An address looks like osnabrueck-2026.", param, ctx)
        return value


class DayType(click.ParamType[date]):
    """A day, written as in the forms."""

    name = "date"

    def convert(
        self, value: date | str, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day; end with wrong usage where it is none."""
        day = value if isinstance(value, date) else read_day(value)
        if day is None:
            self.fail("A day looks like 2026-12-10.", param, ctx)
        return day


class LineType(click.ParamType[str]):
    """A name on one line."""

    name = "text"

    def __init__(self, most: int) -> None:
        self.most = most

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the line, cleaned; end with wrong usage where nothing or too much is left."""
        line = clean_line(value, self.most + 1)
        if not 0 < len(line) <= self.most:
            self.fail(f"Please write 1 to {self.most} characters.", param, ctx)
        return line


commands = AppGroup("jobfair", help="Run job fairs.")
commands.add_command(shuttle)


@commands.command("demo")
@click.option("--fair", "slug", type=SlugType(), help="Address; by default osnabrueck-YEAR.")
@click.option(
    "--attendees", type=click.IntRange(1, ATTENDEES_MOST), default=ATTENDEES, show_default=True
)
@click.option(
    "--exhibitors", type=click.IntRange(1, EXHIBITORS_MOST), default=EXHIBITORS, show_default=True
)
@click.option("--seed", type=int, default=SEED, show_default=True)
@refusing
def demo(slug: str | None, attendees: int, exhibitors: int, seed: int) -> None:
    """Make a demo fair of invented people and print its address."""
    config: Config = current_app.config["JOBFAIR"]
    if config.production:
        raise fail("JOBFAIR_ENV=production: there are no demo data where real people's are")
    wish, now = DemoWish(slug, attendees, exhibitors, seed), clock.now()
    address = slug_for(wish, calendar_for(now))
    if find_fair(address) is not None:
        raise fail(f"fair {address} exists already")
    made = make_demo(
        wish, phone=config.operator_phone, email=config.operator_email, now=now, say=_say_progress
    )
    keep_sign_ins(config.data_dir)
    click.echo(_demo_in_words(made), err=True)
    click.echo(made.slug)


def _say_progress(step: str) -> None:
    """Show what is being made to whoever watches."""
    if sys.stderr.isatty():
        click.echo(f"  {step} …", err=True)


def _demo_in_words(made: Demo) -> str:
    """Return what was made, one line for each kind, and who can sign in."""
    return "\n".join(
        (
            f"fair {made.slug} with {made.capacity} places",
            f"{made.exhibitors} exhibitors with {made.postings} postings",
            f"{made.people} people in {made.households} households, {made.inside} inside",
            f"{made.departures} departures",
            f"{made.seated.riding} households riding, {made.seated.waiting} waiting for seats",
            sign_ins(),
        )
    )


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


@commands.group("outbox")
def outbox() -> None:
    """Mails that leave, and those that come back."""


@outbox.command("send")
@refusing
def send_mails() -> None:
    """Deliver what is due now and print how many mails left."""
    click.echo(deliver_due())


@outbox.command("bounce")
@refusing
def note_bounced() -> None:
    """Read a delivery status notification from standard input and mark the mail that came back.

    Prints "bounced", or "ignored" where the mail is only late.
    """
    outcome = note_bounce(sys.stdin.buffer.read(SIZE_MOST + 1), now=clock.now())
    if outcome in BOUNCE_REFUSALS:
        raise fail(BOUNCE_REFUSALS[outcome])
    click.echo("bounced" if outcome is Outcome.MARKED else "ignored")


@commands.group("fair")
def fair() -> None:
    """Fairs."""


@fair.command("add")
@click.argument("slug", type=SlugType())
@click.option("--name", type=LineType(rules.NAME_MOST), required=True)
@click.option("--date", "day", type=DayType(), required=True, help="For example 2026-12-10.")
@click.option("--place", type=LineType(rules.LINE_MOST), required=True, help="The venue.")
@refusing
def add_fair(slug: str, name: str, day: date, place: str) -> None:
    """Make a fair as a draft and print its address SLUG.

    It is from 10 to 16 o'clock and has no places, until an organiser says so in its settings.
    """
    zone = ZoneInfo(rules.TIME_ZONE)
    facts = rules.FairFacts(
        name=name,
        slug=slug,
        starts_at=datetime.combine(day, OPENS, zone).astimezone(UTC),
        ends_at=datetime.combine(day, CLOSES, zone).astimezone(UTC),
        venue=place,
        capacity=0,
    )
    click.echo(fairs.create_fair(facts, actor=OPERATOR, now=clock.now()).slug)


@fair.command("clone")
@click.argument("slug")
@click.option("--to", "new_slug", type=SlugType(), required=True, help="Address of the new fair.")
@click.option("--date", "day", type=DayType(), required=True, help="For example 2026-12-10.")
@refusing
def clone_fair(slug: str, new_slug: str, day: date) -> None:
    """Make a fair like the one at SLUG on another day, without its people; print its address."""
    earlier = queries.get_fair(fair_id_of(slug))
    facts = rules.copied_facts(earlier.facts, earlier.name, new_slug, day)
    made = fairs.copy_fair(earlier.id, facts, actor=OPERATOR, now=clock.now())
    click.echo(made.slug)
