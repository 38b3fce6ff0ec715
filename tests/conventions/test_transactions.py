"""Where anything is written: in use cases, and nowhere else."""

from tests.conventions.source import Module, modules

WRITERS = ("checkin/writer.py", "cli.py", "jobs/runner.py")


def _may_write(module: Module) -> bool:
    use_case = module.path.name == "service.py" or module.path.parent.name == "service"
    return use_case or module.room == "demo" or module.name in WRITERS


def test_only_use_cases_open_a_transaction() -> None:
    faults = [
        f"{module.name}:{call.lineno}"
        for module in modules()
        if not _may_write(module) and module.name != "core/db.py"
        for name in ("transaction", "bare_transaction")
        for call in module.calls(name)
    ]
    assert faults == []


def test_only_the_transaction_commits() -> None:
    faults = [
        f"{module.name}:{call.lineno} {name}"
        for module in modules()
        if module.name != "core/db.py"
        for name in ("commit", "begin")
        for call in module.calls(name)
    ]
    assert faults == []


def test_operations_insist_on_a_transaction() -> None:
    """Whoever writes outside a use case calls assert_writing itself or by another operation."""
    faults = [
        module.name
        for module in modules()
        if module.path.name in ("operations.py", "handlers.py")
        and any(module.calls("add"))
        and not any(module.calls("assert_writing"))
    ]
    assert faults == []


def test_time_is_asked_at_the_edge() -> None:
    edge = ("views", "admin", "api", "forms", "identity", "cli", "demo", "own", "page", "wiring")
    faults = [
        f"{module.name}:{call.lineno}"
        for module in modules()
        if not any(part.removesuffix(".py") in edge for part in module.path.parts)
        and module.name not in ("core/clock.py", "mail/service.py", "privacy/service.py")
        for call in module.calls("now")
        if not call.args and not call.keywords
    ]
    assert faults == []
