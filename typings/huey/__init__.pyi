from collections.abc import Callable
from datetime import datetime

from huey.api import Huey as Huey

class SqliteHuey(Huey):
    def __init__(self, name: str, *, filename: str) -> None: ...

class PostgresHuey(Huey):
    def __init__(self, name: str, *, dsn: str) -> None: ...

def crontab(minute: str = "*") -> Callable[[datetime], bool]: ...
