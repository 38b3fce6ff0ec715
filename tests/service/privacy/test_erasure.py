"""What is forgotten, what stays, and what is handed out."""

import json
from collections.abc import Callable, Iterable

import pytest
from flask import Flask

from jobfair.accounts.models import User
from jobfair.attendees.models import Household
from jobfair.audit.models import AuditEntry
from jobfair.core.actor import SYSTEM
from jobfair.core.db import session, transaction
from jobfair.core.errors import NotFound
from jobfair.mail.models import OutboxMail
from jobfair.privacy import service
from jobfair.privacy.models import Consent
from jobfair.privacy.operations import record_consent
from tests.everything import (
    COLLEAGUE,
    COMMENT,
    CONTACT,
    FAMILY,
    PERSON,
    SAID,
    count_rows,
    dump,
    make_everything,
)
from tests.factories import NOW, make_consent, make_fair, make_household

Values = Iterable[object]


def _found(values: Values) -> list[object]:
    everywhere = dump()
    return [value for value in values if str(value) in everywhere]


def test_no_value_of_an_erased_household_is_left(app: Flask) -> None:
    made = make_everything()
    values = [*FAMILY.values(), *PERSON.values(), SAID, "Liebe Zoryana"]
    assert _found(values) == values
    service.erase_household(made.household_id, SYSTEM, NOW)
    assert _found(values) == []


def test_counts_stand_after_a_household_is_erased(app: Flask) -> None:
    made = make_everything()
    before = count_rows()
    service.erase_household(made.household_id, SYSTEM, NOW)
    changed = {name: n - before[name] for name, n in count_rows().items() if n != before[name]}
    assert changed == {"registration_draft": -1, "need": -1, "audit_entry": 1}
    household = session().get_one(Household, made.household_id)
    assert household.municipality == "03459014"
    assert household.state == "registered"
    assert household.erased_at == NOW


def test_no_value_of_an_erased_contact_is_left(app: Flask) -> None:
    made = make_everything()
    values = [*CONTACT.values(), COMMENT, "Guten Tag Quirin Quast"]
    assert _found(values) == values
    service.erase_exhibitor(made.exhibitor_id, SYSTEM, NOW)
    assert _found(values) == []


def test_no_value_of_an_erased_user_is_left_and_the_account_is_ended(app: Flask) -> None:
    made = make_everything()
    values = [*COLLEAGUE.values(), "Hallo Wiebke", "Firefox"]
    assert _found(values) == values
    service.erase_user(made.user_id, SYSTEM, NOW)
    assert _found(values) == []
    assert session().get_one(User, made.user_id).disabled_at == NOW


def test_others_keep_their_data(app: Flask) -> None:
    made = make_everything()
    other = make_household(make_fair())
    before = session().get_one(Household, other.id).email
    service.erase_household(made.household_id, SYSTEM, NOW)
    assert session().get_one(Household, other.id).email == before
    assert _found([*CONTACT.values(), *COLLEAGUE.values()]) != []


def test_a_mail_that_waits_never_leaves(app: Flask) -> None:
    made = make_everything()
    service.erase_household(made.household_id, SYSTEM, NOW)
    mail = session().query(OutboxMail).filter_by(subject_kind="household").one()
    assert (mail.recipient, mail.sent_at, mail.failed_at) == ("", None, NOW)


def test_erasing_is_on_record_and_can_be_repeated(app: Flask) -> None:
    made = make_everything()
    for _time in range(2):
        service.erase_household(made.household_id, SYSTEM, NOW)
    entries = session().query(AuditEntry).filter_by(action="household.erase").all()
    assert [entry.subject_id for entry in entries] == [made.household_id] * 2


@pytest.mark.parametrize(
    "erase", [service.erase_household, service.erase_exhibitor, service.erase_user]
)
def test_nobody_is_not_erased(app: Flask, erase: Callable[..., None]) -> None:
    with pytest.raises(NotFound):
        erase(4711, SYSTEM, NOW)
    assert sum(count_rows().values()) == 0


def test_export_holds_everything_that_erasing_forgets(app: Flask) -> None:
    made = make_everything()
    household = json.dumps(service.export_household(made.household_id), ensure_ascii=False)
    exhibitor = json.dumps(service.export_exhibitor(made.exhibitor_id), ensure_ascii=False)
    user = json.dumps(service.export_user(made.user_id), ensure_ascii=False)
    assert all(str(v) in household for v in (*FAMILY.values(), *PERSON.values(), SAID))
    assert all(value in exhibitor for value in (*CONTACT.values(), COMMENT))
    assert COLLEAGUE["email"] in user
    assert COLLEAGUE["password_hash"] not in user


def test_export_of_one_household_names_no_other(app: Flask) -> None:
    made = make_everything()
    make_household(make_fair(), email="other@family.example")
    exported = service.export_household(made.household_id)
    assert "other@family.example" not in json.dumps(exported)
    assert len(exported["attendee"]) == 1


def test_consent_is_recorded_once_for_a_version(app: Flask) -> None:
    make_consent("household", 1)
    with transaction():
        record_consent("household", 1, "registration", "1", "ar", now=NOW)
        record_consent("household", 1, "registration", "2", "ar", now=NOW)
    given = [(c.version, c.lang) for c in session().query(Consent).order_by(Consent.id)]
    assert given == [("1", "uk"), ("2", "ar")]
