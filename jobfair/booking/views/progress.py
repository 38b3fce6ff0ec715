"""Where a browser stands with its registration: the draft behind its cookie, and the steps."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from jobfair.attendees.rules import AttendeeKind
from jobfair.booking.models import RegistrationDraft
from jobfair.booking.outlook import Outlook, outlooks_of
from jobfair.booking.queries import find_draft
from jobfair.booking.rules import (
    DRAFT_KEPT,
    Step,
    Typed,
    first_open,
    may_wait,
    registration_now,
    step_before,
    steps_of,
)
from jobfair.booking.service import save_step
from jobfair.core import clock
from jobfair.fairs.models import ArrivalWindow, Fair
from jobfair.fairs.queries import list_windows
from jobfair.fairs.rules import RegistrationState
from jobfair.shuttle.queries import has_shuttle
from jobfair.shuttle.rules import shuttle_answer_by
from jobfair.web.locale import current_language

COOKIE = "registration"


@dataclass(frozen=True)
class Progress:
    """The fair, its arrival windows and steps, and what this browser has typed so far."""

    fair: Fair
    windows: list[ArrivalWindow]
    steps: tuple[Step, ...]
    key: str | None
    draft: RegistrationDraft | None

    @property
    def data(self) -> dict[str, Any]:
        """Return what is kept, by step."""
        return self.draft.data if self.draft else {}

    @property
    def people(self) -> list[Typed]:
        """Return what was typed about each person."""
        people: list[Typed] = self.data.get(Step.WHO.value, [])
        return people

    @property
    def adults(self) -> list[Typed]:
        """Return what was typed about each adult."""
        return [one for one in self.people if one["kind"] != AttendeeKind.CHILD]

    @property
    def municipality(self) -> str:
        """Return where they live, as chosen."""
        return str(self.typed(Step.PLACE).get("municipality", ""))

    @property
    def window(self) -> ArrivalWindow | None:
        """Return the arrival window as chosen, if the fair still has it."""
        chosen = self.typed(Step.WHEN).get("window")
        return next((one for one in self.windows if str(one.id) == chosen), None)

    @property
    def household_id(self) -> int | None:
        """Return the household that the draft has become."""
        return self.draft.household_id if self.draft else None

    @cached_property
    def state(self) -> RegistrationState:
        """Return whether the fair takes registrations now."""
        fair = self.fair
        return registration_now(
            fair.phase, fair.registration_opens_at, fair.registration_closes_at, clock.now()
        )

    @property
    def only_waits(self) -> bool:
        """Tell whether nobody can register any more, but join the waiting list."""
        return may_wait(self.fair.phase, self.fair.starts_at, self.state, clock.now())

    @cached_property
    def outlooks(self) -> dict[int | None, Outlook]:
        """Return what the household can expect in each arrival window as things stand."""
        return outlooks_of(self.fair, self.windows, len(self.people), closed=self.only_waits)

    @property
    def outlook(self) -> Outlook:
        """Return what the household can expect in the window that it has chosen."""
        return self.outlooks[self.window.id if self.window else None]

    @property
    def done(self) -> set[str]:
        """Return the steps that are finished; one whose answer is gone has to be asked again."""
        done = set(self.data.get("done", ()))
        if self.window is None:
            done.discard(Step.WHEN.value)
        return done

    def typed(self, step: Step) -> Typed:
        """Return what was typed on a step that has one form."""
        typed: Typed = self.data.get(step.value, {})
        return typed

    def rows(self, step: Step) -> list[Typed]:
        """Return what was typed on a step that has a form for each person."""
        rows: list[Typed] = self.data.get(step.value, [])
        return rows

    def is_reached(self, step: Step) -> bool:
        """Tell whether all steps before this one are finished."""
        before = self.steps[: self.steps.index(step)]
        return all(earlier.value in self.done for earlier in before)

    def is_done(self, step: Step) -> bool:
        """Tell whether the step is finished."""
        return step.value in self.done

    def address(self, step: Step) -> str:
        """Return the address of a step."""
        if step is Step.WHO:
            return url_for("booking.register")
        if step is Step.SUMMARY:
            return url_for("booking.summary")
        return url_for("booking.step", name=step.value)

    def lead_to_first_open(self) -> ResponseReturnValue:
        """Send the browser to where it has to go on."""
        return redirect(self.address(first_open(self.done, self.steps)))

    def after(self, step: Step) -> str:
        """Return the address to go on at: what is still open, else the summary."""
        return self.address(first_open(self.done | {step.value}, self.steps))

    def before(self, step: Step) -> str:
        """Return the address of the step that leads here."""
        return self.address(step_before(step, self.steps))

    def keep(self, step: Step, typed: Any, target: str, *, done: bool) -> ResponseReturnValue:
        """Have the draft hold what was typed, and send the browser on."""
        return self.hold(redirect(target), step, typed, done=done)

    def hold(
        self, answer: ResponseReturnValue, step: Step, typed: Any, *, done: bool = False
    ) -> ResponseReturnValue:
        """Have the draft hold what was typed, and the browser the draft's key with the answer."""
        key = save_step(
            self.fair.id,
            self.key,
            step,
            typed,
            lang=current_language().code,
            done=done,
            now=clock.now(),
        )
        response = current_app.make_response(answer)
        response.set_cookie(
            COOKIE,
            key,
            max_age=int(DRAFT_KEPT.total_seconds()),
            path=url_for("booking.register"),
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response


def known_by(fair: Fair) -> datetime:
    """Return until when those who wait for a bus hear whether they have seats."""
    return shuttle_answer_by(fair.shuttle_decided_by, fair.starts_at)


def progress_at(fair: Fair) -> Progress:
    """Return how far this browser has come at that fair; read once in a request."""
    if "progress" not in g:
        key = request.cookies.get(COOKIE)
        draft = find_draft(fair.id, key, clock.now()) if key else None
        windows = list_windows(fair.id)
        steps = steps_of(windows=bool(windows), shuttle=has_shuttle(fair.id))
        g.progress = Progress(fair, windows, steps, key, draft)
    progress: Progress = g.progress
    return progress
