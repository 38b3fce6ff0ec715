"""The stage: a fair, who is there with a browser, and what reaches them by mail."""

from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from jobfair.core.actor import Role
from tests.browser.conftest import ContextMaker, LiveServer
from tests.browser.papers import link_in, mail_for
from tests.browser.visitor import Visitor

DESK = (1280, 900)
PHONE = (360, 640)
PASSWORD = "vier Busse am Bahnhof"


@dataclass
class Stage:
    """A running server, browsers for whoever comes, and a fair by its name in addresses."""

    server: LiveServer
    context: ContextMaker
    slug: str
    visitors: list[Visitor] = field(default_factory=list)

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
        return link_in(self.mail(recipient, kind))

    def mail(self, recipient: str, kind: str) -> EmailMessage:
        """Return the mail that was sent to the recipient."""
        outbox = Path(self.server.environ["DATA_DIR"]) / "outbox"
        return mail_for(outbox, recipient, kind)


def accept_invitation(somebody: Visitor, link: str, name: str) -> None:
    """Follow the link of an invitation and set name and password."""
    somebody.open(link)
    somebody.send(name=name, password=PASSWORD)
