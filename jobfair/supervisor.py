"""Starts server and background worker together and stops both: `python -m jobfair.supervisor`."""

import os
import signal
import subprocess
import sys
import time
from types import FrameType

from config import Config, load_config

GRACE = 8.0


def server_command(config: Config) -> list[str]:
    """Return the command of the server: SQLite one process with threads, else several."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", config.host,
        "--port", str(config.port), "--no-ws", "--workers", "1" if config.sqlite else "2",
        "--blocking-threads", "16", "--backlog", "1024", "--log-level", "warning", "--respawn-failed-workers",
    ]  # fmt: skip
    if config.tls_cert:
        command += ["--ssl-certificate", config.tls_cert, "--ssl-keyfile", config.tls_key]
    return [*command, "wsgi:app"]


def run(config: Config) -> int:
    """Run both until one ends or a signal comes, then end the other; return the exit code."""
    environ = {**os.environ, "DATA_DIR": str(config.data_dir)}
    children = [
        subprocess.Popen(command, env=environ, start_new_session=True)
        for command in (server_command(config), [sys.executable, "-m", "jobfair.jobs.worker"])
    ]
    stopped = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    while not stopped and all(child.poll() is None for child in children):
        time.sleep(0.2)
    return _end(children, 0 if stopped else 1)


def _end(children: list[subprocess.Popen[bytes]], code: int) -> int:
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGINT)
    deadline = time.monotonic() + GRACE
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
    return code


if __name__ == "__main__":
    sys.exit(run(load_config()))
