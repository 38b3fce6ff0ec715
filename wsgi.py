"""The application object for servers and the flask command."""

from jobfair import create_app

app = create_app()
