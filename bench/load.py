"""An HTTP load generator over plain sockets: the standard library's client costs more than many of the answers.

Its own time is part of what it measures: some 15 µs a request on one connection, where it sends and waits without
looking at anything else.
"""

from __future__ import annotations

import re
import select
import selectors
import socket
import struct
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

SECONDS = 60  # to wait for an answer
_LENGTH = re.compile(rb"\r\ncontent-length: ([0-9]+)\r\n", re.IGNORECASE)


class Load(NamedTuple):
    """Total seconds, and the seconds of each request from its first byte sent to the last byte of its answer."""

    seconds: float
    each: list[float]


@dataclass(slots=True)
class Line:
    """One connection, with the bytes received of the pending answer and when its request was sent."""

    sock: socket.socket
    address: tuple[str, int]
    begun: float = 0.0
    come: bytes = b""

    def ask(self, request: bytes) -> None:
        """Send a request where none is pending; again over a new connection where the server closed an idle one."""
        if select.select([self.sock], [], [], 0)[0]:
            self.sock.close()
            self.sock = connected(self.address)
        self.ask_next(request)

    def ask_next(self, request: bytes) -> None:
        """Send a request right after an answer."""
        self.begun, self.come = time.perf_counter(), b""
        self.sock.sendall(request)

    def whole(self) -> bytes | None:
        """The body once complete, else None; any status."""
        return self.answered(None)

    def answered(self, status: int | None) -> bytes | None:
        """The body once complete, else None; every answer must have this status and a Content-Length."""
        some = self.sock.recv(1 << 16)
        if not some:
            raise ConnectionError("the server closed the line before it had answered")
        self.come += some
        head, end, body = self.come.partition(b"\r\n\r\n")
        if not end:
            return None
        assert status is None or head.startswith(b"HTTP/1.1 %d " % status), self.come
        length = _LENGTH.search(head + b"\r\n")
        assert length is not None, head
        return body if len(body) >= int(length[1]) else None


def request(method: str, path: str, key: str = "", body: bytes = b"") -> bytes:
    """The bytes of a request; ``key`` is sent as bearer token."""
    head = [f"{method} {path} HTTP/1.1", "Host: bench"]
    if key:
        head.append(f"Authorization: Bearer {key}")
    if body:
        head += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*head, "", ""]).encode() + body


def open_line(url: str) -> Line:
    host, port = url.removeprefix("http://").split(":")
    return Line(connected((host, int(port))), (host, int(port)))


def connected(address: tuple[str, int]) -> socket.socket:
    sock = socket.create_connection(address)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # Python's own time limit asks the system before each call whether it would have to wait.
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", SECONDS, 0))
    return sock


def once(line: Line, request: bytes, status: int = 200) -> bytes:
    """Send a request and wait; returns the body."""
    line.ask(request)
    while (body := line.answered(status)) is None:
        pass
    return body


def drive(lines: list[Line], requests: Iterable[bytes], status: int = 200) -> Load:
    """Send all requests; each connection sends its next one as soon as it has its answer."""
    coming, each, asking = iter(requests), list[float](), 0
    if len(lines) == 1:
        return _one_after_another(lines[0], coming, status)
    with selectors.DefaultSelector() as selector:
        begun = time.perf_counter()
        for line, first in zip(lines, coming, strict=False):
            line.ask(first)
            selector.register(line.sock, selectors.EVENT_READ, line)
            asking += 1
        while asking:
            for key, _ in selector.select():
                line = key.data
                if line.answered(status) is None:
                    continue
                each.append(time.perf_counter() - line.begun)
                following = next(coming, None)
                if following is None:
                    asking -= 1
                else:
                    line.ask_next(following)
        return Load(time.perf_counter() - begun, each)


def _one_after_another(line: Line, requests: Iterator[bytes], status: int) -> Load:
    begun, each, ask = time.perf_counter(), list[float](), line.ask
    for request in requests:
        ask(request)
        while line.answered(status) is None:
            pass
        each.append(time.perf_counter() - line.begun)
        ask = line.ask_next
    return Load(time.perf_counter() - begun, each)
