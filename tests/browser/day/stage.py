"""The stage of the day: who is there, where they go, and what reaches them by mail."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jobfair.core.actor import Role
from tests.browser.conftest import ContextMaker, LiveServer
from tests.browser.papers import link_for
from tests.browser.visitor import Visitor

DESK = (1280, 900)
PHONE = (360, 640)
PASSWORD = "vier Busse am Bahnhof"


@dataclass
class Stage:
    """A running server, browsers for whoever comes, and the fair of the day."""

    server: LiveServer
    context: ContextMaker
    today: datetime = field(default_factory=lambda: datetime.now(ZoneInfo("Europe/Berlin")))
    visitors: list[Visitor] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """Return the name of the fair in addresses."""
        return f"bramsche-{self.today.year}"

    def url(self, path: str) -> str:
        """Return the whole address of a path, in which FAIR stands for the fair."""
        return self.server.url + path.replace("FAIR", self.slug)

    def visitor(
        self,
        lang: str = "de",
        *,
        scripts: bool = True,
        also: tuple[str, ...] = (),
        size: tuple[int, int] = PHONE,
        **options: Any,
    ) -> Visitor:
        """Return somebody with a browser of their own."""
        page = self.context(lang, js=scripts, size=size, **options).new_page()
        mirror = self.context(lang).new_page()
        visitor = Visitor(self.server.url, page, mirror, lang, scripts, also)
        self.visitors.append(visitor)
        return visitor

    def add_member(self, role: Role, email: str, *more: str) -> str:
        """Have the command make somebody who works; return the link that it prints."""
        words = ["jobfair", "user", "add", email, "--role", role.value, *more]
        done = self.server.app.test_cli_runner().invoke(args=words)
        assert done.exit_code == 0, done.output
        return done.output.strip()

    def mailed_link(self, recipient: str, kind: str) -> str:
        """Return the link that was sent to the recipient."""
        outbox = Path(self.server.environ["DATA_DIR"]) / "outbox"
        return link_for(outbox, recipient, kind)


def accept_invitation(somebody: Visitor, link: str, name: str) -> None:
    """Follow the link of an invitation and set name and password."""
    somebody.open(link)
    somebody.send(name=name, password=PASSWORD)
