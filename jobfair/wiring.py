"""The composition root: which rooms there are and how they are joined."""

from flask import Flask

from jobfair.accounts import models as _accounts
from jobfair.attendees import handlers as attendees_handlers
from jobfair.attendees import messages as attendees_messages
from jobfair.attendees import models as _attendees
from jobfair.audit import models as _audit
from jobfair.booking import models as _booking
from jobfair.checkin import models as _checkin
from jobfair.core.events import subscribe
from jobfair.desk.navigation import init_desk
from jobfair.exhibitors import models as _exhibitors
from jobfair.fairs import context as fair_context
from jobfair.fairs import messages as fairs_messages
from jobfair.fairs import views as fairs
from jobfair.fairs.events import CapacityChanged, FairMade
from jobfair.feedback import models as _feedback
from jobfair.jobs.runner import Job, init_jobs
from jobfair.mail import models as _mail
from jobfair.mail.operations import JOB as OUTBOX_JOB
from jobfair.mail.service import deliver_due
from jobfair.privacy import models as _privacy
from jobfair.shuttle import models as _shuttle
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
    _privacy,
    _shuttle,
)


def wire(app: Flask) -> None:
    """Join the rooms: pages, messages, events, ports, jobs."""
    _ports(app)
    _pages(app)
    _messages()
    _events()
    _jobs(app)


def _ports(app: Flask) -> None:
    fair_context.init_fair_context(app)
    init_desk(app)


def _pages(app: Flask) -> None:
    for blueprint in (pages.blueprint, fairs.blueprint):
        app.register_blueprint(blueprint)


def _messages() -> None:
    for messages in (attendees_messages.MESSAGES, fairs_messages.MESSAGES,):
        register_messages(messages)


def _events() -> None:
    subscribe(FairMade, attendees_handlers.on_fair_made)
    subscribe(CapacityChanged, attendees_handlers.on_capacity_changed)


def _jobs(app: Flask) -> None:
    init_jobs(app, (Job(OUTBOX_JOB, deliver_due),))
