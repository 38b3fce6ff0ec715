"""Two plans beside each other: what the later one changes for those who ride."""

from dataclasses import dataclass
from functools import cached_property

from jobfair.shuttle.admin.plan_view import PlanView
from jobfair.shuttle.document import StopChange, WaveChange, changes
from jobfair.shuttle.rules import PlanState


@dataclass(frozen=True)
class Comparison:
    """A plan, and another that may come after it."""

    before: PlanView
    after: PlanView

    @cached_property
    def waves(self) -> list[WaveChange]:
        """Return by wave what changes for those who ride."""
        before, after = self.before, self.after
        return changes(before.plan, before.times, after.plan, after.times)

    def name_of(self, change: StopChange) -> str:
        """Return the name of the stop."""
        known = self.after if change.after else self.before
        return known.name_of(change.stop)


def compared(one: PlanView, other: PlanView) -> Comparison:
    """Return what changes from the published plan to the other, else from the older one."""
    before, after = sorted((one, other), key=lambda view: (not _is_published(view), view.row.id))
    return Comparison(before, after)


def _is_published(view: PlanView) -> bool:
    return view.row.state is PlanState.PUBLISHED
