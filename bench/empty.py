"""The least that a call to this server costs: a Flask route that does nothing."""

from flask import Flask, request

app = Flask(__name__)


@app.post("/")
def nothing() -> str:
    """Answer without having done anything but read what was sent."""
    request.get_data()
    return "{}"
