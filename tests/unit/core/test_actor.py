"""Who may do what, and where."""

import pytest

from jobfair.core.actor import (
    GRANTED_BY,
    SYSTEM,
    VISITOR,
    Actor,
    ActorKind,
    Grant,
    Permission,
    Role,
)


def _actor(*grants: Grant) -> Actor:
    return Actor(ActorKind.USER, 1, frozenset(grants))


@pytest.mark.parametrize("permission", list(Permission))
def test_only_roles_give_permissions(permission: Permission) -> None:
    assert not VISITOR.may(permission)
    assert not SYSTEM.may(permission)
    assert GRANTED_BY[permission]


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gives_what_the_table_says(role: Role) -> None:
    given = {p for p in Permission if _actor(Grant(role, None)).may(p, 7)}
    assert given == {p for p, roles in GRANTED_BY.items() if role in roles}


def test_a_role_at_one_fair_counts_there_only() -> None:
    actor = _actor(Grant(Role.DOOR, 1), Grant(Role.ATTENDANT, 2))
    assert actor.may(Permission.CHECK_IN, 1)
    assert not actor.may(Permission.CHECK_IN, 2)
    assert actor.may(Permission.BOARD, 2)
    assert actor.may(Permission.CHECK_IN)


def test_a_role_everywhere_counts_at_every_fair() -> None:
    assert _actor(Grant(Role.ORGANISER, None)).may(Permission.ORGANISE, 4711)
