"""Phases, registration, web addresses: decisions without a database."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.fairs.rules import (
    NEXT_PHASES,
    PAGE_TEXTS,
    SLUG_PATTERN,
    FairFacts,
    Phase,
    RegistrationState,
    Window,
    opening_fault,
    registration_state,
)
from jobfair.fairs.slugs import propose_slug
from jobfair.fairs.words import OURS, PHASES, moves_from

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
FACTS = FairFacts("Fair", "fair-2026", NOW + 9 * HOUR, NOW + 12 * HOUR, "Kreishaus", 500)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("#JobsForYou Osnabrück", "jobsforyou-osnabrueck-2026"),
        ("Jobmesse 2026", "jobmesse-2026"),
        ("Große Ärztemesse", "grosse-aerztemesse-2026"),
        ("Ярмарок", "iarmarok-2026"),
    ],
)
def test_a_web_address_is_proposed_from_the_name(name: str, slug: str) -> None:
    assert propose_slug(name, 2026) == slug


@given(st.text(min_size=1, max_size=120).filter(lambda text: any(c.isalpha() for c in text)))
def test_every_proposal_is_a_web_address(name: str) -> None:
    assert re.fullmatch(SLUG_PATTERN, propose_slug(name, 2026))


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        (FACTS, None),
        (replace(FACTS, capacity=0), "open_without_places"),
        (replace(FACTS, ends_at=NOW), "open_after_end"),
        (replace(FACTS, registration_closes_at=NOW), "open_after_window"),
        (replace(FACTS, registration_closes_at=NOW + HOUR), None),
    ],
)
def test_registration_opens_only_where_somebody_can_register(
    facts: FairFacts, fault: str | None
) -> None:
    assert opening_fault(facts, NOW) == fault


@pytest.mark.parametrize(
    ("phase", "window", "state"),
    [
        (Phase.DRAFT, Window(None, None), RegistrationState.NOT_YET),
        (Phase.OPEN, Window(None, None), RegistrationState.OPEN),
        (Phase.OPEN, Window(NOW + HOUR, None), RegistrationState.NOT_YET),
        (Phase.OPEN, Window(NOW, NOW + HOUR), RegistrationState.OPEN),
        (Phase.OPEN, Window(None, NOW), RegistrationState.CLOSED),
        (Phase.CLOSED, Window(None, None), RegistrationState.CLOSED),
        (Phase.RUNNING, Window(None, None), RegistrationState.CLOSED),
        (Phase.OVER, Window(None, None), RegistrationState.CLOSED),
    ],
)
def test_registration_is_open_in_its_phase_and_window(
    phase: Phase, window: Window, state: RegistrationState
) -> None:
    assert registration_state(phase, window, NOW) is state


def test_every_phase_step_and_text_has_words() -> None:
    assert set(PHASES) == set(Phase)
    assert set(OURS) == set(PAGE_TEXTS)
    for phase in Phase:
        assert [move.to for move in moves_from(phase)] == list(NEXT_PHASES[phase])
