"""The parameters of a contract: what differs from one agreement to the next (SPEC 2.3).

A document is what a TOML file or the registration's JSON holds. Its ``contract.template`` says which agreement it was
drawn from, and that agreement declares its keys, what would contradict, and what is built of them (``TermsOf``); the
contract itself, its parties and its readings stand in every document. The kinds of values are in ``terms_values``,
amending in ``terms_amendment``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Protocol

from ledger.domain import terms_amendment
from ledger.domain.declare import record
from ledger.domain.errors import Refusal
from ledger.domain.template import PARTIES, TEMPLATES, Template, contract_table
from ledger.domain.terms_amendment import document_json
from ledger.domain.terms_values import ABSENT, SLUG, Rows, Table, read
from ledger.domain.values import quoted

__all__ = ["Contract", "Party", "Terms", "Version", "amend", "document_json", "parse_terms", "registered", "shared"]


@record
class Contract:
    """Which contract this is: its number, its title, and the model agreement it was drawn from."""

    id: str
    title: str
    template: str


@record
class Party:
    """A party to the contract, by its registered name."""

    name: str


class Terms(Protocol):
    """What the terms of every contract have; ``readings`` are those it settles otherwise than by default."""

    @property
    def contract(self) -> Contract: ...
    @property
    def parties(self) -> Mapping[str, Party]: ...
    @property
    def readings(self) -> Mapping[str, str]: ...


def shared(values: Mapping[str, Any]) -> dict[str, Any]:
    """What every agreement's terms have, from values that were read."""
    return {
        "contract": Contract(**values["contract"]),
        "parties": {role: Party(**party) for role, party in values["parties"].items()},
        "readings": values.get("readings", {}),
    }


def parse_terms(document: Mapping[str, object], texts: Mapping[str, str] | None = None) -> Terms:
    """The terms a document states; dates may be TOML dates or JSON text.

    Raises Refusal ``TERMS_INVALID`` whose ``faults`` name every unknown or missing key, wrong type, value out
    of range, duplicate and contradiction at once, each with its path as ``field``; where no agreement is named, those
    of what every agreement has. ``texts`` is the JSON of each table, where the caller has it.
    """
    faults: list[Refusal] = []
    template = _template(document, faults)
    if template is not None:
        values: Any = _stated(template, texts) if texts is not None else None
        values = read(template.shape, document, "", faults) if values is None else values
        if isinstance(values, dict):
            faulty = frozenset(fault.field for fault in faults if fault.field is not None)
            faults.extend(template.terms.contradictions(values, faulty))
    if faults or template is None:
        raise Refusal("TERMS_INVALID", faults=faults, count=len(faults))
    terms: Terms = template.terms.build(values)
    return terms


def _stated(template: Template, texts: Mapping[str, str]) -> dict[str, Any] | None:
    """The values of a document without a fault, each table read once for all contracts that state it alike.

    None where something is at fault: the whole document then tells what.
    """
    keys = template.shape.keys
    if not texts.keys() <= keys.keys() or any(key not in texts and not keys[key].optional for key in keys):
        return None
    values = {key: _table(template.slug, key, texts[key]) for key in keys if key in texts}
    return None if ABSENT in values.values() else values


@lru_cache(maxsize=1024)
def _table(slug: str, key: str, text: str) -> Any:
    """What a document states at a key, or ABSENT where that has a fault; never changed by whoever is given it."""
    faults: list[Refusal] = []
    found = read(TEMPLATES[slug].shape.keys[key], _loaded(text), key, faults)
    return ABSENT if faults else found


@lru_cache(maxsize=1024)
def _loaded(text: str) -> Any:
    """The JSON of a table, shared by all contracts that state it alike: never changed by whoever is given it."""
    return json.loads(text)


_text = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def _template(document: Mapping[str, object], faults: list[Refusal]) -> Template | None:
    """The template a document names; adds to ``faults`` where it names none that was declared."""
    contract = document.get("contract") if isinstance(document, Mapping) else None
    slug = contract.get("template") if isinstance(contract, Mapping) else None
    if isinstance(slug, str):
        if slug not in TEMPLATES:
            known = ", ".join(sorted(TEMPLATES))
            faults.append(Refusal("TEMPLATE_UNKNOWN", "contract.template", template=quoted(slug), known=known))
        return TEMPLATES.get(slug)
    common = Table({"contract": contract_table(SLUG), "parties": PARTIES})
    if isinstance(document, Mapping):
        document = {key: document[key] for key in common.keys if key in document}
    read(common, document, "", faults)
    return None


def amend(document: Mapping[str, Any], changes: Mapping[str, object]) -> dict[str, Any]:
    """A new document with the changes made, by the keys of its agreement; see :func:`terms_amendment.amend`."""
    return terms_amendment.amend(TEMPLATES[document["contract"]["template"]].shape, document, changes)


# -- terms as they were registered and amended ------------------------------------------------------


class Version:
    """A document as it is recorded, the terms it states, and what amendments make of it.

    The same amendment of the same version is made and checked once: every sweep and admission asks for it anew.
    """

    __slots__ = ("_amended", "document", "terms")

    def __init__(self, document: dict[str, Any], texts: Mapping[str, str] | None = None) -> None:
        """``texts`` is the JSON of each table. Raises Refusal where the document contradicts itself."""
        self.document = document
        self.terms = parse_terms(document, texts)
        self._amended: dict[str, Version] = {}

    def at(self, path: str) -> object:
        """What the document has at a dotted path, a row by what addresses it; None for nothing."""
        shape: Any = TEMPLATES[self.terms.contract.template].shape
        value: Any = self.document
        for part in path.split("."):
            if isinstance(shape, Rows):
                address = shape.address
                value = next((row for row in value if str(row[address]) == part), None)
                shape = shape.row
            else:
                value, shape = value.get(part), shape.keys[part]
            if value is None:
                return None
        return value

    def amended(self, changes: Mapping[str, object]) -> Version:
        """The version with the changes made. Raises Refusal where they cannot be."""
        key = json.dumps(changes, sort_keys=True)
        found = self._amended.get(key)
        if found is None:
            found = Version(amend(self.document, changes))
            while len(self._amended) >= _BRANCHES:  # of amendments simulated, or left out of a view
                del self._amended[next(iter(self._amended))]
            self._amended[key] = found
        return found


_BRANCHES = 8


def registered(document: Mapping[str, Any]) -> Version:
    """The version a registration states, its document as recorded; parsed once. Raises Refusal as parse_terms does."""
    return _registered(tuple((key, _text(table)) for key, table in document.items()))


@lru_cache(maxsize=256)
def _registered(texts: tuple[tuple[str, str], ...]) -> Version:
    return Version({key: _loaded(text) for key, text in texts}, dict(texts))
