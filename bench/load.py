"""A load over plain sockets: the standard library's client would cost more than many an answer it waits for."""

from __future__ import annotations

import re
import select
import selectors
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

_LENGTH = re.compile(rb"\r\ncontent-length: ([0-9]+)\r\n", re.IGNORECASE)


class Load(NamedTuple):
    """How long it all took, and each request from its first byte to its answer's last; seconds."""

    seconds: float
    each: list[float]


@dataclass(slots=True)
class Line:
    """One connection: what has come of the answer it waits for, and since when."""

    sock: socket.socket
    address: tuple[str, int]
    begun: float = 0.0
    come: bytes = b""

    def ask(self, request: bytes) -> None:
        if select.select([self.sock], [], [], 0)[0]:  # nothing was asked: the server has closed an idle line
            self.sock.close()
            self.sock = connected(self.address)
        self.begun, self.come = time.perf_counter(), b""
        self.sock.sendall(request)

    def whole(self) -> bytes | None:
        """The body once it is whole, whatever its status."""
        return self.answered(None)

    def answered(self, status: int | None) -> bytes | None:
        """The body once it is whole; every answer must have this status and a length."""
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
    """The bytes of a request; ``key`` is a bearer's."""
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
    sock = socket.create_connection(address, timeout=60)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def once(line: Line, request: bytes, status: int = 200) -> bytes:
    """Ask and wait; the body."""
    line.ask(request)
    while (body := line.answered(status)) is None:
        pass
    return body


def drive(lines: list[Line], requests: Iterable[bytes], status: int = 200) -> Load:
    """Ask everything, each line its next as soon as it is answered."""
    coming, each, asking = iter(requests), list[float](), 0
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
                    line.ask(following)
        return Load(time.perf_counter() - begun, each)
