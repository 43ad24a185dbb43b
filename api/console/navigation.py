"""The two rows of links at the top: for the ledger, and for the contract that a page is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.console.words import PageWords
from api.permissions import MAY
from ledger.custody.roles import EVERY

if TYPE_CHECKING:
    from api.console.context import PageContext

LEDGER = ("home", "log", "verify", "access", "start", "sessions")
CONTRACT = ("contract", "text", "time", "facts", "record", "import", "dispute", "evidence", "readings")
FOR_WRITERS = ("record", "import")
FOR_OPERATORS = ("access", "start")


def links(context: PageContext, words: PageWords, here: str, contract: str | None) -> dict[str, Any]:
    """``ledger_links`` and ``contract_links``, each (name, address, is current); missing pages are left out."""
    permissions = context.signed_in
    if permissions is None:
        return {"ledger_links": [], "contract_links": [], "who": ""}
    operates = permissions.principal.roles.get(EVERY) in MAY["administer"]
    registers = permissions.principal.roles.get(EVERY) in MAY["register"]
    ledger = [name for name in LEDGER if operates or name not in FOR_OPERATORS or (registers and name == "start")]
    role = permissions.principal.role(contract) if contract is not None else permissions.principal.roles.get(EVERY)
    own = [name for name in CONTRACT if role in MAY["record"] or name not in FOR_WRITERS]
    said = [words.label("role", role)] if role else []
    return {
        "ledger_links": [(name, words.url(name), name == here) for name in ledger if words.url(name)],
        "contract_links": [(name, words.url(name), name == here) for name in own if contract and words.url(name)],
        "who": " · ".join([*said, permissions.principal.name]),
    }
