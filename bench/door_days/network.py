"""A server that is killed, and a network that loses answers and delivers requests twice."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from functools import partial
from http.client import HTTPConnection, HTTPException
from random import Random
from threading import Event, Lock
from typing import Any

from bench.door_days.phones import Json, Phone
from bench.door_days.world import SLUG, token_of
from config import ROOT

COMMAND = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--workers", "1"]
COMMAND += ["--blocking-threads", "8", "--backlog", "256", "--log-level", "critical"]
STARTED_WITHIN = 30.0
PATIENCE = 30.0
TWICE, LOST, FORGETFUL = 0.08, 0.08, 0.04
"""How often a request is sent twice, an answer lost, a phone restarted before it takes it in."""
Live = Callable[[Phone, Random], bool]
CALLS = {"scan": "scans", "walk_in": "walk-ins"}


class Server:
    """The product's own server, which can be killed without a moment to say good-bye."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._environ = {**os.environ, **environ}
        self._process: subprocess.Popen[bytes] | None = None
        self.kills = 0

    def start(self) -> None:
        """Have the server answer."""
        command = [*COMMAND, "--port", str(self.port), "wsgi:app"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=self._environ, start_new_session=True, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + STARTED_WITHIN
        while time.monotonic() < deadline and self._process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)
        raise RuntimeError("the server did not start")

    def end(self) -> None:
        """End the server with all its processes at once, as `kill -9` does."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def kill(self) -> None:
        """Kill the server and start it again."""
        self.end()
        self.kills += 1
        self.start()

    def call(self, method: str, path: str, phone: int, body: Json | None = None) -> Any:
        """Return the answer, or None where there is none; a refusal ends the simulation."""
        connection = self.send(method, path, phone, body)
        return connection and self.answer_of(connection)

    def send(
        self, method: str, path: str, phone: int, body: Json | None = None
    ) -> HTTPConnection | None:
        """Send a request and don't wait for its answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Authorization": f"Bearer {token_of(phone)}", "Content-Type": "application/json"}
        try:
            target = f"/api/v1/fairs/{SLUG}/{path}"
            connection.request(method, target, json.dumps(body) if body else None, headers)
        except OSError:
            connection.close()
            return None
        return connection

    def answer_of(self, connection: HTTPConnection) -> Any:
        """Return what is answered, or None."""
        try:
            response = connection.getresponse()
            said = response.read()
        except (OSError, HTTPException):
            return None
        finally:
            connection.close()
        if response.status >= 500:
            return None
        assert response.status == 200, (response.status, said[:400])
        return json.loads(said)


class Synchronisation:
    """Brings what all phones have to the server, while it is killed again and again."""

    def __init__(self, server: Server, phones: list[Phone], rng: Random, most: int) -> None:
        self._server, self._phones, self._most = server, phones, most
        self._rngs = [Random(rng.random()) for _ in phones]
        self._killing = Random(rng.random())
        self._settled, self._lock = 0, Lock()
        self._over = Event()
        self.lost = self.twice = 0

    def run(self, kills: int, live: Live) -> None:
        """Return when nothing waits any more; `live` has a phone scan, until it returns False."""
        total = sum(len(phone.queue) for phone in self._phones)
        work = [partial(self._kill, kills, total)]
        work += [partial(self._bring, phone, live) for phone in self._phones]
        with ThreadPoolExecutor(len(work)) as pool:
            running = [pool.submit(self._unless_over, act) for act in work]
            wait(running[1:])
            self._over.set()
        for one in running:
            one.result()

    def _unless_over(self, act: Callable[[], None]) -> None:
        """Do it; whoever fails ends it for all."""
        try:
            act()
        except BaseException:
            self._over.set()
            raise

    def _kill(self, kills: int, total: int) -> None:
        for number in range(kills):
            while self._settled < total * (number + 0.5) / (kills + 1):
                if self._over.wait(0.005):
                    return
            time.sleep(self._killing.uniform(0, 0.1))
            self._server.kill()

    def _bring(self, phone: Phone, live: Live) -> None:
        rng, more = self._rngs[phone.number], True
        while (phone.queue or more) and not self._over.is_set():
            if more and rng.random() < 0.5:
                more = live(phone, rng)
            if phone.queue:
                self._send_some(phone, rng)

    def _send_some(self, phone: Phone, rng: Random) -> None:
        kind, items = phone.batch(rng.randint(1, self._most))
        body = phone.body_of(kind, items, time.time())
        answer = self._call(phone, CALLS[kind], body, rng)
        if answer is None:
            time.sleep(rng.uniform(0.02, 0.2))
        elif rng.random() < FORGETFUL:
            phone.restart()
        else:
            phone.settle(items, answer["results"], time.time())
            with self._lock:
                self._settled += len(items)

    def _call(self, phone: Phone, path: str, body: Json, rng: Random) -> Json | None:
        """Return the answer that the phone gets; whatever else is answered is noted, too."""
        chance = rng.random()
        if chance < LOST:
            connection = self._server.send("POST", path, phone.number, body)
            if connection:
                connection.close()
            self.lost += 1
            return None
        copies = 1
        if chance < LOST + TWICE:
            copies, self.twice = 2, self.twice + 1
        sent = [self._server.send("POST", path, phone.number, body) for _ in range(copies)]
        answers = [self._server.answer_of(one) if one else None for one in sent]
        for answer in filter(None, answers):
            phone.note(answer["results"])
        return answers[-1]
