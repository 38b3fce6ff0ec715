"""Prepares the database, starts server and background worker, stops both: `python -m supervisor`.

Imports nothing of the application, so that a start costs as little as its slowest child.
"""

import ctypes
import os
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import time
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any

import psycopg

from certificate import ensure_certificate, own_addresses
from config import ROOT, Config, ConfigError, load_config

STOPS = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
GRACE = 8.0
START_MOST = 60.0
STEADY = 5.0  # seconds that something runs before it is started once more
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104  # compared, not bound
SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
Child = subprocess.Popen[bytes]


def say(line: str) -> None:
    """Show the line to whoever started this."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201  # this is a command


def end_with_parent() -> None:
    """Have this process stop when the one that started it dies, however it dies (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_DEATH_SIGNAL, signal.SIGTERM)


def server_command(config: Config) -> list[str]:
    """Return the command of the server: SQLite one process with threads, else several."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", config.host,
        "--port", str(config.port), "--no-ws", "--workers", "1" if config.sqlite else "2",
        "--blocking-threads", "16", "--backlog", "1024", "--log-level", "error",
        "--respawn-failed-workers",
    ]  # fmt: skip
    if config.tls_cert:
        command += ["--ssl-certificate", config.tls_cert, "--ssl-keyfile", config.tls_key]
    return [*command, "wsgi:app"]


def settle(environ: dict[str, str]) -> Config:
    """Return the configuration, and put into `environ` what the children must agree on."""
    config = load_config(environ)
    environ["DATA_DIR"] = str(config.data_dir)
    if environ.get("HTTPS") == "1" and not config.tls_cert:
        certificate, key = ensure_certificate(config.data_dir)
        environ.update(TLS_CERT=str(certificate), TLS_KEY=str(key))
    if config.host in EVERYWHERE and not environ.get("BASE_URL"):
        scheme = "https" if environ.get("TLS_CERT") else "http"
        reachable = next(iter(own_addresses()), "localhost")
        environ["BASE_URL"] = f"{scheme}://{reachable}:{config.port}"
    return load_config(environ)


def check_port(config: Config) -> None:
    """Raise ConfigError where the address can't be listened on."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except OSError as error:
            fault = f"{config.host}:{config.port} can't be used: {error.strerror}"
            raise ConfigError("PORT", f"{fault}; try PORT={config.port + 1}") from None


def newest_version() -> str:
    """Return the number of the newest migration; their files are named by it."""
    return max(path.name.split("_")[0] for path in (ROOT / "migrations/versions").glob("*.py"))


def connect(config: Config) -> Any:
    """Return a plain connection to the database; raise ConfigError where it doesn't answer."""
    if config.sqlite:
        return sqlite3.connect(config.database_url.removeprefix("sqlite:///"))
    address = config.database_url.replace("postgresql+psycopg", "postgresql", 1)
    try:
        return psycopg.connect(address, connect_timeout=5)
    except psycopg.OperationalError:
        raise ConfigError("DATABASE_URL", "the database does not answer") from None


def first_value(config: Config, query: str) -> Any:
    """Return the first value that the query finds, None where row or table is missing."""
    with closing(connect(config)) as connection:
        try:
            row = connection.execute(query).fetchone()
        except (sqlite3.OperationalError, psycopg.errors.UndefinedTable):
            return None
    return row[0] if row else None


def prepare(config: Config, environ: dict[str, str]) -> None:
    """Have the newest tables there, and a demo fair where nothing is; raise SystemExit."""
    if first_value(config, "SELECT version_num FROM alembic_version") != newest_version():
        say("Preparing the database …")
        if not flask(("db", "upgrade"), environ):
            raise SystemExit("jobfair: the database could not be brought to the newest version")
    if not config.production and first_value(config, "SELECT id FROM fair LIMIT 1") is None:
        say("Making the demo fair …")
        if not flask(("jobfair", "demo"), environ):
            say("jobfair: the demo fair could not be made; going on without it")


def flask(words: tuple[str, ...], environ: dict[str, str]) -> bool:
    """Run a command of the application; tell whether it succeeded."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
    # One thread only, so that nothing can be locked between fork and exec.
    done = subprocess.run(  # noqa: S603  # words of ours
        command,
        cwd=ROOT,
        env=environ,
        check=False,
        preexec_fn=end_with_parent,
    )
    return done.returncode == 0


def answers(config: Config) -> bool:
    """Tell whether the server says that it is well."""
    host = "localhost" if config.host in EVERYWHERE else config.host
    connection = HTTPConnection(host, config.port, timeout=2)
    if config.tls_cert:
        trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        connection = HTTPSConnection(host, config.port, timeout=2, context=trusting)
    try:
        with closing(connection):
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False


def start(command: list[str], environ: dict[str, str]) -> Child:
    """Return the started child: a group of its own, that ends when this process dies."""

    def begin() -> None:
        end_with_parent()
        signal.pthread_sigmask(signal.SIG_SETMASK, ())

    return subprocess.Popen(  # noqa: S603  # commands of ours; for the next line see `flask`
        command,
        cwd=ROOT,
        env=environ,
        start_new_session=True,
        preexec_fn=begin,  # noqa: PLW1509
    )


class Part:
    """The server or the worker: a running child, and what starts it again."""

    def __init__(self, command: list[str], environ: dict[str, str]) -> None:
        self._command, self._environ = command, environ
        self.child = start(command, environ)
        self._steady_from = 0.0

    def goes_on(self, *, again: bool) -> bool:
        """Tell whether it runs; if `again`, what has ended is started, but not over and over."""
        if self.child.poll() is None:
            return True
        if not again or time.monotonic() < self._steady_from:
            return False
        kill_group(self.child)
        self.child = start(self._command, self._environ)
        self._steady_from = time.monotonic() + STEADY
        say("jobfair: the server or the worker ended and was started again")
        return True


def kill_group(child: Child) -> None:
    """Have nothing be left of the child, nor of what it started."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def stop(children: list[Child]) -> None:
    """Have the children and whatever they started be gone."""
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGINT)
    deadline = time.monotonic() + GRACE
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, deadline - time.monotonic()))
        kill_group(child)


def watch(config: Config, parts: list[Part]) -> int:
    """Say when the server answers; wait for a signal, or an end for good; return the exit code."""
    waiting_until = time.monotonic() + START_MOST
    answered = False
    while all(part.goes_on(again=answered) for part in parts):
        pause = 60.0 if answered else 0.1
        got = signal.sigtimedwait(STOPS | {signal.SIGCHLD}, pause)
        if got and got.si_signo in STOPS:
            return 0
        if not answered and answers(config):
            answered = True
            welcome(config)
        elif not answered and time.monotonic() > waiting_until:
            say("jobfair: the server does not answer")
            return 1
    say("jobfair: the server or the worker ended; stopping the other")
    return 1


def welcome(config: Config) -> None:
    """Say where the fair is, and how to sign in to the demo."""
    say(f"JobFair runs at {config.base_url} (Ctrl-C stops it)")
    notes = config.data_dir / "demo-sign-ins.txt"
    if not config.production and notes.is_file():
        say(notes.read_text().rstrip())


def main() -> int:
    """Run everything until a signal comes or something ends for good; return the exit code."""
    if "--with-caller" in sys.argv[1:]:
        end_with_parent()
    environ = dict(os.environ)
    config = settle(environ)
    check_port(config)
    prepare(config, environ)
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS | {signal.SIGCHLD})
    commands = (server_command(config), [sys.executable, "-m", "jobfair.jobs.worker"])
    parts = [Part(command, environ) for command in commands]
    try:
        return watch(config, parts)
    finally:
        stop([part.child for part in parts])


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
