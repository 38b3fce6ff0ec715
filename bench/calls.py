"""A load from one thread over many connections, so that server and load share the machine fairly.

A thread for each connection costs the machine as much as the server does, for the threads wake
each other; what is measured then is the load.
"""

import selectors
import socket
import time
from collections.abc import Callable, Mapping, Sequence

CHUNK = 65536
END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length:"


class Caller:
    """A connection that is kept and has one call under way at most."""

    def __init__(
        self, port: int, path: str, headers: Mapping[str, str], body: Callable[[], str]
    ) -> None:
        """Connect; calls send what `body` returns each time."""
        self._body = body
        lines = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._head = "\r\n".join(lines)
        self._got = b""
        self._began = 0.0
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def call(self) -> None:
        """Send the next call."""
        body = self._body().encode()
        head = f"{self._head}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        self._began = time.perf_counter()
        self.socket.sendall(head + body)

    def receive(self) -> float | None:
        """Take in what has come; return the seconds since the call once it is answered with 200."""
        came = self.socket.recv(CHUNK)
        if not came:
            raise ConnectionError("the server hung up")
        self._got += came
        head, whole, body = self._got.partition(END_OF_HEAD)
        if not whole or len(body) < _length(head):
            return None
        if not head.startswith(b"HTTP/1.1 200 "):
            raise AssertionError(self._got.decode())
        self._got = b""
        return time.perf_counter() - self._began


def keep_calling(callers: Sequence[Caller], seconds: float) -> list[float]:
    """Have each call again as soon as it is answered; return the seconds that every call took."""
    taken: list[float] = []
    with selectors.DefaultSelector() as ready:
        for caller in callers:
            ready.register(caller.socket, selectors.EVENT_READ, caller)
        end = time.perf_counter() + seconds
        for caller in callers:
            caller.call()
        under_way = len(callers)
        while under_way:
            for key, _events in ready.select():
                took = key.data.receive()
                if took is None:
                    continue
                taken.append(took)
                if time.perf_counter() < end:
                    key.data.call()
                else:
                    under_way -= 1
    return taken


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(LENGTH):
            return int(line.removeprefix(LENGTH))
    raise AssertionError("an answer without a length")
