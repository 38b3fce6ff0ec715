"""Refusals: exceptions with a stable code, mapped once to a page and to problem+json."""

from http import HTTPStatus


class DomainError(Exception):
    """A request that the rules refuse; `code` is stable, `params` fill the wording."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class NotFound(DomainError):
    """What was asked for does not exist, or not for this caller."""

    status = HTTPStatus.NOT_FOUND


class Forbidden(DomainError):
    """The caller is known and may not do this."""

    status = HTTPStatus.FORBIDDEN


class Conflict(DomainError):
    """The state of things, or somebody faster, does not allow it."""

    status = HTTPStatus.CONFLICT


class Invalid(DomainError):
    """The input has a fault that a form should have found."""
