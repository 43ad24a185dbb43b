"""The client's address where reverse proxies stand before the server (``lvyue serve --proxy-headers``)."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from ledger.domain.errors import Refusal
from ledger.domain.values import quoted

_PREFIX = 64  # what one subscriber of IPv6 is given at least: all of it is one client


class Proxies:
    """The trusted proxies, as addresses or networks. Refusal SERVE_PROXY for what is neither."""

    def __init__(self, trusted: Iterable[str] = ()) -> None:
        self._trusted: list[IPv4Network | IPv6Network] = []
        for one in trusted:
            try:
                self._trusted.append(ip_network(one))
            except ValueError:
                raise Refusal("SERVE_PROXY", "proxy-headers", given=quoted(one)) from None

    def client(self, peer: str, headers: Iterable[tuple[bytes, bytes]]) -> str:
        """The client of a connection from ``peer``: an address, of IPv6 its network of 64 bits.

        ``X-Forwarded-For`` is read from its right end, where the nearest proxy wrote: the first address that is no
        trusted proxy's is the client's. What stands left of it anybody may have written.
        """
        found = _address(peer)
        if found is None:
            return peer
        if self._trusts(found):
            for text in reversed(_forwarded(headers)):
                named = _address(text)
                if named is None:
                    break  # not what a proxy writes: the last one known is as far as we can see
                found = named
                if not self._trusts(found):
                    break
        return str(found) if isinstance(found, IPv4Address) else str(IPv6Network((int(found), _PREFIX), strict=False))

    def over_tls(self, peer: str, headers: Iterable[tuple[bytes, bytes]]) -> bool:
        """Does a trusted proxy say that the browser came to it over TLS (``X-Forwarded-Proto``)?"""
        found = _address(peer)
        if found is None or not self._trusts(found):
            return False
        return [value.strip().lower() for name, value in headers if name == b"x-forwarded-proto"][-1:] == [b"https"]

    def _trusts(self, address: IPv4Address | IPv6Address) -> bool:
        return any(address in network for network in self._trusted)


def _forwarded(headers: Iterable[tuple[bytes, bytes]]) -> list[str]:
    """The addresses listed; several headers are one list (RFC 9110, 5.3)."""
    lines = [value.decode("latin-1") for name, value in headers if name == b"x-forwarded-for"]
    return [part.strip() for part in ",".join(lines).split(",")] if lines else []


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """An address as proxies write it: bare, or with a port, which IPv6 takes in brackets."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
