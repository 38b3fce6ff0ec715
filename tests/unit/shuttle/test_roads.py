"""Road times from a server: asked in batches, believed where they make sense, else refused."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from jobfair.shuttle import roads
from jobfair.shuttle.planning.travel import Haversine
from jobfair.shuttle.planning.types import FAIR, Leg
from jobfair.shuttle.roads import RoadsFault, digest_of, fetch, matrix

STRAIGHT = Haversine({"1": (52.4, 7.9), "2": (52.5, 8.0), "3": (52.6, 8.1), FAIR: (52.25, 8.07)})
Answer = Callable[[list[tuple[float, float]], list[int], list[int]], Any]


@pytest.fixture(autouse=True)
def _straight_to_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@contextmanager
def serving(answer: Answer) -> Iterator[tuple[str, list[str]]]:
    """Give the address of a server that answers like this, and what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            parts = urlsplit(self.path)
            places = [
                (float(lat), float(lon))
                for lon, lat in (pair.split(",") for pair in parts.path.split("/")[-1].split(";"))
            ]
            query = parse_qs(parts.query)
            sources, ends = (
                [int(n) for n in query[name][0].split(";")]
                if name in query
                else [*range(len(places))]
                for name in ("sources", "destinations")
            )
            content = answer(places, sources, ends)
            body = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def right(places: list[tuple[float, float]], rows: list[int], columns: list[int]) -> dict[str, Any]:
    """Answer half as much again as a straight line, and 36 km/h."""
    known = Haversine({str(n): place for n, place in enumerate(places)}, 50, 1.5)
    metres = [[known.leg(str(a), str(b)).metres for b in columns] for a in rows]
    return {
        "code": "Ok",
        "distances": metres,
        "durations": [[value / 10 for value in row] for row in metres],
    }


def fetched(answer: Answer, straight: Haversine = STRAIGHT) -> roads.RoadTimes:
    with serving(answer) as (url, _asked):
        return fetch(url, straight, lambda: None)


def test_the_servers_road_times_are_used() -> None:
    with serving(right) as (url, asked):
        known = matrix(fetch(url, STRAIGHT, lambda: None), STRAIGHT)
    (question,) = asked
    assert question.startswith("/table/v1/driving/7.900000,52.400000;")
    assert question.endswith("?annotations=duration,distance")
    expected = round(STRAIGHT.leg("1", FAIR).metres / 1.3 * 1.5)
    assert known.leg("1", FAIR).metres == pytest.approx(expected, abs=2)
    assert known.leg("1", FAIR).seconds == pytest.approx(expected / 10, abs=2)
    assert known.direct_s("1") == known.leg("1", FAIR).seconds


def test_many_places_are_asked_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    points = {str(n): (52 + n / 100, 8.0) for n in range(5)}
    many = Haversine({**points, FAIR: (52.25, 8.07)})
    whole = fetched(right, many)
    monkeypatch.setattr(roads, "PLACES_MOST", 4)
    with serving(right) as (url, asked):
        parts = fetch(url, many, lambda: None)
    assert parts == whole
    assert len(asked) == 9
    assert all(question.split("?")[0].count(";") < 4 for question in asked)


def test_pairs_that_the_server_does_not_know_are_estimated() -> None:
    def partly(*asked: Any) -> dict[str, Any]:
        answer = right(*asked)
        answer["distances"][0][1] = None
        answer["durations"][1][0] = None
        return answer

    known = matrix(fetched(partly), STRAIGHT)
    assert known.leg("1", "2") == STRAIGHT.leg("1", "2")
    assert known.leg("2", "1") == STRAIGHT.leg("2", "1")
    assert known.leg("1", "3") != STRAIGHT.leg("1", "3")


def test_stops_that_came_later_are_estimated() -> None:
    later = Haversine({**STRAIGHT.points, "9": (52.3, 8.0)})
    known = matrix(fetched(right), later)
    assert known.leg("9", FAIR) == later.leg("9", FAIR)
    assert known.leg("1", FAIR) != later.leg("1", FAIR)


def knowing_no_way(places: list[tuple[float, float]], *_asked: Any) -> dict[str, Any]:
    """Answer for each pair that no road leads there, as where no map is loaded."""
    nothing = [[None] * len(places) for _place in places]
    return {"code": "Ok", "distances": nothing, "durations": nothing}


def with_first(value: object) -> Answer:
    """Answer with that number from the first place to the last."""

    def answer(*asked: Any) -> dict[str, Any]:
        found = right(*asked)
        found["distances"][0][-1] = value
        return found

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        lambda *_asked: b"<html>Welcome</html>",
        lambda *_asked: b"",
        lambda *_asked: [],
        lambda *_asked: {"code": "TooBig"},
        lambda *_asked: {"code": "Ok"},
        lambda *asked: {**right(*asked), "durations": []},
        lambda *asked: {**right(*asked), "distances": [[1, 2], [3]]},
        lambda *asked: {**right(*asked), "distances": "none"},
        knowing_no_way,
        with_first(-5),
        with_first(float("nan")),
        with_first(float("inf")),
        with_first("12000"),
        with_first(True),
        with_first(0),
        with_first(40_000_000),
    ],
)
def test_nonsense_is_refused(answer: Answer) -> None:
    with pytest.raises(RoadsFault):
        fetched(answer)


def test_a_server_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roads, "SECONDS_MOST", 0.2)
    go_on = threading.Event()

    def hang(*asked: Any) -> dict[str, Any]:
        go_on.wait(10)
        return right(*asked)

    with serving(hang) as (url, _asked):
        try:
            with pytest.raises(RoadsFault):
                fetch(url, STRAIGHT, lambda: None)
        finally:
            go_on.set()


def test_a_server_that_never_ends_its_headers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roads, "SECONDS_MOST", 0.3)
    given_up = threading.Event()

    def drip(client: socket.socket) -> None:
        with client, suppress(OSError):
            client.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not given_up.wait(0.1):
                client.sendall(b"a")

    with socket.create_server(("127.0.0.1", 0)) as server:
        dripping = threading.Thread(target=lambda: drip(server.accept()[0]))
        dripping.start()
        begun = time.monotonic()
        try:
            with pytest.raises(RoadsFault):
                fetch(f"http://127.0.0.1:{server.getsockname()[1]}", STRAIGHT, lambda: None)
            assert time.monotonic() - begun < 2
        finally:
            given_up.set()
        dripping.join()


def test_an_endless_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roads, "BYTES_MOST", 1000)
    with pytest.raises(RoadsFault):
        fetched(lambda *_asked: b" " * 100_000)


def test_a_server_that_is_not_there_is_a_fault() -> None:
    with serving(right) as (url, _asked):
        pass
    with pytest.raises(RoadsFault):
        fetch(url, STRAIGHT, lambda: None)


def test_somebody_hears_before_each_question() -> None:
    heard: list[int] = []

    def stop() -> None:
        heard.append(1)
        raise InterruptedError

    with pytest.raises(InterruptedError):
        fetch("http://127.0.0.1:9", STRAIGHT, stop)
    assert heard == [1]


def test_road_times_are_named_by_server_and_places() -> None:
    points = {"1": (52.4, 7.9), "2": (52.5, 8.0)}
    names = {
        digest_of("http://a", points),
        digest_of("http://a", dict(reversed(points.items()))),
        digest_of("http://b", points),
        digest_of("http://a", {**points, "2": (52.5, 8.1)}),
    }
    assert len(names) == 3


def test_two_places_next_to_each_other_can_be_far_by_road() -> None:
    close = Haversine({"1": (52.4, 7.9), "2": (52.401, 7.9), FAIR: (52.25, 8.07)})

    def detour(*asked: Any) -> dict[str, Any]:
        answer = right(*asked)
        answer["distances"][0][1] = 9000
        return answer

    assert matrix(fetched(detour, close), close).leg("1", "2") == Leg(9000, 17)
