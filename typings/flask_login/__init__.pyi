from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from flask import Flask

class _User(Protocol):
    @property
    def is_active(self) -> bool: ...
    def get_id(self) -> str: ...

_Loader = TypeVar("_Loader", bound=Callable[[str], Any])

current_user: Any

class LoginManager:
    session_protection: str | None
    def init_app(self, app: Flask) -> None: ...
    def user_loader(self, callback: _Loader) -> _Loader: ...

def login_user(user: _User, remember: bool = False) -> bool: ...
def logout_user() -> bool: ...
