"""JobFair: runs job fairs, from the first registration to the last answer."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Config, load_config
from jobfair import wiring
from jobfair.cli import commands
from jobfair.extensions import babel, db, limiter, migrate
from jobfair.web.assets import init_assets
from jobfair.web.filters import init_filters
from jobfair.web.headers import init_headers
from jobfair.web.icons import init_icons
from jobfair.web.ids import init_ids
from jobfair.web.links import derive_key
from jobfair.web.locale import init_locale
from jobfair.web.logs import init_logs
from jobfair.web.problems import init_problems

FORM_MOST = 1024 * 1024


def create_app(config: Config | None = None) -> Flask:
    """Return the application for that configuration, by default the environment's."""
    config = config or load_config()
    app = Flask(__name__, static_folder=None)
    app.config.update(
        JOBFAIR=config,
        TESTING=config.testing,
        SECRET_KEY=config.secret_key,
        SQLALCHEMY_DATABASE_URI=config.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True, "pool_use_lifo": True},
        MAX_CONTENT_LENGTH=FORM_MOST,
        MAX_FORM_MEMORY_SIZE=FORM_MOST,
        WTF_CSRF_TIME_LIMIT=None,
        SESSION_COOKIE_NAME="jobfair",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=config.production or config.base_url.startswith("https:"),
        RATELIMIT_ENABLED=not config.testing,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # Flask's documented way
    app.extensions["link_key"] = derive_key(config.data_key)
    db.init_app(app)
    migrate.init_app(app, db, render_as_batch=True, directory="migrations")
    limiter.init_app(app)
    init_ids(app)
    init_headers(app)
    init_logs(app)
    init_locale(app, babel)
    init_problems(app)
    init_assets(app)
    init_icons(app)
    init_filters(app)
    wiring.wire(app)
    app.cli.add_command(commands)
    return app
