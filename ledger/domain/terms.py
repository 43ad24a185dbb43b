"""The terms of a contract: the parameters that differ from one contract to the next (SPEC 2.3).

A document is the content of a TOML file or the JSON of a registration. Its ``contract.template`` names the agreement it
was drawn from; that agreement declares its keys, its contradictions and the record built from the values (``TermsOf``).
The contract itself, its parties and its readings stand in every document. The kinds of values are in ``terms_values``,
amending in ``terms_amendment``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Protocol, TypeAlias

from ledger.domain import terms_amendment
from ledger.domain.declare import record, replace
from ledger.domain.errors import Refusal
from ledger.domain.template import PARTIES, TEMPLATES, Template, contract_table
from ledger.domain.terms_amendment import document_json
from ledger.domain.terms_values import ABSENT, SLUG, Rows, Table, read
from ledger.domain.values import quoted

__all__ = [
    "Contract", "Party", "Terms", "TermsDocument", "Version", "amend", "document_json", "parse_terms", "registered",
    "shared", "to_register",
]  # fmt: skip


Text: TypeAlias = str | bytes
Texts: TypeAlias = tuple[tuple[str, Text], ...]
"""The JSON of what stands at each key."""


@record
class Contract:
    """A contract's number, its title, and the model agreement it was drawn from."""

    id: str
    title: str
    template: str


@record
class Party:
    """A party to the contract, by its registered name."""

    name: str


class Terms(Protocol):
    """What the terms of every contract have; ``readings`` are those settled otherwise than by default."""

    @property
    def contract(self) -> Contract: ...
    @property
    def parties(self) -> Mapping[str, Party]: ...
    @property
    def readings(self) -> Mapping[str, str]: ...


def shared(values: Mapping[str, Any]) -> dict[str, Any]:
    """The part of the terms that every agreement has, from values that were read."""
    return {
        "contract": Contract(**values["contract"]),
        "parties": {role: Party(**party) for role, party in values["parties"].items()},
        "readings": values.get("readings", {}),
    }


def parse_terms(document: Mapping[str, object]) -> Terms:
    """The terms that a document states; dates may be TOML dates or JSON text.

    Raises Refusal ``TERMS_INVALID`` whose ``faults`` name every unknown or missing key, wrong type, value out of range,
    duplicate and contradiction at once, each with its path as ``field``. Where no known agreement is named, only what
    every agreement has is checked.
    """
    faults: list[Refusal] = []
    template = _template(document, faults)
    if template is not None:
        values = read(template.shape, document, "", faults)
        if isinstance(values, dict):
            faulty = frozenset(fault.field for fault in faults if fault.field is not None)
            faults.extend(template.terms.contradictions(values, faulty))
    if faults or template is None:
        raise Refusal("TERMS_INVALID", faults=faults, count=len(faults))
    terms: Terms = template.terms.build(values)
    return terms


def _stated(document: Mapping[str, Any], texts: Texts) -> Terms:
    """The terms of a registration, made once for all contracts that state the same but for which contract they are.

    What contracts have in common they mostly have table by table, so each table is read once, too.
    """
    named = document.get("contract")
    slug = str(named.get("template")) if isinstance(named, Mapping) else ""
    alike = _alike(slug, tuple(pair for pair in texts if pair[0] != "contract"))
    contract: Any = _table(slug, "contract", dict(texts)["contract"]) if alike is not None else ABSENT
    if alike is None or contract is ABSENT:
        return parse_terms(document)  # tells what is at fault
    return replace(alike, contract=Contract(**contract))  # type: ignore[type-var]  # every record can be replaced


@lru_cache(maxsize=256)
def _alike(slug: str, texts: Texts) -> Terms | None:
    """The terms of any contract that states these tables; None where something is at fault."""
    template, told = TEMPLATES.get(slug), dict(texts)
    if template is None:
        return None
    keys = template.shape.keys
    wanted = {key for key in keys if key != "contract" and not keys[key].optional}
    if not wanted <= told.keys() <= keys.keys():
        return None
    values = {key: _table(slug, key, told[key]) for key in keys if key in told}
    if ABSENT in values.values():
        return None
    values["contract"] = {"id": "-", "title": "-", "template": slug}
    if any(template.terms.contradictions(values, frozenset())):
        return None
    terms: Terms = template.terms.build(values)
    return terms


@lru_cache(maxsize=1024)
def _table(slug: str, key: str, text: Text) -> Any:
    """What a document states at a key, or ABSENT where that has a fault; callers must not change it."""
    faults: list[Refusal] = []
    found = read(TEMPLATES[slug].shape.keys[key], _shared(text)[1], key, faults)
    return ABSENT if faults else found


class TermsDocument(dict[str, Any]):
    """Terms as recorded; contracts with the same table share it, so it must not be changed.

    ``texts`` is the JSON of each table.
    """

    __slots__ = ("texts",)

    def __init__(self, document: Mapping[str, Any], text: Callable[[object], Text]) -> None:
        """``text`` gives the JSON of a value, as text or bytes; equal values must always give equal JSON."""
        stated = [(key, *_shared(text(table))) for key, table in document.items()]
        super().__init__((key, table) for key, _, table in stated)
        self.texts = tuple((key, shared) for key, shared, _ in stated)


@lru_cache(maxsize=1024)
def _shared(text: Text) -> tuple[Text, Any]:
    return text, json.loads(text)


_text = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def _template(document: Mapping[str, object], faults: list[Refusal]) -> Template | None:
    """The template that a document names; adds to ``faults`` where no such template was declared."""
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
    """A document as recorded, the terms it states, and the versions that amendments make of it.

    The same amendment of the same version is made and checked once, since every sweep and admission asks for it.
    """

    __slots__ = ("_amended", "document", "terms")

    def __init__(self, document: dict[str, Any], terms: Terms | None = None) -> None:
        """``terms`` are those it states, where already known. Raises Refusal where the document contradicts itself."""
        self.document = document
        self.terms = terms if terms is not None else parse_terms(document)
        self._amended: dict[str, Version] = {}

    def at(self, path: str) -> object:
        """What the document has at a dotted path, a row by its address; None where there is nothing."""
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
        """The version with the changes made. Raises Refusal where they cannot be made."""
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
    """The version that a registration states; parsed once per document. Raises Refusal as parse_terms does."""
    return _registered((document if isinstance(document, TermsDocument) else TermsDocument(document, _text)).texts)


def to_register(document: Mapping[str, object]) -> dict[str, Any]:
    """The document as a registration stores it; what it has in common with other contracts is read and kept once.

    Raises Refusal as parse_terms does.
    """
    try:
        kept = TermsDocument(document, _text)
    except (TypeError, ValueError, AttributeError, RecursionError):  # not JSON: told, or the dates of a TOML file
        parse_terms(document)
        return dict(document)
    registered(kept)
    return kept


@lru_cache(maxsize=256)
def _registered(texts: Texts) -> Version:
    document = {key: _shared(text)[1] for key, text in texts}
    return Version(document, _stated(document, texts))
