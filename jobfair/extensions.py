"""The unbound extension objects; `create_app` binds them."""

from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate

from jobfair.core.db import db
from jobfair.web.limits import limiter

babel = Babel()
login_manager = LoginManager()
migrate = Migrate()

__all__ = ["babel", "db", "limiter", "login_manager", "migrate"]
