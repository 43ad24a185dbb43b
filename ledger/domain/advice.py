"""What is lawful but unwise in terms: told to who signs them, refused to nobody (SPEC 2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ledger.domain.words import Said


class Advice(NamedTuple):
    """One thing that counsel wants to see before signing.

    ``code`` is that of its sentence in the catalogue, whose ``values`` may be said in both languages; ``clause`` the
    clause whose words make it, ``field`` the dotted path of the term; ``example`` the smallest case, as JSON;
    ``reading`` the open question of the text that settles it, where there is one.
    """

    code: str
    clause: str
    field: str
    values: Mapping[str, object | Said]
    example: str | int | None = None
    reading: str | None = None
