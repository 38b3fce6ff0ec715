"""Phones that call the API, for tests about it."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from jobfair.checkin.models import Device
from jobfair.core.db import session
from tests import factories as make


class Phone:
    """A paired device that calls the API at its fair."""

    def __init__(self, app: Flask, device: Device, slug: str) -> None:
        self.client = app.test_client()
        self.device_id = device.id
        self.slug = slug
        self.headers = {"Authorization": f"Bearer {make.token_of(device)}"}

    def get(self, path: str, **query: str) -> TestResponse:
        """Return the answer to a reading call."""
        address = f"/api/v1/fairs/{self.slug}/{path}"
        return self.client.get(address, query_string=query, headers=self.headers)

    def post(self, path: str, body: Any) -> TestResponse:
        """Return the answer to what is sent."""
        return self.client.post(
            f"/api/v1/fairs/{self.slug}/{path}", json=body, headers=self.headers
        )

    def roster(self, since: str = "") -> Any:
        """Return the roster, or what is new in it."""
        response = self.get("roster", **({"since": since} if since else {}))
        assert response.status_code == 200, response.get_data(as_text=True)
        return response.get_json()

    def results(self, path: str, name: str, *items: Any) -> list[Any]:
        """Return the answers to items that are sent together."""
        response = self.post(path, {name: list(items)})
        assert response.status_code == 200, response.get_data(as_text=True)
        results: list[Any] = response.get_json()["results"]
        return results

    def scan(self, badge: str, at: datetime, **more: Any) -> Any:
        """Return the answer to one scan at that time."""
        (answer,) = self.results("scans", "scans", scan_of(badge, at, **more))
        return answer


def scan_of(badge: str, at: datetime, **more: Any) -> dict[str, Any]:
    """Return a scan as devices send it."""
    return {
        "id": str(uuid4()),
        "badge": badge,
        "direction": "in",
        "scanned_at": at.astimezone(UTC).isoformat(),
        **more,
    }


def stored(query: sa.Select[Any]) -> list[Any]:
    """Return what the database holds now."""
    session().rollback()
    return list(session().scalars(query))
