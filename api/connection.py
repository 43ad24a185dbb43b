"""One HTTP/1.1 connection of uvicorn, with the limits that its parser does not set.

The size of a request's head and the time it may take are bounded, and bytes that are no request get a problem document
like every refused request. The head of an answer leaves together with its body.
"""

from __future__ import annotations

import asyncio
import secrets
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.problems import problem
from ledger.domain.errors import Refusal

MOST_HEAD = 65_536  # bytes: request line and headers
HEAD_SECONDS = 20.0
WHOLE = "lvyue.whole"  # in the scope of a request whose whole body came with its head


class HeadWithBody(asyncio.Transport):
    """What one answer is written to: its head waits for the body's first bytes, and both leave in one packet.

    A second packet costs another system call and wakes the client once more. A head that no body follows at once leaves
    by itself, in the next round of the event loop.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._transport = transport
        self._loop = loop
        self._head: bytes | None = None  # b"" once it has left

    def write(self, data: bytes | bytearray | memoryview[Any]) -> None:
        if self._head is None:
            self._head = bytes(data)
            self._loop.call_soon(self._let_go)
        else:
            head, self._head = self._head, b""
            self._transport.write(head + data if head else data)

    def _let_go(self) -> None:
        if self._head:
            self._transport.write(self._head)
            self._head = b""

    def close(self) -> None:
        self._let_go()
        self._transport.close()

    def is_closing(self) -> bool:
        return self._transport.is_closing()


class Connection(HttpToolsProtocol):
    """A connection that bounds the heads of its requests."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._begun = False  # a head, of which more is to come
        self._size = 0
        self._patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._patience = self.loop.call_later(HEAD_SECONDS, self._too_slow)

    def connection_lost(self, exc: Exception | None) -> None:
        self._at_rest()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self._begun or self.transport.is_closing():
            return
        self._size += len(data)
        if self._size > MOST_HEAD:
            self._refuse(Refusal("HEAD_TOO_LARGE", "headers", most=MOST_HEAD))
        elif self._patience is None:
            self._patience = self.loop.call_later(HEAD_SECONDS, self._too_slow)

    def on_message_begin(self) -> None:
        self._begun, self._size = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._begun = False
        self._at_rest()
        super().on_headers_complete()
        if self.scope["method"] != "HEAD":  # of which uvicorn writes no body
            self.cycle.transport = HeadWithBody(self.transport, self.loop)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        cast("dict[str, Any]", self.scope)[WHOLE] = True

    def send_400_response(self, msg: str) -> None:
        """Called by uvicorn where its parser fails."""
        self._refuse(Refusal("REQUEST_UNREADABLE"))

    def _at_rest(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _too_slow(self) -> None:
        self._patience = None
        if self._begun:
            self._refuse(Refusal("HEAD_TOO_SLOW", "headers", seconds=int(HEAD_SECONDS)))
        else:
            self.transport.close()  # nothing was asked

    def _refuse(self, refused: Refusal) -> None:
        """Answer why and close; only close where an answer to an earlier request is still under way."""
        self._begun = False
        self._at_rest()
        if self.cycle is None or self.cycle.response_complete:
            response = problem(refused, "zh", secrets.token_hex(8), {"Connection": "close"})
            head = b"".join(b"%s: %s\r\n" % header for header in response.raw_headers)
            self.transport.write(STATUS_LINE[response.status_code] + head + b"\r\n" + bytes(response.body))
        self.transport.close()
