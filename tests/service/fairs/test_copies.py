"""A copied fair is set up like the earlier one, and nobody is registered at it."""

from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from flask import Flask

from jobfair.accounts.models import Partner, PartnerMember, RoleGrant
from jobfair.accounts.rules import MemberKind, PartnerKind
from jobfair.core.actor import Role
from jobfair.core.db import session, transaction
from jobfair.fairs import queries, service
from jobfair.fairs.models import ArrivalWindow, Fair, Sponsor
from jobfair.fairs.rules import Phase, TextKey, copied_facts
from tests import factories as make

NOW = make.NOW
SPRING = date(2027, 4, 10)


def copied(earlier: Fair) -> Fair:
    user = make.make_user(Role.ORGANISER, earlier.id)
    actor = make.actor_of(user, Role.ORGANISER, earlier.id)
    facts = copied_facts(earlier.facts, "Again", "again-2027", SPRING)
    return service.copy_fair(earlier.id, facts, actor=actor, now=NOW)


def test_windows_are_at_the_same_time_of_the_clock_and_free(app: Flask) -> None:
    winter = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)  # 10 o'clock there
    earlier = make.make_fair(starts_at=winter, ends_at=winter + timedelta(hours=6))
    make.make_window(earlier, label="Bramsche", starts_at=winter, capacity=40, taken=7)
    fair = copied(earlier)
    windows = sa.select(ArrivalWindow).where(ArrivalWindow.fair_id == fair.id)
    window = session().scalars(windows).one()
    assert (window.label, window.capacity, window.taken) == ("Bramsche", 40, 0)
    assert window.starts_at == fair.starts_at == datetime(2027, 4, 10, 8, 0, tzinfo=UTC)
    assert window.ends_at - window.starts_at == timedelta(hours=1)


def test_rooms_hold_as_many_people(app: Flask) -> None:
    earlier = make.make_fair()
    make.make_room(earlier, name="Saal", capacity=120)
    make.make_room(earlier, name="Foyer")
    make.make_room(make.make_fair(), name="Foyer", capacity=7)
    fair = copied(earlier)
    rooms = queries.get_fair(fair.id).rooms
    assert {room.name: room.capacity for room in rooms} == {"Saal": 120, "Foyer": None}


def test_sponsors_keep_their_logos_and_order(app: Flask) -> None:
    earlier = make.make_fair()
    make.make_sponsor(earlier, name="Zweite", position=1, media_type="image/jpeg", logo=b"2")
    make.make_sponsor(earlier, name="Erste", position=0, logo=b"1")
    make.make_sponsor(make.make_fair(), name="Anderswo")
    fair = copied(earlier)
    columns = (Sponsor.name, Sponsor.media_type, Sponsor.logo)
    rows = sa.select(*columns).where(Sponsor.fair_id == fair.id).order_by(Sponsor.position)
    assert [tuple(row) for row in session().execute(rows)] == [
        ("Erste", "image/png", b"1"),
        ("Zweite", "image/jpeg", b"2"),
    ]


def test_partners_come_with_their_members_and_their_rights(app: Flask) -> None:
    earlier = make.make_fair()
    partner = make.make_partner(earlier, name="Caritas", kind=PartnerKind.MIGRATION_CENTRE)
    stays = make.make_member(partner, kind=MemberKind.COUNSELLOR)
    left = make.make_user()
    make.make_member(partner, left)
    with transaction() as current:
        current.merge(left).disabled_at = NOW
    make.make_household(earlier, partner_id=partner.id)
    fair = copied(earlier)
    copy = session().scalars(sa.select(Partner).where(Partner.fair_id == fair.id)).one()
    assert (copy.name, copy.kind) == ("Caritas", PartnerKind.MIGRATION_CENTRE)
    members = sa.select(PartnerMember).where(PartnerMember.fair_id == fair.id)
    member = session().scalars(members).one()
    kept = (member.partner_id, member.user_id, member.kind)
    assert kept == (copy.id, stays.user_id, MemberKind.COUNSELLOR)
    grants = sa.select(RoleGrant.user_id).where(
        RoleGrant.fair_id == fair.id, RoleGrant.role == Role.PARTNER
    )
    assert list(session().scalars(grants)) == [stays.user_id]


def test_settings_come_along_and_what_happened_does_not(app: Flask) -> None:
    earlier = make.make_fair(
        phase=Phase.CANCELLED,
        phone="0541 1",
        on_site_from=make.FAIR_STARTS + timedelta(hours=1),
        no_shows_released_at=NOW,
        postponed_from=NOW,
    )
    make.make_text(earlier, key=TextKey.NEWS, body="Die Messe fällt aus.")
    make.make_text(earlier, key=TextKey.FREE, body="Ja.")
    fair = copied(earlier)
    assert queries.own_texts(fair.id, "de") == {"free": "Ja."}
    assert (fair.phase, fair.phone) == (Phase.DRAFT, "0541 1")
    assert fair.on_site_from == fair.starts_at + timedelta(hours=1)
    assert (fair.no_shows_released_at, fair.postponed_from) == (None, None)
