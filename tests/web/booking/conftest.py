"""A fair, its bus, and a browser that registers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import selectinload

from jobfair.core.db import session
from jobfair.fairs.models import Fair
from jobfair.shuttle.models import RideRequest, Stop
from jobfair.shuttle.rules import Direction
from tests.client import Page, PageClient
from tests.factories import FAIR_STARTS, make_departure, make_fair, make_stop

CONTACT = {"email": "", "phone": "", "lang": "ar"}
BRAMSCHE = "03459014"


def wish() -> RideRequest:
    """Return the only wish for the bus there is, with the stops that would do too."""
    query = sa.select(RideRequest).options(selectinload(RideRequest.alternatives))
    return session().scalars(query.execution_options(populate_existing=True)).one()


@pytest.fixture
def fair(app: Flask) -> Fair:
    return make_fair(slug="osnabrueck-2026", capacity=20)


@pytest.fixture
def other_fair(app: Flask) -> Fair:
    return make_fair(slug="bad-laer-2026")


@pytest.fixture
def bramsche(fair: Fair) -> Stop:
    """A stop with eight seats there, and eight on each of two ways back."""
    stop = make_stop(name="Bramsche, Bahnhof", note="Bussteig C", step_free=True)
    make_departure(fair, [stop], line=4, seats=8)
    for wave in (0, 1):
        make_departure(
            fair,
            [stop],
            line=4,
            seats=8,
            wave=wave,
            direction=Direction.BACK,
            fair_at=FAIR_STARTS + timedelta(hours=4 + wave),
        )
    return stop


@pytest.fixture
def who(page: PageClient) -> Callable[..., Page]:
    """Fill in the first step: the first name is an adult, the others are children."""

    def fill(*names: tuple[str, str], lang: str = "en") -> Page:
        page.get(f"/osnabrueck-2026/register?lang={lang}")
        for _ in names[1:]:
            page.submit(button="child")
        fields: dict[str, Any] = {}
        for place, (given, family) in enumerate(names):
            fields |= {f"people-{place}-given": given, f"people-{place}-family": family}
        return page.submit(fields=fields, button="next")

    return fill


@pytest.fixture
def to_summary(page: PageClient) -> Callable[..., Page]:
    """Say nothing about work and needs, then how the household is reached."""

    def walk(**contact: Any) -> Page:
        page.submit(button="next")
        page.submit(button="next")
        return page.submit(fields={**CONTACT, **contact}, button="next")

    return walk


@pytest.fixture
def register(
    page: PageClient, who: Callable[..., Page], to_summary: Callable[..., Page]
) -> Callable[..., Page]:
    """Walk through all steps of a fair without buses; return the household's own page."""

    def walk(
        *names: tuple[str, str], status: int = 200, consent: str | None = "y", **contact: Any
    ) -> Page:
        who(*names)
        page.submit(fields={"municipality": BRAMSCHE}, button="next")
        to_summary(**contact)
        return page.submit(fields={"consent": consent}, button="go", status=status)

    return walk
