"""What stands on posters and flyers, translated and formatted."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Answer:
    """A question that everybody asks, and what the organiser or we answer."""

    question: str
    answer: str


@dataclass(frozen=True)
class Words:
    """What is said in one language."""

    lang: str
    rtl: bool
    call: str
    """What to do now."""
    kind: str
    """What kind of fair this is."""
    when: str
    claims: tuple[str, ...]
    """Whole sentences, each with its full stop."""
    answers: tuple[Answer, ...] = ()

    def in_brief(self) -> Words:
        """Return the call alone."""
        return replace(self, kind="", when="", claims=(), answers=())


@dataclass(frozen=True)
class Facts:
    """What is the same in every language."""

    name: str
    when: str
    place: str
    address: str
    """Street and city."""
    url: str
    """What the code holds."""
    phone: str = ""
    logos: tuple[tuple[str, bytes], ...] = ()
    """The sponsors with their names, in the order of the organiser."""

    @property
    def printed_url(self) -> str:
        """The address as people type it."""
        return self.url.partition("://")[2] or self.url
