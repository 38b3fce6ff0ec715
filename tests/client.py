"""A browser without scripts: fetches, fills in forms, follows links, and checks every page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from jobfair.accounts.keys import hash_key, new_key
from jobfair.accounts.models import User
from jobfair.core.actor import Role
from jobfair.core.db import db
from tests.factories import grant, make_session, make_user
from tests.html import Element, faults_of, parse

UNTICKED = {"checkbox", "radio"}
NO_VALUE = {"submit", "button", "reset", "image", "file"}


@dataclass(frozen=True)
class Page:
    """An answer: `url` after redirects, its status, and the tree of its HTML."""

    url: str
    response: TestResponse
    root: Element

    @property
    def status(self) -> int:
        """Return the status."""
        return self.response.status_code

    @property
    def text(self) -> str:
        """Return the words of the page, with single spaces."""
        return self.root.text

    @property
    def forms(self) -> list[Element]:
        """Return the forms that a browser would send by POST, the language switch last."""
        found = self.root.all("form", method="post")
        return sorted(found, key=lambda form: form.get("class") == "jf-langs")

    @property
    def csrf_token(self) -> str:
        """Return the page's token: of a form, or in any attribute named like it."""
        for element in self.root.walk():
            if element.get("name") in ("csrf_token", "csrf-token"):
                return element.get("value") or element.get("content")
            for name in ("data-csrf", "data-csrf-token", "data-token"):
                if element.get(name):
                    return element.get(name)
        raise AssertionError(f"{self.url} has no CSRF token")

    def link(self, words: str) -> str:
        """Return the address of the link that says these words."""
        found = [a.get("href") for a in self.root.all("a") if words in a.text]
        assert found, f"no link {words!r} in {self.url}"
        return found[0]


class PageClient:
    """Keeps the cookies and the page it is on; every request has a context of its own."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.last: Page | None = None

    def sign_in(self, role: Role, fair_id: int | None = None, also: Iterable[Role] = ()) -> User:
        """Have a new user with the role, at that fair or everywhere, signed in here."""
        user, key = make_user(role, fair_id), new_key()
        make_session(user, key_hash=hash_key(key))
        for more in also:
            grant(user, more, fair_id)
        with self.client.session_transaction() as cookie:
            cookie["_user_id"] = key
        return user

    def open(self, url: str, **request: Any) -> TestResponse:
        """Send one request as it is, follow nothing, check nothing."""
        with self.app.app_context():
            response = self.client.open(url, **request)
        db.session.rollback()
        db.session.expire_all()
        return response

    def get(self, url: str, status: int = 200, **request: Any) -> Page:
        """Fetch the page, after redirects, and check status and HTML."""
        return self._arrive(url, status, method="GET", **request)

    def post(self, url: str, data: Mapping[str, Any] | None = None, status: int = 200) -> Page:
        """Send fields as they are, without a token unless it is among them."""
        return self._arrive(url, status, method="POST", data=dict(data or {}))

    def follow(self, words: str, status: int = 200) -> Page:
        """Follow the link that says these words."""
        return self.get(self._here().link(words), status)

    def submit(
        self,
        form: int | str = 0,
        fields: Mapping[str, Any] | None = None,
        *,
        button: str | None = None,
        status: int = 200,
    ) -> Page:
        """Fill in a form of the page, by number or id, and send it as a browser would.

        A field set to None is left out; `button` is the name, the value or the words of the button
        that is pressed, by default the first.
        """
        element = self._form(form)
        data = defaults_of(element)
        pressed = _button(element, button)
        if pressed and pressed.get("name"):
            data.add(pressed.get("name"), pressed.get("value"))
        for name, value in (fields or {}).items():
            _fill(element, data, name, value)
        action = (pressed.get("formaction") if pressed else "") or element.get("action")
        return self._arrive(action, status, method="POST", data=data)

    def call(self, url: str, body: Any, status: int = 200) -> Any:
        """Send JSON as the page's script would, with the page's token; return the JSON answer."""
        headers = {"X-CSRFToken": self._here().csrf_token}
        response = self.open(url, method="POST", json=body, headers=headers)
        assert response.status_code == status, response.get_data(as_text=True)[:600]
        return response.get_json()

    def _here(self) -> Page:
        assert self.last is not None, "no page was fetched yet"
        return self.last

    def _form(self, form: int | str) -> Element:
        forms = self._here().forms
        if isinstance(form, int):
            assert form < len(forms), f"{len(forms)} forms in {self._here().url}"
            return forms[form]
        found = [element for element in forms if element.get("id") == form]
        assert found, f"no form #{form} in {self._here().url}"
        return found[0]

    def _arrive(self, url: str, status: int, **request: Any) -> Page:
        address = urljoin(self.last.url if self.last else "/", url.split("#")[0])
        response = self.open(address, **request)
        for _hop in range(5):
            if response.status_code not in (301, 302, 303, 307, 308):
                break
            address = urljoin(address, response.location.split("#")[0])
            response = self.open(address, method="GET")
        assert response.status_code == status, f"{address}: {response.status}\n{_words(response)}"
        html = response.mimetype == "text/html"
        page = Page(address, response, parse(response.get_data(as_text=True) if html else ""))
        if html:
            faults = faults_of(page.root, response.headers.get("Content-Security-Policy", ""))
            assert not faults, f"{address}: {faults}"
            self.last = page
        return page


def _words(response: TestResponse) -> str:
    if response.mimetype != "text/html":
        return response.get_data(as_text=True)[:600]
    main = parse(response.get_data(as_text=True)).all("main")
    return main[0].text[:600] if main else ""


def defaults_of(form: Element) -> MultiDict[str, str]:
    """Return what a browser sends of a form that nobody touched."""
    data: MultiDict[str, str] = MultiDict()
    for element in form.all("input", "select", "textarea"):
        name, kind = element.get("name"), element.get("type")
        if not name or "disabled" in element.attributes or kind in NO_VALUE:
            continue
        if element.tag == "select":
            options = element.all("option")
            chosen = [o for o in options if "selected" in o.attributes] or options[:1]
            for option in chosen:
                data.add(name, _option(option))
        elif element.tag == "textarea":
            data.add(name, "".join(c for c in element.children if isinstance(c, str)))
        elif kind not in UNTICKED or "checked" in element.attributes:
            data.add(name, element.attributes.get("value", "on" if kind in UNTICKED else ""))
    return data


def _option(option: Element) -> str:
    return option.attributes.get("value", option.text)


def _button(form: Element, wanted: str | None) -> Element | None:
    buttons = [b for b in form.all("button") if b.get("type") in ("", "submit")]
    if wanted is not None:
        found = [b for b in buttons if wanted in (b.get("name"), b.get("value"), b.text)]
        assert found, f"no button {wanted!r} among {[b.text for b in buttons]}"
        buttons = found
    return next(iter(buttons), None)


def _fill(form: Element, data: MultiDict[str, str], name: str, value: Any) -> None:
    elements = [e for e in form.all("input", "select", "textarea") if e.get("name") == name]
    assert elements, f"the form has no field {name!r}"
    data.poplist(name)
    values = [] if value is None else list(value) if isinstance(value, list | tuple) else [value]
    for one in map(str, values):
        offered = [_option(o) for e in elements for o in e.all("option")]
        offered += [e.get("value") for e in elements if e.get("type") in UNTICKED]
        assert not offered or one in offered, f"{name!r} offers {offered}, not {one!r}"
        data.add(name, one)
