from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from apispec import APISpec
from flask import Blueprint as FlaskBlueprint
from flask import Flask
from marshmallow import Schema

V = TypeVar("V", bound=Callable[..., Any])

class Api:
    DEFAULT_ERROR_RESPONSE_NAME: str | None
    spec: APISpec
    def __init__(self, app: Flask, *, spec_kwargs: Mapping[str, Any] | None = None) -> None: ...
    def register_blueprint(self, blueprint: Blueprint) -> None: ...

class Blueprint(FlaskBlueprint):
    def __init__(self, name: str, import_name: str, *, description: str = "") -> None: ...
    def response(
        self,
        status_code: int,
        schema: type[Schema] | None = None,
        *,
        description: str | None = None,
        example: Any = None,
    ) -> Callable[[V], V]: ...
    def alt_response(
        self,
        status_code: int,
        *,
        schema: type[Schema] | None = None,
        content_type: str | None = None,
        description: str | None = None,
    ) -> Callable[[V], V]: ...
    @staticmethod
    def doc(**kwargs: Any) -> Callable[[V], V]: ...
