"""The API for door devices and integrations: `/api/v1`, with its own small application.

It is mounted beside the pages' application and shares its database: a call needs no session, no
cookie and no language, which cost three times as much as the call itself.
"""

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from jobfair.api.at_once import AtOnce
from jobfair.api.document import SETTINGS, DocumentedApi, init_document
from jobfair.api.problems import init_problems
from jobfair.checkin.api import actions, departures, desk, devices, roster, scans, walk_ins
from jobfair.checkin.api.guard import HOUSE

PREFIX = "/api/v1"
BODY_MOST = 1024 * 1024
BLUEPRINTS = (
    devices.blueprint,
    roster.blueprint,
    scans.blueprint,
    walk_ins.blueprint,
    actions.blueprint,
    departures.blueprint,
    desk.blueprint,
)


def create_api(house: Flask) -> Flask:
    """Return the API's application beside the house."""
    api = Flask("jobfair.api", static_folder=None)
    api.config.update(SETTINGS, TESTING=house.testing, MAX_CONTENT_LENGTH=BODY_MOST)
    api.extensions[HOUSE] = house
    document = DocumentedApi(api)
    for blueprint in BLUEPRINTS:
        document.register_blueprint(blueprint)
    init_document(api, document, PREFIX)
    init_problems(api)
    api.wsgi_app = AtOnce(api.wsgi_app, house, BODY_MOST)  # type: ignore[method-assign]  # Flask's documented way
    return api


def init_api(house: Flask) -> None:
    """Mount the API beside the pages."""
    house.extensions["api"] = create_api(house)
    mounts = {PREFIX: house.extensions["api"]}
    house.wsgi_app = DispatcherMiddleware(house.wsgi_app, mounts)  # type: ignore[method-assign]  # Flask's documented way
