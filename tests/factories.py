"""Makes rows for tests: valid with no arguments, each in a transaction of its own."""

from base64 import b64decode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any, TypeVar
from uuid import uuid4

from flask import Flask

from jobfair.accounts.models import (
    AccessRequest,
    OneUseLink,
    Partner,
    PartnerGroup,
    PartnerMember,
    RoleGrant,
    SignInSession,
    User,
)
from jobfair.accounts.rules import AccessState, LinkPurpose, MemberKind, PartnerKind
from jobfair.attendees.models import Attendee, BadgeCode, Household, KnownDistinct, Need
from jobfair.attendees.rules import AttendeeKind, AttendeeState, HouseholdState, NeedKind
from jobfair.booking.models import RegistrationDraft
from jobfair.checkin.hashes import shift_proof
from jobfair.checkin.models import Conflict, Device, DoorItem, Scan, Shift, Station
from jobfair.checkin.rules import (
    LET_IN,
    ConflictKind,
    DeviceDirection,
    DeviceKind,
    ItemKind,
    Outcome,
    StationKind,
)
from jobfair.checkin.rules import Direction as ScanDirection
from jobfair.core.actor import Actor, ActorKind, Grant, Role
from jobfair.core.codes import draw_code
from jobfair.core.db import Base, transaction
from jobfair.data.work import GermanLevel, Licence, WorkField
from jobfair.exhibitors.models import Exhibitor, Posting, Stand
from jobfair.exhibitors.rules import ExhibitorKind, ExhibitorState
from jobfair.fairs.models import ArrivalWindow, Fair, FairText, Room, Sponsor
from jobfair.fairs.rules import Phase, TextKey
from jobfair.feedback.models import FeedbackAnswer, FeedbackInvitation
from jobfair.feedback.rules import Again, Talks
from jobfair.mail.models import OutboxMail
from jobfair.partners.models import ImportList, ImportRow
from jobfair.places.models import Offer
from jobfair.places.rules import OfferKind, OfferState
from jobfair.privacy.models import Consent
from jobfair.shuttle.document import Document, write_document
from jobfair.shuttle.fleet import SettingsInput
from jobfair.shuttle.models import (
    BusAnswer,
    BusType,
    Call,
    Delay,
    Departure,
    Ride,
    RideAlternative,
    RideHold,
    RideRequest,
    RoadTable,
    ShuttlePlan,
    ShuttleRun,
    ShuttleSettings,
    Stop,
    Wave,
)
from jobfair.shuttle.rules import (
    DemandSource,
    Direction,
    PlanState,
    RequestState,
    Roads,
    RunKind,
    RunState,
    Ways,
)
from jobfair.shuttle.sightings import Answer
from jobfair.telling.models import Notice
from jobfair.telling.rules import Channel

NOW = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
FAIR_STARTS = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
HOME_AFTER = timedelta(hours=4)
PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC"
)
_number = count(1)
R = TypeVar("R", bound=Base)


def saved(row: R) -> R:
    """Commit the row."""
    with transaction() as current:
        current.add(row)
    return row


def _row(table: type[R], defaults: dict[str, Any], given: dict[str, Any]) -> R:
    return saved(table(**{**defaults, **given}))


def make_fair(**given: Any) -> Fair:
    """Make a fair whose registration is open."""
    n = next(_number)
    defaults = {
        "slug": f"fair-{n}",
        "name": f"#JobsForYou {n}",
        "phase": Phase.OPEN,
        "starts_at": FAIR_STARTS,
        "ends_at": FAIR_STARTS + timedelta(hours=6),
        "venue": "Kreishaus Osnabrück",
        "street": "Am Schölerberg 1",
        "postal_code": "49082",
        "city": "Osnabrück",
        "lat": 52.2536,
        "lon": 8.0694,
        "capacity": 500,
        "created_at": NOW,
    }
    return _row(Fair, defaults, given)


def make_room(fair: Fair, **given: Any) -> Room:
    """Make a room of the fair."""
    n = next(_number)
    return _row(Room, {"fair_id": fair.id, "name": f"Saal {n}", "position": n}, given)


def make_text(fair: Fair, **given: Any) -> FairText:
    """Make a text of the fair."""
    defaults = {"fair_id": fair.id, "key": TextKey.LEAD, "lang": "de", "body": "Kommen Sie!"}
    return _row(FairText, defaults, given)


def make_window(fair: Fair, **given: Any) -> ArrivalWindow:
    """Make an arrival window at the beginning of the fair."""
    n = next(_number)
    defaults = {
        "fair_id": fair.id,
        "starts_at": fair.starts_at,
        "ends_at": fair.starts_at + timedelta(hours=1),
        "label": f"Fenster {n}",
        "capacity": 100,
    }
    return _row(ArrivalWindow, defaults, given)


def make_sponsor(fair: Fair, **given: Any) -> Sponsor:
    """Make a sponsor with a logo."""
    defaults = {
        "fair_id": fair.id,
        "name": "Sparkasse Osnabrück",
        "media_type": "image/png",
        "logo": PIXEL,
    }
    return _row(Sponsor, defaults, given)


def make_partner(fair: Fair, **given: Any) -> Partner:
    """Make an organisation that helps people to come."""
    n = next(_number)
    defaults = {
        "fair_id": fair.id,
        "name": f"Flüchtlingshilfe {n}",
        "kind": PartnerKind.VOLUNTEERS,
        "created_at": NOW,
    }
    return _row(Partner, defaults, given)


def make_member(partner: Partner, user: User | None = None, **given: Any) -> PartnerMember:
    """Make a volunteer of the partner, a new user unless one is given, with the role."""
    user = user or make_user()
    grant(user, Role.PARTNER, partner.fair_id)
    defaults = {
        "fair_id": partner.fair_id,
        "partner_id": partner.id,
        "user_id": user.id,
        "kind": MemberKind.VOLUNTEER,
        "created_at": NOW,
    }
    return _row(PartnerMember, defaults, given)


def make_access_request(fair: Fair, **given: Any) -> AccessRequest:
    """Make somebody who asks to register people."""
    defaults = {
        "fair_id": fair.id,
        "name": "Frauke Freiwillig",
        "email": "frauke@help.example",
        "organisation": "Willkommen e. V.",
        "kind": MemberKind.VOLUNTEER,
        "lang": "de",
        "state": AccessState.ASKED,
        "created_at": NOW,
    }
    return _row(AccessRequest, defaults, given)


def make_group(partner: Partner, **given: Any) -> PartnerGroup:
    """Make a group of the partner's households."""
    n = next(_number)
    defaults = {"fair_id": partner.fair_id, "partner_id": partner.id, "name": f"Gruppe {n}"}
    return _row(PartnerGroup, defaults, given)


def make_import(fair: Fair, user: User, **given: Any) -> ImportList:
    """Make a list that was uploaded at the desk, without rows."""
    defaults = {
        "fair_id": fair.id,
        "user_id": user.id,
        "name": "liste.xlsx",
        "created_at": NOW,
        "updated_at": NOW,
    }
    return _row(ImportList, defaults, given)


def make_import_row(imported: ImportList, **given: Any) -> ImportRow:
    """Make a row of the list that is a draft."""
    n = next(_number)
    defaults = {"fair_id": imported.fair_id, "list_id": imported.id, "number": n}
    return _row(ImportRow, defaults, given)


def make_user(role: Role | None = None, fair_id: int | None = None, **given: Any) -> User:
    """Make a user, with the role at that fair or everywhere."""
    n = next(_number)
    defaults = {
        "email": f"user{n}@example.org",
        "name": f"Person {n}",
        "lang": "de",
        "created_at": NOW,
    }
    user = _row(User, defaults, given)
    if role is not None:
        grant(user, role, fair_id)
    return user


def grant(user: User, role: Role, fair_id: int | None = None) -> RoleGrant:
    """Give the user the role, at that fair or everywhere."""
    return saved(RoleGrant(user_id=user.id, role=role, fair_id=fair_id, created_at=NOW))


def actor_of(user: User, role: Role, fair_id: int | None = None) -> Actor:
    """Return the actor that such a user is."""
    return Actor(ActorKind.USER, user.id, frozenset({Grant(role, fair_id)}))


def signed_in(app: Flask, role: Role, fair_id: int | None = None) -> User:
    """Have every request come from a new user with that role, and return the user."""
    user = make_user(role, fair_id)
    actor = actor_of(user, role, fair_id)
    app.extensions["actor_provider"] = lambda: actor
    return user


def make_session(user: User, **given: Any) -> SignInSession:
    """Make a browser in which the user is signed in."""
    defaults = {
        "user_id": user.id,
        "key_hash": f"{next(_number):064x}",
        "device": "Firefox, Linux",
        "created_at": NOW,
        "seen_at": NOW,
    }
    return _row(SignInSession, defaults, given)


def make_one_use_link(user: User, **given: Any) -> OneUseLink:
    """Make an unused link that signs the user in."""
    defaults = {
        "user_id": user.id,
        "purpose": LinkPurpose.SIGN_IN,
        "key_hash": f"{next(_number):064x}",
        "created_at": NOW,
        "expires_at": NOW + timedelta(minutes=30),
    }
    return _row(OneUseLink, defaults, given)


def make_stand(fair: Fair, **given: Any) -> Stand:
    """Make a stand of the fair."""
    n = next(_number)
    return _row(Stand, {"fair_id": fair.id, "label": f"A{n}", "position": n}, given)


def make_exhibitor(fair: Fair, **given: Any) -> Exhibitor:
    """Make an approved exhibitor without a stand."""
    n = next(_number)
    defaults = {
        "fair_id": fair.id,
        "submission_key": f"exhibitor-{n}",
        "name": f"Betrieb {n} GmbH",
        "kind": ExhibitorKind.EMPLOYER,
        "branch": "Logistik",
        "place": "Bramsche",
        "contact_name": f"Frau {n}",
        "contact_email": f"betrieb{n}@example.org",
        "lang": "de",
        "state": ExhibitorState.APPROVED,
        "applied_at": NOW,
        "confirmed_at": NOW,
        "decided_at": NOW,
    }
    return _row(Exhibitor, defaults, given)


def make_posting(exhibitor: Exhibitor, **given: Any) -> Posting:
    """Make a vacancy of the exhibitor."""
    defaults = {
        "fair_id": exhibitor.fair_id,
        "exhibitor_id": exhibitor.id,
        "title": "Lagerhelfer (m/w/d)",
        "field": WorkField.LOGISTICS,
        "place": "Bramsche",
        "german_level": GermanLevel.A2,
        "licence": Licence.NONE,
    }
    return _row(Posting, defaults, given)


def make_household(fair: Fair, adults: int = 2, children: int = 1, **given: Any) -> Household:
    """Make a registered household with its people, counted at the fair, each with a badge code."""
    n = next(_number)
    defaults = {
        "fair_id": fair.id,
        "submission_key": f"household-{n}",
        "state": HouseholdState.REGISTERED,
        "lang": "uk",
        "municipality": "03459014",
        "email": f"family{n}@example.org",
        "phone": "0151 2345678",
        "registered_at": NOW,
    }
    if given.get("state") is HouseholdState.WAITLISTED:
        defaults["waiting_since"] = NOW
    household = _row(Household, defaults, given)
    kinds = [AttendeeKind.ADULT] * adults + [AttendeeKind.CHILD] * children
    for position, kind in enumerate(kinds):
        make_attendee(household, position=position, kind=kind)
    if household.state is HouseholdState.REGISTERED:
        _count_places(household, len(kinds))
    return household


def _count_places(household: Household, people: int) -> None:
    with transaction() as current:
        current.get_one(Fair, household.fair_id).places_taken += people
        if household.window_id is not None:
            current.get_one(ArrivalWindow, household.window_id).taken += people


def make_attendee(household: Household, **given: Any) -> Attendee:
    """Make a person of the household with an issued badge code; counts no place."""
    n = next(_number)
    adult = given.get("kind", AttendeeKind.ADULT) is AttendeeKind.ADULT
    defaults = {
        "fair_id": household.fair_id,
        "household_id": household.id,
        "position": n,
        "kind": AttendeeKind.ADULT,
        "state": AttendeeState.REGISTERED,
        "given_name": f"Olena{n}",
        "family_name": f"Kovalenko{n}",
        "own_given_name": "Олена",
        "own_family_name": "Коваленко",
        "name_key": f"olena{n} kovalenko{n}",
        "birth_year": 1988 if adult else None,
    }
    person = _row(Attendee, defaults, given)
    make_code(person.fair_id, attendee_id=person.id, issued_at=NOW)
    return person


def make_need(person: Attendee, **given: Any) -> Need:
    """Make a need of the person."""
    defaults = {
        "fair_id": person.fair_id,
        "attendee_id": person.id,
        "kind": NeedKind.WHEELCHAIR,
    }
    return _row(Need, defaults, given)


def make_distinct(first: Attendee, second: Attendee) -> KnownDistinct:
    """Make two people known as two."""
    low, high = sorted((first.id, second.id))
    return saved(KnownDistinct(fair_id=first.fair_id, first_id=low, second_id=high))


def make_offer(household: Household, **given: Any) -> Offer:
    """Make an open offer of places that nobody was told of yet; counts no place."""
    defaults = {
        "fair_id": household.fair_id,
        "household_id": household.id,
        "kind": OfferKind.PLACES,
        "state": OfferState.OPEN,
        "people": 3,
        "made_at": NOW,
    }
    return _row(Offer, defaults, given)


def make_notice(household: Household, **given: Any) -> Notice:
    """Make something that somebody has to tell the household."""
    defaults = {
        "fair_id": household.fair_id,
        "household_id": household.id,
        "kind": "confirmation",
        "channel": Channel.PERSON,
        "lang": "uk",
        "text": "Ви зареєстровані.",
        "german": "Sie sind angemeldet.",
        "created_at": NOW,
    }
    return _row(Notice, defaults, given)


def make_code(fair_id: int, **given: Any) -> BadgeCode:
    """Make a badge code of the fair's pool."""
    return _row(BadgeCode, {"code": draw_code(), "fair_id": fair_id}, given)


def make_draft(fair: Fair, **given: Any) -> RegistrationDraft:
    """Make a registration that is being filled in."""
    defaults = {
        "fair_id": fair.id,
        "key_hash": f"{next(_number):064x}",
        "lang": "uk",
        "data": {},
        "created_at": NOW,
        "updated_at": NOW,
    }
    return _row(RegistrationDraft, defaults, given)


def make_scan(person: Attendee, badge: str, **given: Any) -> Scan:
    """Make an admitted scan of the person's badge; it passed where it says admitted or out."""
    outcome, direction = given.get("outcome", Outcome.ADMITTED), given.get("direction")
    defaults = {
        "id": uuid4(),
        "fair_id": person.fair_id,
        "attendee_id": person.id,
        "badge": badge,
        "station": "Haupteingang",
        "direction": ScanDirection.IN,
        "outcome": Outcome.ADMITTED,
        "passed": outcome in LET_IN or direction is ScanDirection.OUT,
        "device_at": NOW,
        "scanned_at": NOW,
        "received_at": NOW,
        "counts": True,
    }
    return _row(Scan, defaults, given)


def make_station(fair: Fair, **given: Any) -> Station:
    """Make an entrance of the house."""
    n = next(_number)
    defaults = {"fair_id": fair.id, "name": f"Eingang {n}", "kind": StationKind.ENTRANCE}
    return _row(Station, defaults, given)


def make_shift(fair: Fair, **given: Any) -> Shift:
    """Make a shift that is under way until three hours after the fair."""
    salt, code = "5a" * 16, "ABCDE23456"
    defaults = {
        "fair_id": fair.id,
        "code": code,
        "proof": shift_proof(code, bytes.fromhex(salt)),
        "salt": salt,
        "samples": ["SAMPLE000001", "SAMPLE000002", "SAMPLE000003"],
        "phone": "0541 501 0",
        "made_at": NOW - timedelta(days=400),
        "ends_at": fair.ends_at + timedelta(hours=3),
    }
    return _row(Shift, defaults, given)


def make_device(shift: Shift, station: Station | None = None, **given: Any) -> Device:
    """Make a paired device with the token that `token_of` tells."""
    name = f"Handy {next(_number)}"
    defaults = {
        "fair_id": shift.fair_id,
        "shift_id": shift.id,
        "station_id": station.id if station else None,
        "name": name,
        "kind": DeviceKind.STEWARD,
        "direction": DeviceDirection.BOTH,
        "token_hash": sha256(f"token of {name}".encode()).hexdigest(),
        "pairing_until": NOW,
        "made_at": NOW,
        "paired_at": NOW,
    }
    return _row(Device, defaults, given)


def token_of(device: Device) -> str:
    """Return the token with which a device of `make_device` calls."""
    return f"token of {device.name}"


def make_conflict(scan: Scan, other: Scan | None = None, **given: Any) -> Conflict:
    """Make an open conflict about that scan."""
    defaults = {
        "fair_id": scan.fair_id,
        "kind": ConflictKind.DOUBLE_ADMISSION,
        "scan_id": scan.id,
        "other_id": other.id if other else None,
        "made_at": NOW,
    }
    return _row(Conflict, defaults, given)


def make_door_item(device: Device, **given: Any) -> DoorItem:
    """Make an action that was answered."""
    defaults = {
        "id": uuid4(),
        "fair_id": device.fair_id,
        "device_id": device.id,
        "kind": ItemKind.UNDO,
        "digest": "0" * 64,
        "answer": {"error": None},
        "received_at": NOW,
    }
    return _row(DoorItem, defaults, given)


def make_stop(**given: Any) -> Stop:
    """Make a bus stop in Bramsche."""
    n = next(_number)
    defaults = {"municipality": "03459014", "name": f"Bahnhof {n}", "lat": 52.41, "lon": 7.97}
    return _row(Stop, defaults, given)


def make_departure(fair: Fair, stops: list[Stop], **given: Any) -> Departure:
    """Make a bus that calls at the stops, ten minutes apart; outbound unless said otherwise.

    Without a time it is at the fair when that starts, or leaves for home hours later.
    """
    direction = given.get("direction", Direction.OUT)
    defaults = {
        "fair_id": fair.id,
        "direction": direction,
        "line": next(_number),
        "seats": 50,
        "fair_at": FAIR_STARTS if direction is Direction.OUT else FAIR_STARTS + HOME_AFTER,
    }
    departure = _row(Departure, defaults, given)
    out = departure.direction is Direction.OUT
    for position, stop in enumerate(stops):
        minutes = 10 * (len(stops) - position if out else position + 1)
        at = departure.fair_at + timedelta(minutes=-minutes if out else minutes)
        saved(
            Call(
                fair_id=fair.id,
                departure_id=departure.id,
                stop_id=stop.id,
                position=position,
                at=at,
            )
        )
    return departure


def make_request(household: Household, stop: Stop, **given: Any) -> RideRequest:
    """Make the household's waiting wish to ride both ways; takes no seats."""
    defaults = {
        "fair_id": household.fair_id,
        "household_id": household.id,
        "ways": Ways.BOTH,
        "stop_id": stop.id,
        "out_wave": None if given.get("ways") is Ways.BACK else 0,
        "back_wave": None if given.get("ways") is Ways.OUT else 0,
        "flexibility": 20,
        "people": 3,
        "state": RequestState.WAITING,
        "requested_at": NOW,
    }
    return _row(RideRequest, defaults, given)


def make_ride(request: RideRequest, departure: Departure, **given: Any) -> Ride:
    """Make the request's seats on the departure, and count them there."""
    defaults = {
        "fair_id": request.fair_id,
        "request_id": request.id,
        "departure_id": departure.id,
        "stop_id": request.stop_id,
        "direction": departure.direction,
        "people": request.people,
        "wheelchairs": request.wheelchairs,
    }
    ride = _row(Ride, defaults, given)
    with transaction() as current:
        counted = current.get_one(Departure, departure.id)
        counted.taken += ride.people - ride.wheelchairs
        counted.wheelchairs_taken += ride.wheelchairs
    return ride


def make_alternative(request: RideRequest, stop: Stop, **given: Any) -> RideAlternative:
    """Make another stop do for the request."""
    defaults = {"fair_id": request.fair_id, "request_id": request.id}
    return _row(RideAlternative, defaults | {"stop_id": stop.id, "position": 0}, given)


def make_hold(offer: Offer, departure: Departure, stop: Stop, **given: Any) -> RideHold:
    """Make the offer hold seats on the departure, and count them there."""
    defaults = {
        "fair_id": offer.fair_id,
        "offer_id": offer.id,
        "departure_id": departure.id,
        "stop_id": stop.id,
        "direction": departure.direction,
        "people": offer.people,
    }
    hold = _row(RideHold, defaults, given)
    with transaction() as current:
        current.get_one(Departure, departure.id).taken += hold.people
    return hold


def make_delay(departure: Departure, **given: Any) -> Delay:
    """Make the bus five minutes late from its first stop on."""
    defaults = {"id": uuid4(), "fair_id": departure.fair_id, "departure_id": departure.id}
    return _row(Delay, defaults | {"minutes": 5, "position": 0, "made_at": NOW}, given)


def make_bus_answer(departure: Departure, person: Attendee, **given: Any) -> BusAnswer:
    """Make the person known to go home otherwise."""
    defaults = {
        "id": uuid4(),
        "fair_id": departure.fair_id,
        "departure_id": departure.id,
        "attendee_id": person.id,
        "answer": Answer.OTHERWISE,
        "made_at": NOW,
    }
    return _row(BusAnswer, defaults, given)


def make_bus_type(fair: Fair, **given: Any) -> BusType:
    """Make seven coaches of fifty seats and two wheelchair places available."""
    defaults = {"fair_id": fair.id, "name": f"Reisebus {next(_number)}", "seats": 50}
    return _row(BusType, defaults | {"wheelchairs": 2, "count": 7, "cost_cents": 45000}, given)


def make_wave(fair: Fair, **given: Any) -> Wave:
    """Make buses arrive at the fair's beginning and leave three hours later."""
    defaults = {"fair_id": fair.id, "number": 0, "arrives_at": FAIR_STARTS}
    return _row(Wave, defaults | {"returns_at": FAIR_STARTS + timedelta(hours=3)}, given)


def make_shuttle_settings(fair: Fair, **given: Any) -> ShuttleSettings:
    """Make the fair have the usual settings of its shuttle."""
    return _row(ShuttleSettings, {"fair_id": fair.id}, given)


def make_plan(fair: Fair, **given: Any) -> ShuttlePlan:
    """Make a draft of a plan without waves."""
    empty = Document((52.25, 8.07), (), (), (), SettingsInput())
    defaults = {
        "fair_id": fair.id,
        "source": DemandSource.REQUESTS,
        "state": PlanState.DRAFT,
        "roads": Roads.DIRECT,
        "document": write_document(empty),
        "made_at": NOW,
    }
    return _row(ShuttlePlan, defaults, given)


def make_run(fair: Fair, **given: Any) -> ShuttleRun:
    """Make a run of the planner that was asked for and has not begun."""
    defaults = {
        "fair_id": fair.id,
        "kind": RunKind.PLAN,
        "state": RunState.QUEUED,
        "wish": {},
        "progress": {},
        "asked_at": NOW,
    }
    return _row(ShuttleRun, defaults, given)


def make_road_table(fair: Fair, **given: Any) -> RoadTable:
    """Make road times between two places be known."""
    defaults = {"fair_id": fair.id, "digest": f"{next(_number):064}", "fetched_at": NOW}
    return _row(RoadTable, defaults | {"times": {"seconds": [[0, 60], [60, 0]]}}, given)


def make_invitation(exhibitor: Exhibitor, **given: Any) -> FeedbackInvitation:
    """Make the question to the exhibitor."""
    defaults = {
        "fair_id": exhibitor.fair_id,
        "exhibitor_id": exhibitor.id,
        "sent_at": NOW,
        "answer_until": NOW + timedelta(days=14),
    }
    return _row(FeedbackInvitation, defaults, given)


def make_answer(invitation: FeedbackInvitation, **given: Any) -> FeedbackAnswer:
    """Make the exhibitor's answer."""
    defaults = {
        "invitation_id": invitation.id,
        "fair_id": invitation.fair_id,
        "talks": Talks.SOME,
        "hires": 2,
        "fit": 4,
        "again": Again.YES,
        "answered_at": NOW,
    }
    return _row(FeedbackAnswer, defaults, given)


def make_mail(**given: Any) -> OutboxMail:
    """Make a mail that is due."""
    defaults = {
        "kind": "confirmation",
        "lang": "de",
        "recipient": "family@example.org",
        "subject": "Angemeldet",
        "text": "Sie sind angemeldet.",
        "html": "<p>Sie sind angemeldet.</p>",
        "created_at": NOW,
        "not_before": NOW,
    }
    return _row(OutboxMail, defaults, given)


def make_consent(subject_kind: str, subject_id: int, **given: Any) -> Consent:
    """Make a consent to the processing of a registration."""
    defaults = {
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "text": "registration",
        "version": "1",
        "lang": "uk",
        "given_at": NOW,
    }
    return _row(Consent, defaults, given)
