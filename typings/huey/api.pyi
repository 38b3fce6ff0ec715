from collections.abc import Callable
from datetime import datetime

class Result: ...

class TaskWrapper:
    def __call__(self) -> Result: ...

class Consumer:
    def run(self) -> None: ...

class Huey:
    def task(self, *, name: str) -> Callable[[Callable[[], object]], TaskWrapper]: ...
    def periodic_task(
        self, validate_datetime: Callable[[datetime], bool], *, name: str
    ) -> Callable[[Callable[[], object]], TaskWrapper]: ...
    def create_consumer(
        self,
        *,
        workers: int,
        periodic: bool,
        initial_delay: float,
        backoff: float,
        max_delay: float,
    ) -> Consumer: ...
