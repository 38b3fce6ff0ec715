"""The forms of groups, and of what a partner's list is narrowed to."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from jobfair.attendees.forms import named_choices
from jobfair.attendees.models import Household
from jobfair.attendees.words import STATE_NAMES
from jobfair.partners.queries import GroupSize
from jobfair.partners.service.people import Group
from jobfair.web.forms import BaseForm, LineField, PlainForm, needed
from jobfair.web.ids import row_id

GROUP_NAME_MOST = 80


class WantedForm(PlainForm):
    """What the list is narrowed to; sent by GET."""

    NAMES = ("text", "state", "group")

    text = StringField(_l("Name, code, telephone or e-mail"))
    state = SelectField(_l("State"), validate_choice=False)
    group = SelectField(_l("Group"), validate_choice=False)

    def __init__(self, groups: Sequence[GroupSize], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = SelectChoice("", _l("All"))
        self.state.choices = [everything, *named_choices(STATE_NAMES)]
        self.group.choices = [everything, *group_choices(groups)]


class GroupForm(BaseForm):
    """What a group is called, and whether it wishes to ride on one bus."""

    name = LineField(
        _l("Name of the group"),
        [needed(_l("Please write a name."))],
        limit=GROUP_NAME_MOST,
    )
    same_bus = BooleanField(
        _l("They want to ride on one bus"),
        description=_l("The organiser sees this wish and fulfils it where there is room."),
    )

    def said(self) -> Group:
        """Return name and wish, after `validate`."""
        return Group(self.name.data or "", bool(self.same_bus.data))


class MembersForm(BaseForm):
    """Which households are put into a group."""

    household = SelectMultipleField(_l("Who belongs to it?"), coerce=row_id)

    def __init__(self, households: Sequence[Household]) -> None:
        super().__init__()
        self.household.choices = [
            SelectChoice(one.id, one.people[0].latin_name) for one in households if one.people
        ]


class PutForm(BaseForm):
    """The group that a household belongs to, or none."""

    group = SelectField(_l("Group"))

    def __init__(self, groups: Sequence[GroupSize], group_id: int | None) -> None:
        super().__init__(data={"group": str(group_id or "")})
        self.group.choices = [SelectChoice("", _l("(none)")), *group_choices(groups)]

    @property
    def chosen(self) -> int | None:
        """Return the chosen group, after `validate`."""
        return row_id(self.group.data) if self.group.data else None


def group_choices(groups: Sequence[GroupSize]) -> list[Any]:
    """Return the groups by name."""
    return [SelectChoice(str(one.group.id), one.group.name) for one in groups]
