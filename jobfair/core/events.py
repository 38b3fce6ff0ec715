"""Facts that one room tells and others react to, inside the teller's transaction."""

from collections.abc import Callable
from typing import Any, TypeVar

E = TypeVar("E")
_handlers: dict[type[Any], list[Callable[[Any], None]]] = {}


def subscribe(kind: type[E], handler: Callable[[E], None]) -> None:
    """Have `handler` called with every published event of exactly this type, once."""
    handlers = _handlers.setdefault(kind, [])
    if handler not in handlers:
        handlers.append(handler)


def publish(event: object) -> None:
    """Run all handlers of the event's type in the order of their subscription."""
    for handler in _handlers.get(type(event), []):
        handler(event)
