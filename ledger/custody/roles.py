"""Which roles a principal holds, as far as this ledger was told (SPEC 2.1, ``recorded_by``)."""

from __future__ import annotations

from json import loads

from ledger.store import Store

PRINCIPAL = "principal"  # the kind of the records that say who may do what
EVERY = "*"  # every contract that is not named itself


def roles_of(store: Store, name: str, contract: str) -> tuple[str, ...] | None:
    """The roles ``name`` holds on ``contract``; None where nobody of that name was ever granted anything."""
    value = store.get(PRINCIPAL, name)
    if value is None:
        return None
    roles = loads(value)["roles"]
    role = roles.get(contract) or roles.get(EVERY)
    return () if role is None else (role,)
