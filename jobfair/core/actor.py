"""Who acts, and what they may do: roles grant permissions at one fair or everywhere."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person who works is at a fair."""

    ORGANISER = "organiser"
    DOOR = "door"
    ATTENDANT = "attendant"
    EXHIBITOR = "exhibitor"
    PARTNER = "partner"


class Permission(StrEnum):
    """What an endpoint can require."""

    SIGNED_IN = "signed_in"
    MAKE_FAIRS = "make_fairs"
    ORGANISE = "organise"
    CHECK_IN = "check_in"
    BOARD = "board"
    EXHIBIT = "exhibit"
    HELP = "help"


GRANTED_BY: dict[Permission, frozenset[Role]] = {
    Permission.SIGNED_IN: frozenset(Role),
    Permission.MAKE_FAIRS: frozenset({Role.ORGANISER}),
    Permission.ORGANISE: frozenset({Role.ORGANISER}),
    Permission.CHECK_IN: frozenset({Role.ORGANISER, Role.DOOR}),
    Permission.BOARD: frozenset({Role.ORGANISER, Role.ATTENDANT}),
    Permission.EXHIBIT: frozenset({Role.EXHIBITOR}),
    Permission.HELP: frozenset({Role.PARTNER}),
}


class ActorKind(StrEnum):
    """How somebody is known to us."""

    USER = "user"
    LINK = "link"
    VISITOR = "visitor"
    SYSTEM = "system"
    DEVICE = "device"


@dataclass(frozen=True)
class Grant:
    """A role at one fair; `fair_id` None means at all of them."""

    role: Role
    fair_id: int | None


@dataclass(frozen=True)
class Actor:
    """The one on whose behalf a use case runs; `id` is a row id of its kind, if it has one."""

    kind: ActorKind
    id: int | None = None
    grants: frozenset[Grant] = field(default_factory=frozenset)

    def may(self, permission: Permission, fair_id: int | None = None) -> bool:
        """Tell whether a role grants this, at that fair where one is meant."""
        roles = GRANTED_BY[permission]
        return any(
            grant.role in roles and (fair_id is None or grant.fair_id in (None, fair_id))
            for grant in self.grants
        )


VISITOR = Actor(ActorKind.VISITOR)
SYSTEM = Actor(ActorKind.SYSTEM)
