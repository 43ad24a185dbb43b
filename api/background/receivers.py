"""One call to a webhook's receiver: which addresses may be called, and how long the call may take.

A name is resolved once, every one of its addresses is checked, and the connection goes to a checked address, so a name
that answers differently the next time (DNS rebinding) leads nowhere. Redirects are not followed, and no proxy of the
environment is used. Whatever a receiver does, the connection is closed when the time is over.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from queue import Empty, SimpleQueue
from ssl import SSLContext
from threading import Thread, Timer
from urllib.parse import urlsplit

import httpcore
import httpx

SECONDS = 10.0  # for one delivery from the name to the status
MOST_HOSTS_ADDRESSES = 8
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052
_FAILURES = (
    httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError,
    ValueError,
)  # fmt: skip

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], list[str]]


class ReceiverRefused(Exception):
    """A host that may not be called, and the address for which it may not."""

    def __init__(self, host: str, address: Address) -> None:
        super().__init__(host)
        self.host, self.address = host, address


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host, in the order the system gives."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class Receivers:
    """Calls receivers. ``named`` are hosts that the operator allows in networks that are not public; ``loopback`` is
    for tests: nothing else lets this machine call itself. Safe to use from several threads.
    """

    def __init__(
        self, named: Iterable[str] = (), *, loopback: bool = False, seconds: float = SECONDS, resolve: Resolve = look_up
    ) -> None:
        self.loopback = loopback
        self._named = frozenset(_plain(host) for host in named)
        self._seconds = seconds
        self._resolve = resolve

    @cached_property
    def _context(self) -> SSLContext:
        return httpx.create_ssl_context()

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Send it; the status, or 0 where no answer came or the address may not be called."""
        ends = time.monotonic() + self._seconds
        try:
            parts = urlsplit(url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
            line = _Line(self.addresses(parts.hostname or "", port), ends)
            with line, httpcore.ConnectionPool(ssl_context=self._context, network_backend=line) as pool:
                given = [(name.encode(), value.encode()) for name, value in headers.items()]
                with pool.stream("POST", url, headers=given, content=body, extensions=line.timeout()) as answer:
                    return answer.status
        except (*_FAILURES, ReceiverRefused):
            return 0

    def addresses(self, host: str, port: int = 443) -> list[str]:
        """The addresses of a host, each checked. ReceiverRefused, OSError where it is not found."""
        found = self._looked_up(host, port)[:MOST_HOSTS_ADDRESSES]
        for one in found:
            address = ip_address(one)
            if not self._allowed(host, address):
                raise ReceiverRefused(host, address)
        return found

    def _allowed(self, host: str, address: Address) -> bool:
        judged = _meant(address)
        if any(one.is_loopback or one.is_unspecified for one in judged):
            return self.loopback
        return _plain(host) in self._named or all(_public(one) for one in judged)

    def _looked_up(self, host: str, port: int) -> list[str]:
        """Look up in a thread, because nothing bounds how long the system takes."""
        answers: SimpleQueue[list[str] | Exception] = SimpleQueue()

        def look() -> None:
            try:
                answers.put(self._resolve(host, port))
            except (OSError, ValueError) as error:  # no such host; a name no encoding takes
                answers.put(error)

        Thread(target=look, name="receiver-name", daemon=True).start()
        try:
            found = answers.get(timeout=self._seconds)
        except Empty:
            raise TimeoutError(host) from None
        if isinstance(found, Exception):
            raise OSError(host) from found
        return found


class _Line(httpcore.NetworkBackend):
    """The connection of one delivery, to checked addresses; closed when the delivery's time is over."""

    def __init__(self, addresses: list[str], ends: float) -> None:
        self._addresses = addresses
        self._ends = ends
        self._held: socket.socket | None = None
        self._timer = Timer(max(0.0, ends - time.monotonic()), self._shut)
        self._timer.daemon = True

    def __enter__(self) -> _Line:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self._held is not None:
            self._held.close()

    def timeout(self) -> dict[str, dict[str, float]]:
        """The time left, for each step: it suffices against a silent receiver; the timer ends one that sends slowly."""
        left = self._left()
        return {"timeout": {"connect": left, "read": left, "write": left, "pool": left}}

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        failed: Exception = httpcore.ConnectError(host)
        for address in self._addresses:
            try:
                stream = httpcore.SyncBackend().connect_tcp(address, port, self._left())
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
                continue
            # A second handle, for TLS takes the first over; shutting either shuts the connection.
            self._held = stream.get_extra_info("socket").dup()
            return stream
        raise failed

    def _left(self) -> float:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise httpcore.ConnectTimeout
        return left

    def _shut(self) -> None:
        with suppress(OSError):  # it is over already
            if self._held is not None:
                self._held.shutdown(socket.SHUT_RDWR)


def _public(address: Address) -> bool:
    odd = address.is_multicast or address.is_reserved or (isinstance(address, IPv6Address) and address.is_site_local)
    return address.is_global and not odd


def _plain(host: str) -> str:
    return host.strip("[]").rstrip(".").lower()


def _meant(address: Address) -> list[Address]:
    """The address with the IPv4 address it carries, or that alone where it is only another way to write it."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    if address in _NAT64:
        return [IPv4Address(int(address) & 0xFFFFFFFF)]
    carried = [address.sixtofour, *(address.teredo or ())]
    return [address, *(one for one in carried if one is not None)]
