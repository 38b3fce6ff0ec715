"""The composition root: which rooms there are and how they are joined."""

from collections.abc import Callable

from flask import Flask

from jobfair.accounts import admin as accounts_admin
from jobfair.accounts import messages as accounts_messages
from jobfair.accounts import models as _accounts
from jobfair.accounts import own as accounts
from jobfair.accounts import privacy as accounts_privacy
from jobfair.accounts.identity import init_accounts
from jobfair.api import init_api
from jobfair.attendees import admin as attendees_admin
from jobfair.attendees import handlers as attendees_handlers
from jobfair.attendees import messages as attendees_messages
from jobfair.attendees import models as _attendees
from jobfair.attendees import privacy as attendees_privacy
from jobfair.attendees.admin import duplicates as attendees_duplicates
from jobfair.attendees.events import (
    HouseholdCancelled,
    HouseholdChanged,
    LinkRenewed,
    PersonAdded,
    PersonCancelled,
)
from jobfair.attendees.ports import Ports as AttendeesPorts
from jobfair.attendees.ports import init_attendees
from jobfair.audit import models as _audit
from jobfair.booking import attachments as booking_attachments
from jobfair.booking import handlers as booking_handlers
from jobfair.booking import messages as booking_messages
from jobfair.booking import models as _booking
from jobfair.booking import privacy as booking_privacy
from jobfair.booking import views as booking
from jobfair.booking.service.changes import fit_wheelchairs
from jobfair.booking.service.rounds import NEWS_JOB, remind, tell_news
from jobfair.checkin import admin as door_desk
from jobfair.checkin import handlers as checkin_handlers
from jobfair.checkin import messages as checkin_messages
from jobfair.checkin import models as _checkin
from jobfair.checkin import privacy as checkin_privacy
from jobfair.checkin import shell as checkin
from jobfair.checkin.service import init_checkin
from jobfair.checkin.service.devices import end_due_shifts
from jobfair.checkin.service.no_shows import release_no_shows
from jobfair.core import clock
from jobfair.core.events import subscribe
from jobfair.desk import views as desk
from jobfair.desk.navigation import init_desk
from jobfair.exhibitors import admin as exhibitors_admin
from jobfair.exhibitors import handlers as exhibitors_handlers
from jobfair.exhibitors import messages as exhibitors_messages
from jobfair.exhibitors import models as _exhibitors
from jobfair.exhibitors import own as exhibitors
from jobfair.exhibitors import privacy as exhibitors_privacy
from jobfair.fairs import admin as fairs_admin
from jobfair.fairs import context as fair_context
from jobfair.fairs import messages as fairs_messages
from jobfair.fairs import views as fairs
from jobfair.fairs.events import (
    CapacityChanged,
    FairCancelled,
    FairCopied,
    FairMade,
    FairMoved,
    FairPostponed,
    WindowsChanged,
)
from jobfair.feedback import admin as feedback_admin
from jobfair.feedback import messages as feedback_messages
from jobfair.feedback import models as _feedback
from jobfair.feedback import privacy as feedback_privacy
from jobfair.feedback import views as feedback
from jobfair.jobs.runner import Job, init_jobs
from jobfair.mail import models as _mail
from jobfair.mail.delivery import init_attachments
from jobfair.mail.events import MailBounced, MailDelivered, MailFailed
from jobfair.mail.operations import JOB as OUTBOX_JOB
from jobfair.mail.service import deliver_due
from jobfair.partners import handlers as partners_handlers
from jobfair.partners import import_words as partners_lists
from jobfair.partners import messages as partners_messages
from jobfair.partners import models as _partners
from jobfair.partners import privacy as partners_privacy
from jobfair.partners import views as partners
from jobfair.places import admin as places_desk
from jobfair.places import handlers as places_handlers
from jobfair.places import messages as places_messages
from jobfair.places import models as _places
from jobfair.places import offers as places_offers
from jobfair.places import privacy as places_privacy
from jobfair.places.events import OfferExpired, OfferMade, PlacesFound
from jobfair.places.operations import change_window
from jobfair.places.queries import place_in_line
from jobfair.places.service import expire_offers
from jobfair.privacy import models as _privacy
from jobfair.privacy import privacy as own_privacy
from jobfair.privacy.registry import init_privacy
from jobfair.privacy.rules import NOTICE_VERSION
from jobfair.privacy.service import run_retention
from jobfair.publicity import admin as publicity_admin
from jobfair.publicity import messages as publicity_messages
from jobfair.publicity import views as publicity
from jobfair.publicity.sharing import init_publicity
from jobfair.shuttle import admin as shuttle_admin
from jobfair.shuttle import handlers as shuttle_handlers
from jobfair.shuttle import messages as shuttle_messages
from jobfair.shuttle import models as _shuttle
from jobfair.shuttle import operations as shuttle_operations
from jobfair.shuttle import privacy as shuttle_privacy
from jobfair.shuttle import views as shuttle
from jobfair.shuttle.boarding import Buses
from jobfair.shuttle.queries import has_shuttle, households_riding
from jobfair.shuttle.service.performing import run_shuttle
from jobfair.shuttle.service.rounds import allocate_nightly, fix_lists
from jobfair.shuttle.service.runs import JOB as SHUTTLE_JOB
from jobfair.shuttle.today import admin as shuttle_day
from jobfair.telling import admin as telling_admin
from jobfair.telling import handlers as telling_handlers
from jobfair.telling import models as _telling
from jobfair.telling import privacy as telling_privacy
from jobfair.telling.events import HouseholdNotTold, HouseholdTold
from jobfair.web import pages
from jobfair.web.problems import register_messages

MODELS = (
    _accounts,
    _attendees,
    _audit,
    _booking,
    _checkin,
    _exhibitors,
    _feedback,
    _mail,
    _partners,
    _places,
    _privacy,
    _shuttle,
    _telling,
)


def wire(app: Flask) -> None:
    """Join the rooms: pages, messages, events, ports, jobs."""
    _ports(app)
    _pages(app)
    _messages()
    _events()
    _jobs(app)
    init_api(app)


def _ports(app: Flask) -> None:
    init_accounts(app)
    fair_context.init_fair_context(app)
    init_desk(app)
    init_publicity(app)
    app.jinja_env.globals["notice_version"] = NOTICE_VERSION
    init_checkin(app, Buses())
    places_offers.KEEPERS.update(shuttle_operations.KEEPERS)
    init_attendees(
        app,
        AttendeesPorts(
            change_window, has_shuttle, households_riding, fit_wheelchairs, place_in_line
        ),
    )
    init_attachments(app, booking_attachments.PROVIDERS)
    _holders(app)


def _holders(app: Flask) -> None:
    init_privacy(
        app,
        accounts_privacy.HOLDERS,
        attendees_privacy.HOLDERS,
        booking_privacy.HOLDERS,
        checkin_privacy.HOLDERS,
        exhibitors_privacy.HOLDERS,
        feedback_privacy.HOLDERS,
        own_privacy.HOLDERS,
        partners_privacy.HOLDERS,
        places_privacy.HOLDERS,
        shuttle_privacy.HOLDERS,
        telling_privacy.HOLDERS,
    )


def _pages(app: Flask) -> None:
    for blueprint in (
        accounts.blueprint,
        accounts_admin.blueprint,
        attendees_admin.blueprint,
        attendees_duplicates.blueprint,
        booking.blueprint,
        checkin.blueprint,
        door_desk.blueprint,
        door_desk.pairing,
        desk.blueprint,
        desk.news.blueprint,
        exhibitors.blueprint,
        exhibitors_admin.blueprint,
        fairs.blueprint,
        fairs_admin.blueprint,
        feedback.blueprint,
        feedback_admin.blueprint,
        pages.blueprint,
        places_desk.blueprint,
        partners.entrance,
        partners.organisations,
        partners.partner,
        partners.partners_desk,
        publicity.blueprint,
        publicity_admin.blueprint,
        shuttle.blueprint,
        *shuttle_admin.BLUEPRINTS,
        shuttle_day.blueprint,
        telling_admin.blueprint,
    ):
        app.register_blueprint(blueprint)


def _messages() -> None:
    for messages in (
        accounts_messages.MESSAGES,
        attendees_messages.MESSAGES,
        booking_messages.MESSAGES,
        checkin_messages.MESSAGES,
        exhibitors_messages.MESSAGES,
        fairs_messages.MESSAGES,
        feedback_messages.MESSAGES,
        places_messages.MESSAGES,
        partners_lists.MESSAGES,
        partners_messages.MESSAGES,
        publicity_messages.MESSAGES,
        shuttle_messages.MESSAGES,
    ):
        register_messages(messages)


def _events() -> None:
    subscribe(FairMade, attendees_handlers.on_fair_made)
    subscribe(FairMade, checkin_handlers.on_fair_made)
    subscribe(CapacityChanged, attendees_handlers.on_capacity_changed)
    subscribe(HouseholdCancelled, shuttle_handlers.on_household_cancelled)
    subscribe(FairCopied, checkin_handlers.on_fair_copied)
    subscribe(FairCopied, exhibitors_handlers.on_fair_copied)
    subscribe(FairCopied, partners_handlers.on_fair_copied)
    subscribe(FairCopied, shuttle_handlers.on_fair_copied)
    subscribe(FairMoved, shuttle_handlers.on_fair_moved)
    subscribe(PersonCancelled, shuttle_handlers.on_person_cancelled)
    subscribe(PersonAdded, shuttle_handlers.on_person_added)
    subscribe(PlacesFound, shuttle_handlers.on_places_found)
    subscribe(HouseholdCancelled, places_handlers.on_household_cancelled)
    subscribe(PersonCancelled, places_handlers.on_person_cancelled)
    subscribe(CapacityChanged, places_handlers.on_capacity_changed)
    subscribe(WindowsChanged, places_handlers.on_windows_changed)
    subscribe(HouseholdTold, places_handlers.on_told)
    subscribe(HouseholdNotTold, places_handlers.on_not_told)
    subscribe(MailDelivered, telling_handlers.on_mail_delivered)
    subscribe(MailFailed, telling_handlers.on_mail_failed)
    subscribe(MailBounced, telling_handlers.on_mail_bounced)
    _tidings()


def _tidings() -> None:
    """Have households be told, after all others have done their part."""
    subscribe(HouseholdCancelled, booking_handlers.on_household_cancelled)
    subscribe(HouseholdChanged, booking_handlers.on_household_changed)
    subscribe(LinkRenewed, booking_handlers.on_link_renewed)
    subscribe(PersonAdded, booking_handlers.on_person_added)
    subscribe(PersonCancelled, booking_handlers.on_person_cancelled)
    subscribe(PlacesFound, booking_handlers.on_places_found)
    subscribe(OfferMade, booking_handlers.on_offer_made)
    subscribe(OfferExpired, booking_handlers.on_offer_expired)
    subscribe(FairCancelled, booking_handlers.on_fair_news)
    subscribe(FairCancelled, exhibitors_handlers.on_fair_cancelled)
    subscribe(FairPostponed, booking_handlers.on_fair_news)
    subscribe(FairPostponed, exhibitors_handlers.on_fair_postponed)


def _jobs(app: Flask) -> None:
    init_jobs(
        app,
        (
            Job(OUTBOX_JOB, deliver_due),
            Job("offers", _at_its_time(expire_offers)),
            Job(NEWS_JOB, _at_its_time(tell_news)),
            Job("reminders", _at_its_time(remind), minutes=15),
            Job("shifts", _at_its_time(end_due_shifts)),
            Job("no_shows", _at_its_time(release_no_shows)),
            Job(SHUTTLE_JOB, lambda: run_shuttle(clock=clock.now)),
            Job("seats", _at_its_time(allocate_nightly), minutes=15),
            Job("lists", _at_its_time(fix_lists), minutes=15),
            Job("retention", run_retention, minutes=60),
        ),
    )


def _at_its_time(run: Callable[..., object]) -> Callable[[], object]:
    """Return the work as the runner calls it: with the time at which it begins."""
    return lambda: run(now=clock.now())
