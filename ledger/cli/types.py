"""`lvyue types`: the types of facts, and how a fact of each is written."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ledger import labels
from ledger.cli.arguments import UsageError
from ledger.cli.output import Output
from ledger.domain.fact import TYPES, WRITERS
from ledger.domain.template import TEMPLATES
from ledger.domain.words import clause_order
from ledger.drawing import FAINT, STRONG, Screen, Styled
from ledger.messages import in_language, say
from ledger.projections.fact_types import fact_type, fact_types

Record = Mapping[str, Any]


def types(asked: Namespace, out: Output) -> None:
    """List every type, or show one with its fields and an example."""
    if asked.template is not None:
        return _template(asked, out)
    if asked.type is None:
        return out.answer(fact_types(), _list)
    if out.tabular:
        message = say("USAGE_CSV_ONE_TYPE", out.lang)
        raise UsageError("USAGE", say("USAGE", out.lang, message=message, program="lvyue types"))
    out.answer(fact_type(asked.type), _one)


def _template(asked: Namespace, out: Output) -> None:
    """Write the table to fill in for a type, as .xlsx or .csv by the file's extension."""
    from ledger.importers.template import template

    if asked.type is None:
        message = say("USAGE_TEMPLATE", out.lang)
        raise UsageError("USAGE", say("USAGE", out.lang, message=message, program="lvyue types"))
    content = template(TYPES[asked.type], asked.template.rpartition(".")[2].lower(), out.lang)
    Path(asked.template).write_bytes(content)
    if out.as_json:
        return out.json({"type": asked.type, "file": asked.template, "bytes": len(content)})
    out.say("DONE_TEMPLATE", type=labels.fact_type(asked.type, out.lang), file=asked.template)


def _list(s: Screen, listed: Sequence[Record]) -> None:
    """Types by agreement, in the order of its clauses and including shared ones; then those of the ledger itself."""
    for slug in TEMPLATES:
        s.section(_called(s, slug))
        of_it = [(one["clauses"][slug], one) for one in listed if slug in one["clauses"]]
        rows = [("", [one["name"]["zh"], one["type"], labels.clause(clause, s.lang), _actors(s, one)])
                for clause, one in sorted(of_it, key=lambda one: clause_order(one[0]))]  # fmt: skip
        s.table(("name_zh", "fact_type", "clause", "actor"), rows, wide=(3,))
    s.section(s.word("types_ledgers"))
    rows = [("", [one["name"]["zh"], one["type"], _actors(s, one)]) for one in listed if not one["clauses"]]
    s.table(("name_zh", "fact_type", "actor"), rows, wide=(2,))


def _called(s: Screen, slug: str) -> str:
    return in_language((TEMPLATES[slug].zh, TEMPLATES[slug].en), s.lang)


def _actors(s: Screen, one: Record) -> str:
    if set(WRITERS) <= set(one["actor"]):
        return s.word("any_role")
    return s.word("joint").join(labels.label("role", role, s.lang) for role in one["actor"])


def _one(s: Screen, one: Record) -> None:
    s.line(Styled(one["name"]["zh"], STRONG), Styled(one["name"]["en"], STRONG), one["type"])
    for slug, clause in one["clauses"].items():
        s.line(Styled(_called(s, slug), FAINT), Styled(labels.article(clause, s.lang), FAINT))
    s.prose(one["meaning"][s.lang])
    s.line(s.word("done_by" if set(one["by"]) == set(one["actor"]) else "done_by_told_by", roles=_actors(s, one)))
    if one["introduces"]:
        s.line(s.word("introduces", kind=one["introduces"]["name"][s.lang], field=one["introduces"]["field"]))
    if one["subject"]:
        s.line(s.word("subject", kind=one["subject"]["name"][s.lang], field=one["subject"]["field"]))
    if one["fields"]:
        s.section(s.word("fields"))
    for field in one["fields"]:
        _field(s, field)
    if one["example_fact"] is None:
        return s.line(s.word(f"recorded_with_{one['recorded_with']}"))
    s.section(s.word("example"))
    print(json.dumps(one["example_fact"], ensure_ascii=False), file=s.stream)  # not wrapped, so that it can be copied
    s.line(s.word(f"recorded_with_{one['recorded_with'].replace(' ', '_')}"))


def _field(s: Screen, field: Record) -> None:
    needed = s.word("required" if field["required"] else "optional")
    s.line(Styled(field["field"], STRONG), field["name"][s.lang], needed)
    told = []
    if not field["options"] or isinstance(field["example"], list):
        example = json.dumps(field["example"], ensure_ascii=False)
        told.append(s.word("field_value", value=field["value"][s.lang], example=example))
    if field["only_for"]:
        by, of = field["only_for"]["field"], field["only_for"]["options"]
        kinds = s.word("joint").join(labels.label(by, one, s.lang) for one in of)
        told.append(s.word("only_for", kinds=kinds))
    if told:
        s.line(*(Styled(one, FAINT) for one in told), indent=4)
    for option in field["options"]:
        s.prose(f"{option['option']}  {option['name'][s.lang]}", indent=4, hang=4, style=FAINT)
