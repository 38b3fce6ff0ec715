"""Every table that holds personal data has somebody who hands it out and forgets it."""

from flask import Flask

from jobfair.core.db import Base
from jobfair.privacy.registry import Subject, all_holders
from tests.conventions.source import modules

IMPERSONAL = {
    "audit_entry",  # ids and names of fields, never values
    "arrival_window",
    "bus_type",
    "call",
    "delay",
    "departure",
    "device",  # its name is emptied when its shift ends
    "door_item",  # a digest and codes
    "fair",
    "fair_text",
    "known_distinct",  # ids
    "partner",
    "partner_group",
    "posting",
    "road_table",
    "room",
    "shift",
    "shuttle_plan",  # counts of people at stops
    "shuttle_run",
    "shuttle_settings",
    "sponsor",
    "stand",
    "station",
    "stop",
    "wave",
}


def test_every_table_is_held_or_known_to_be_impersonal(app: Flask) -> None:
    held = {holder.table for holder in all_holders()}
    assert held | IMPERSONAL == set(Base.metadata.tables)
    assert held & IMPERSONAL == set()


def test_every_room_with_holders_is_registered(app: Flask) -> None:
    rooms = [m for m in modules() if m.path.name == "privacy.py"]
    declared = sum(1 for m in rooms for _call in m.calls("Holder"))
    assert len({(h.table, h.subject) for h in all_holders()}) == len(all_holders())
    assert len(all_holders()) >= declared


def test_every_mail_says_whose_it_is() -> None:
    faults = []
    for module in modules():
        for call in module.calls("queue_mail"):
            given = {keyword.arg for keyword in call.keywords}
            if not {"subject_kind", "subject_id"} <= given:
                faults.append(f"{module.name}:{call.lineno}")
    assert faults == []


def test_subjects_are_named_alike() -> None:
    assert {subject.value for subject in Subject} == {"household", "exhibitor", "user"}
