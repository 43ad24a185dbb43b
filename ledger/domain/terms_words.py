"""What the terms of a contract are called, and the kind of value each holds, for forms and explanations.

An agreement names its terms by dotted paths without row addresses (``TermsOf.names``): a table or list
``payment.instalments``, a row of it ``payment.instalments.*`` (its address fills ``{number}``), a value
``payment.instalments.amount``; and the meaning of a word, ``term.starts_with=lease``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ledger.domain.template import Template
from ledger.domain.terms_values import Rows, Table, Value, without_rows
from ledger.domain.terms_values import Shape as TermsShape
from ledger.domain.values import Shape
from ledger.domain.words import Said

_OF_EVERY_CONTRACT: Final[Mapping[str, Said]] = {
    "contract": ("合同", "contract"),
    "contract.id": ("合同编号", "number of the contract"),
    "contract.title": ("合同名称", "title of the contract"),
    "contract.template": ("示范文本", "model agreement"),
    "parties": ("当事人", "parties"),
    "parties.party_a": ("甲方", "party A"),
    "parties.party_b": ("乙方", "party B"),
    "parties.party_a.name": ("甲方名称", "name of party A"),
    "parties.party_b.name": ("乙方名称", "name of party B"),
    "readings": ("约定的条款解读", "readings agreed"),
}
_EXAMPLES: Final[Mapping[str, object]] = {
    "amount": "30000.00", "share": "0.15", "percent": "99.95", "decimal": "1.5", "integer": 30, "day": "2026-03-31",
}  # fmt: skip


def term_of(template: Template, path: str) -> Said | None:
    """The name of what stands at a dotted path, with its row; None where the agreement does not name it."""
    named, rows = without_rows(template.shape, path)
    said = column_of(template, named)
    if said is None or not rows:
        return said
    row = row_of(template, _list_of(template.shape, named), rows[-1])
    return (f"{row[0]}{said[0]}", f"{row[1]}: {said[1]}") if row is not None else said


def column_of(template: Template, named: str) -> Said | None:
    """The name of a path without row addresses; None where the agreement does not name it."""
    head, _, reading = named.partition(".")
    if head == "readings" and reading in template.readings:
        one = template.readings[reading]
        return one.zh, one.en
    return template.terms.names.get(named) or _OF_EVERY_CONTRACT.get(named)


def row_of(template: Template, list_: str, address: str) -> Said | None:
    """The name of a row of a list, by its address."""
    said = template.terms.names.get(f"{list_}.*")
    return (said[0].format(number=address), said[1].format(number=address)) if said is not None else None


def _list_of(shape: TermsShape, named: str) -> str:
    """The innermost list on a path."""
    found, parts = "", named.split(".")
    for count, part in enumerate(parts, 1):
        table = shape.row if isinstance(shape, Rows) else shape
        if not isinstance(table, Table) or part not in table.keys:
            break
        shape = table.keys[part]
        if isinstance(shape, Rows):
            found = ".".join(parts[:count])
    return found


OTHER = "*"  # in place of a word: how one is called that is not among the words with a meaning of their own


def value_shape(template: Template, named: str, value: Value) -> Shape:
    """The shape by which forms ask for a value of the terms: that of facts' fields of the same kind."""
    reader = value.read
    items = None
    if reader.sort == "list":
        told: Mapping[str, object] = reader.schema.get("items", {})
        items = Shape(reader.read, None, None, told, options=_options(template, named, told), sort="word",
                      label=template.terms.names.get(f"{named}={OTHER}"))  # fmt: skip
    options = _options(template, named, reader.schema) if reader.sort == "word" else {}
    return Shape(
        reader.read, None, None, reader.schema, example=_EXAMPLES.get(reader.sort), options=options,
        sort=reader.sort, items=items,
    )  # fmt: skip


def _options(template: Template, named: str, schema: Mapping[str, object]) -> Mapping[str, Said]:
    """The words that a term takes, each with its meaning; a word without a name stands for itself."""
    head, _, reading = named.partition(".")
    if head == "readings" and reading in template.readings:
        return {name: (one[0], one[1]) for name, one in template.readings[reading].options.items()}
    if named == "contract.template":
        return {template.slug: (template.zh, template.en)}
    means = {
        path.removeprefix(f"{named}="): said for path, said in template.terms.names.items()
        if path.startswith(f"{named}=") and path != f"{named}={OTHER}"
    }  # fmt: skip
    listed = schema.get("enum")
    return {one: means.get(one, (one, one)) for one in listed} if isinstance(listed, list) else means
