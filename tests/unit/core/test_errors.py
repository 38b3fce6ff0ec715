"""Refusals."""

import pytest

from jobfair.core.errors import Conflict, DomainError, Forbidden, Invalid, NotFound


@pytest.mark.parametrize(
    ("kind", "status"),
    [(DomainError, 422), (NotFound, 404), (Forbidden, 403), (Conflict, 409), (Invalid, 422)],
)
def test_a_refusal_has_a_code_parameters_and_a_status(kind: type[DomainError], status: int) -> None:
    error = kind("stand_taken", label="A7")
    assert (error.code, error.params, int(error.status)) == ("stand_taken", {"label": "A7"}, status)
    assert str(error) == "stand_taken"
