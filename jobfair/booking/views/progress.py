"""Where a browser stands with its registration: the draft behind its cookie, and the steps."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from jobfair.booking.models import RegistrationDraft
from jobfair.booking.queries import find_draft
from jobfair.booking.rules import (
    DRAFT_KEPT,
    Step,
    Typed,
    first_open,
    step_after,
    step_before,
    steps_of,
)
from jobfair.booking.service import save_step
from jobfair.core import clock
from jobfair.fairs.models import Fair
from jobfair.shuttle.queries import has_shuttle
from jobfair.web.locale import current_language

COOKIE = "registration"
ENDPOINTS = {
    Step.WHO: "booking.register",
    Step.PLACE: "booking.place",
    Step.BUS: "booking.bus",
    Step.CONTACT: "booking.contact",
}


@dataclass(frozen=True)
class Progress:
    """The fair, its steps, and what this browser has typed so far."""

    fair: Fair
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
    def municipality(self) -> str:
        """Return where they live, as chosen."""
        return str(self.typed(Step.PLACE).get("municipality", ""))

    @property
    def household_id(self) -> int | None:
        """Return the household that the draft has become."""
        return self.draft.household_id if self.draft else None

    def typed(self, step: Step) -> Typed:
        """Return what was typed on a step that has one form."""
        typed: Typed = self.data.get(step.value, {})
        return typed

    def is_reached(self, step: Step) -> bool:
        """Tell whether all steps before this one are finished."""
        before = self.steps[: self.steps.index(step)]
        return all(earlier.value in self.data.get("done", ()) for earlier in before)

    def is_done(self, step: Step) -> bool:
        """Tell whether the step is finished."""
        return step.value in self.data.get("done", ())

    def address(self, step: Step) -> str:
        """Return the address of a step."""
        return url_for(ENDPOINTS[step])

    def lead_to_first_open(self) -> ResponseReturnValue:
        """Send the browser to where it has to go on."""
        return redirect(self.address(first_open(self.data.get("done", ()), self.steps)))

    def after(self, step: Step) -> Step:
        """Return the step that follows."""
        return step_after(step, self.steps)

    def before(self, step: Step) -> Step:
        """Return the step that leads here."""
        return step_before(step, self.steps)

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
            path=url_for(ENDPOINTS[Step.WHO]),
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response


def progress_at(fair: Fair) -> Progress:
    """Return how far this browser has come at that fair."""
    key = request.cookies.get(COOKIE)
    draft = find_draft(fair.id, key, clock.now()) if key else None
    return Progress(fair, steps_of(has_shuttle(fair.id)), key, draft)
