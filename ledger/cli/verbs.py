"""The verbs of the command line: the arguments, an example and the function of each."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from ledger.cli.arguments import Arguments, Parser, PrintVersion
from ledger.domain.declare import NamedTuple
from ledger.messages import Language, say

CONTRACT = "CU12-1101-2025-018605"  # of the examples


class Verb(NamedTuple):
    """A verb: its arguments, an example, and its function, imported only when the verb is used.

    ``of_one``: it asks about one contract, so that only that contract's agreement is imported.
    """

    name: str
    takes: Callable[[Arguments], None]
    does: str
    example: str
    of_one: bool = False


def _register(a: Arguments) -> None:
    a.argument("file", "TERMS.toml")
    a.option("--by", "by", metavar="ROLE", type=a.values.party, default="party_a")


def _terms(a: Arguments) -> None:
    a.argument("action", "check", a.values.terms)
    a.argument("file", "TERMS.toml")
    a.listing()


def _record(a: Arguments) -> None:
    a.contract()
    a.argument("file", "FACTS.jsonl", nargs="?")
    _told_of_table(a)
    a.option("--preview", "preview", action="store_true")
    a.option("--bulk", "bulk", action="store_true")
    a.option("--expected-version", "expected_version", metavar="N", type=a.values.version)


def _told_of_table(a: Arguments) -> None:
    a.option("--type", "table_type", "table", metavar="TYPE", type=a.values.fact_type)
    a.option("--by", "table_by", "table", metavar="ROLE", type=a.values.role, default="party_a")
    a.option("--actor", "table_actor", "table", metavar="ROLE", type=a.values.role)
    a.option("--skip", "table_skip", "table", metavar="COLUMN", type=a.values.text, action="append")


def _import(a: Arguments) -> None:
    a.argument("kind", "KIND", a.values.import_kind)
    a.contract()
    a.argument("file", "FILE", a.values.text)
    a.option("--on", "import_on", "asked_of_import", metavar="D", type=a.values.text)
    a.option("--instalment", "import_instalment", "asked_of_import", metavar="N", type=a.values.version)
    a.option("--resolution", "import_resolution", "asked_of_import", metavar="SECONDS", type=a.values.seconds)
    _told_of_table(a)
    a.option("--preview", "import_preview", action="store_true")
    a.option("--confirm", "import_confirm", action="store_true")


def _drafts(a: Arguments) -> None:
    a.contract()
    a.argument("id", "IMPORT", a.values.text, nargs="?")
    a.option("--row", "draft_row", metavar="N", type=a.values.version, action="append", default=None, dest="rows")
    a.option("--set", "draft_set", metavar="FIELD=VALUE", type=a.values.field, action="append", default=[],
             dest="cells")  # fmt: skip
    a.option("--preview", "preview", action="store_true")
    a.option("--confirm", "draft_confirm", action="store_true")
    a.option("--discard", "draft_discard", action="store_true")
    a.listing()


def _correct(a: Arguments) -> None:
    a.contract()
    a.argument("fact", "FACT", a.values.text)
    a.argument("fields", "FIELD=VALUE", a.values.field, nargs="+")
    a.option("--reason", "correct_reason", metavar="TEXT", type=a.values.text, required=True, dest="reason")
    a.option("--by", "correct_by", metavar="ROLE", type=a.values.role, dest="by")
    a.option("--preview", "preview", action="store_true")


def _status(a: Arguments) -> None:
    a.contract()
    a.question()
    a.option("--sensitivity", "sensitivity", "question", action="store_true")
    a.option("--section", "section", metavar="SECTION", type=a.values.text)
    a.listing()


def _claims(a: Arguments) -> None:
    a.contract()
    a.question()
    a.listing()
    a.option("--acknowledge", "acknowledge", "answering", metavar="FACT", type=a.values.text)
    a.option("--contest", "contest", "answering", metavar="FACT", type=a.values.text)
    a.option("--reason", "claim_reason", "answering", metavar="TEXT", type=a.values.text, dest="reason")
    a.option("--document", "claim_document", "answering", metavar="FILE", action="append", default=[])
    a.option("--by", "claim_by", "answering", metavar="ROLE", type=a.values.role, dest="by")
    a.option("--preview", "preview", "answering", action="store_true")


def _types(a: Arguments) -> None:
    a.argument("type", "TYPE", a.values.fact_type, nargs="?")
    a.option("--template", "template", metavar="FILE", type=a.values.text)
    a.listing()


def _facts(a: Arguments) -> None:
    a.contract()
    a.question(view=False)
    a.option("--type", "type", "filters", metavar="TYPE", type=a.values.fact_type)
    a.option("--by", "said_by", "filters", metavar="ROLE", type=a.values.role)
    a.option("--recorded-by", "recorded_by", "filters", metavar="NAME", type=a.values.text)
    a.option("--from", "happened_from", "filters", metavar="D", dest="start", type=a.values.day)
    a.option("--until", "happened_until", "filters", metavar="D", type=a.values.day)
    a.option("--late", "late", "filters", metavar="N", type=a.values.count)
    a.listing()


def _replay(a: Arguments) -> None:
    a.contract()
    a.question()
    a.option("--by", "replay_by", metavar="happened|recorded", type=a.values.order, default="happened")
    a.listing()


def _explain(a: Arguments) -> None:
    a.contract()
    a.argument("path", "PATH", a.values.text, nargs="?")
    a.question()
    a.listing()


def _clause(a: Arguments) -> None:
    a.contract()
    a.argument("article", "ARTICLE", a.values.text, nargs="?")
    a.question()


def _deadlines(a: Arguments) -> None:
    a.argument("contract", "CONTRACT", a.values.text, nargs="?")
    a.question()
    a.option("--until", "until", metavar="D", type=a.values.day)
    a.listing()


def _simulate(a: Arguments) -> None:
    a.contract()
    a.argument("file", "FACTS.jsonl")
    _told_of_table(a)
    a.question()


def _diff(a: Arguments) -> None:
    a.contract()
    a.question(twice=True)
    a.listing()


def _portfolio(a: Arguments) -> None:
    a.option("--where", "where", metavar="CONDITION", action="append", default=[], type=a.values.text)
    a.option("--prefix", "prefix", metavar="NUMBER", type=a.values.text)
    a.option("--contains", "contains", metavar="TEXT", type=a.values.text)
    a.option("--order", "portfolio_order", metavar="NAME", type=a.values.text)
    a.option("--rebuild", "rebuild", action="store_true")
    a.option("--if-reading", "if_reading", "what_if", metavar="K=V", type=a.values.reading, action="append", default=[])
    a.option("--if-notice", "if_notice", "what_if", metavar="NOTICE.json", action="append", default=[])
    a.option("--if-facts", "if_facts", "what_if", metavar="FACTS.jsonl")
    a.option("--dask", "dask", metavar="SCHEDULER", type=a.values.text)
    a.question()
    a.listing()


def _calendar(a: Arguments) -> None:
    a.argument("day", "DAY", nargs="?")
    a.argument("file", "NOTICE.json", nargs="?")
    a.option("--from", "from", metavar="D", dest="start", type=a.values.day)
    a.option("--working-days", "working_days", metavar="N", dest="count", type=a.values.count)
    a.option("--known-at", "known_at", metavar="T", type=a.values.moment)


def _evidence(a: Arguments) -> None:
    a.contract()
    a.option("--output", "output", short="-o", metavar="FILE")
    a.option("--preview", "evidence_preview", action="store_true")
    a.question()
    a.option("--about", "about", metavar="ID", nargs="+", action="extend", default=[], type=a.values.text)
    a.option("--disclose", "disclose", metavar="FACT.FIELD", nargs="+", action="extend", default=[],
             type=a.values.text)  # fmt: skip
    a.option("--by", "export_by", metavar="ROLE", type=a.values.role, default="party_a")


def _verify(a: Arguments) -> None:
    a.argument("file", "PACKAGE.zip")
    a.option("--trust", "trust", metavar="KEYS", action="append", default=[])


def _log(a: Arguments) -> None:
    a.argument("action", "LOG_ACTION", a.values.log_action)
    a.argument("words", "LOG_WORDS", a.values.text, nargs="*")
    a.option("--key", "witness_key", metavar="FILE", type=a.values.text)
    a.option("--name", "witness_name", metavar="NAME", type=a.values.text)
    a.option("--entries", "log_entries", action="store_true")
    a.option("--reason", "reason", metavar="TEXT", type=a.values.text)
    a.listing()


def _city(a: Arguments) -> None:
    a.argument("action", "CITY_ACTION", a.values.city_action)
    a.argument("words", "CITY_WORDS", a.values.text, nargs="*")
    a.option("--witness", "city_witness", metavar="KEY", type=a.values.text)
    a.option("--key", "witness_key", metavar="FILE", type=a.values.text)
    a.option("--name", "witness_name", metavar="NAME", type=a.values.text)
    a.option("--trust", "city_trust", metavar="KEYS", type=a.values.text)
    a.option("--into", "city_into", metavar="FOLDER", type=a.values.text)
    a.option("--bureau", "city_bureau", metavar="ADDRESS", type=a.values.text)
    a.listing()


def _audit(a: Arguments) -> None:
    a.option("--since", "since", metavar="CHECKPOINT", type=a.values.text)


def _backup(a: Arguments) -> None:
    a.argument("file", "BACKUP.db")


def _copy(a: Arguments) -> None:
    a.argument("source", "SOURCE", a.values.text)
    a.argument("target", "TARGET", a.values.text)


def _migrate(a: Arguments) -> None:
    a.option("--service", "service", metavar="ROLE", type=a.values.text)


def _attach(a: Arguments) -> None:
    a.contract()
    a.argument("fact", "FACT", a.values.text)
    a.argument("files", "FILE", a.values.text, nargs="+")
    a.option("--by", "attach_by", metavar="ROLE", type=a.values.role, default="party_a")


def _erase(a: Arguments) -> None:
    a.argument("subject", "SUBJECT", a.values.text)
    a.option("--reason", "reason", metavar="TEXT", type=a.values.text, required=True)


def _demo(a: Arguments) -> None:
    a.argument("name", "DEMO", a.values.text, nargs="?")
    a.option("--into", "into", metavar="DIR", default="demo")
    a.option("--contracts", "contracts", metavar="DIR")


def _serve(a: Arguments) -> None:
    a.option("--host", "host", metavar="HOST", default="127.0.0.1")
    a.option("--port", "port", metavar="N", type=a.values.port, default=8000)
    a.option("--tls-cert", "tls_cert", metavar="FILE")
    a.option("--tls-key", "tls_key", metavar="FILE")
    a.option("--require-if-match", "require_if_match", action="store_true")
    a.option("--rate", "rate", metavar="N", type=a.values.count)
    a.option("--proxy-headers", "proxy_headers", metavar="ADDRESS", type=a.values.text, action="append", default=[])
    a.option("--workers", "workers", metavar="N", type=a.values.workers)
    a.option("--no-background", "no_background", action="store_true")
    a.option("--public-log", "public_log", action="store_true")
    a.option("--idle", "idle", metavar="MINUTES", type=a.values.minutes)
    a.option("--allow-receiver", "allow_receiver", metavar="HOST", type=a.values.text, action="append", default=[])


def _work(a: Arguments) -> None:
    a.argument("roles", "ROLE", a.values.text, nargs="*")
    a.option("--allow-receiver", "allow_receiver", metavar="HOST", type=a.values.text, action="append", default=[])


def _access(a: Arguments) -> None:
    a.argument("action", "ACTION", a.values.access)
    a.argument("words", "WORDS", a.values.text, nargs="*")
    a.option("--days", "days", metavar="N", type=a.values.count)
    a.option("--issuer", "issuer", metavar="URL", type=a.values.text)
    a.option("--subject", "subject", metavar="SUB", type=a.values.text)
    a.listing()


def _completion(a: Arguments) -> None:
    a.argument("shell", "SHELL", a.values.shell)


VERBS = (
    Verb("register", _register, "ledger.cli.recording:register", "lvyue register contracts/cu12-1101-2025-018605.toml"),
    Verb("terms", _terms, "ledger.cli.terms:check", "lvyue terms check contracts/cu12-1101-2025-018605.toml"),
    Verb("types", _types, "ledger.cli.types:types",
         "lvyue types\n  lvyue types InvoiceIssued\n  lvyue types IncidentReported --template incidents.xlsx"),
    Verb("record", _record, "ledger.cli.recording:record",
         f"lvyue record {CONTRACT} facts.jsonl\n  lvyue record {CONTRACT} incidents.xlsx\n"
         "  lvyue record --bulk city.jsonl"),
    Verb("import", _import, "ledger.cli.importing:import_",
         f"lvyue import table {CONTRACT} incidents.csv --type IncidentReported\n"
         f"  lvyue import einvoice {CONTRACT} invoice.xml --on 2026-03-02 --instalment 2 --preview\n"
         f"  lvyue import alertmanager {CONTRACT} alerts.json"),
    Verb("drafts", _drafts, "ledger.cli.importing:drafts",
         f"lvyue drafts {CONTRACT}\n  lvyue drafts {CONTRACT} 47f56506348bd5a8 --row 3 --set amount=1200.00\n"
         f"  lvyue drafts {CONTRACT} 47f56506348bd5a8 --confirm"),
    Verb("correct", _correct, "ledger.cli.correcting:correct",
         f'lvyue correct {CONTRACT} 23 people_affected=120000 --reason "a zero was missing" --preview'),
    Verb("status", _status, "ledger.cli.asking:status", f"lvyue status {CONTRACT} --as-of 2026-11-22", of_one=True),
    Verb("claims", _claims, "ledger.cli.claims:claims",
         f"lvyue claims {CONTRACT}\n  lvyue claims {CONTRACT} --acknowledge 41 --by party_a\n"
         f"  lvyue claims {CONTRACT} --contest 23 --reason \"not a platform outage\" --document log.pdf"),
    Verb("facts", _facts, "ledger.cli.asking:facts", f"lvyue facts {CONTRACT} --by party_b --late 30", of_one=True),
    Verb("replay", _replay, "ledger.cli.asking:replay", f"lvyue replay {CONTRACT} --as-of 2026-03-31", of_one=True),
    Verb("explain", _explain, "ledger.cli.asking:explain", f"lvyue explain {CONTRACT} termination.allowed",
         of_one=True),
    Verb("clause", _clause, "ledger.cli.asking:clause", f"lvyue clause {CONTRACT} 9", of_one=True),
    Verb("deadlines", _deadlines, "ledger.cli.asking:deadlines", f"lvyue deadlines {CONTRACT} --until 2026-12-31"),
    Verb("simulate", _simulate, "ledger.cli.asking:simulate", f"lvyue simulate {CONTRACT} plan.jsonl"),
    Verb("diff", _diff, "ledger.cli.asking:diff", f"lvyue diff {CONTRACT} --as-of 2025-12-31 --as-of 2026-01-31",
         of_one=True),
    Verb("portfolio", _portfolio, "ledger.cli.asking:portfolio",
         "lvyue portfolio --as-of 2026-06-30\n  lvyue portfolio --where 'overdue>10000.00' --where one_short"),
    Verb("calendar", _calendar, "ledger.cli.calendar:calendar",
         "lvyue calendar 2026-02-14\n  lvyue calendar --from 2026-02-12 --working-days 5\n"
         "  lvyue calendar publish notice-2027.json"),
    Verb("evidence", _evidence, "ledger.cli.evidence:evidence",
         f"lvyue evidence {CONTRACT} -o evidence.zip --as-of 2026-11-22\n"
         f"  lvyue evidence {CONTRACT} -o dispute.zip --about D-1"),
    Verb("verify", _verify, "ledger.cli.evidence:verify", "lvyue verify evidence.zip --trust keys.txt"),
    Verb("log", _log, "ledger.cli.log:log",
         f"lvyue log checkpoint\n  lvyue log proof {CONTRACT} 3\n  lvyue log compare checkpoint.txt\n"
         "  lvyue log cosign --key party-b.key\n  lvyue log admit KEY party-b\n  lvyue log rotate\n"
         "  lvyue log keys > keys.txt\n  lvyue log tiles public/log\n"
         "  lvyue log accept-rollback --reason \"restored a backup\"\n"
         "  lvyue log correct-clock --reason \"four days ahead\""),
    Verb("city", _city, "ledger.cli.city:city",
         "lvyue city init log.city.example --store sqlite:///city.db\n"
         "  lvyue city add water-bureau keys.txt https://log.water.example --store sqlite:///city.db\n"
         "  lvyue city collect public --store sqlite:///city.db\n"
         "  lvyue city keys --store sqlite:///city.db > city.txt\n"
         "  lvyue city cosign https://log.city.example --key witness.key --trust city.txt --into public\n"
         "  lvyue city verify checkpoint.txt https://log.city.example --trust city.txt"),
    Verb("audit", _audit, "ledger.cli.custody:audit", "lvyue audit --since checkpoint.txt"),
    Verb("backup", _backup, "ledger.cli.copies:backup", "lvyue backup lvyue-2026-11-26.db"),
    Verb("restore", _backup, "ledger.cli.copies:restore",
         "lvyue restore lvyue-2026-11-26.db\n  lvyue restore lvyue-2026-11-26.db --store postgresql://host/database"),
    Verb("copy", _copy, "ledger.cli.copies:copy", "lvyue copy sqlite:///lvyue.db postgresql://host/database"),
    Verb("migrate", _migrate, "ledger.cli.copies:migrate",
         "lvyue migrate --store postgresql://owner@host/database --service lvyue_server"),
    Verb("attach", _attach, "ledger.cli.custody:attach", f"lvyue attach {CONTRACT} 3 invoice.pdf --by party_b"),
    Verb("erase", _erase, "ledger.cli.custody:erase", f'lvyue erase {CONTRACT}/staff-07 --reason "the person asked"'),
    Verb("serve", _serve, "api.command:serve", "lvyue serve --port 8000\n  lvyue serve --workers 4"),
    Verb("work", _work, "api.command:work", "lvyue work\n  lvyue work signer"),
    Verb("access", _access, "api.command:access",
         f"lvyue access grant bureau party_a {CONTRACT}\n  lvyue access revoke bureau"),
    Verb("demo", _demo, "ledger.cli.demo:demo", "lvyue demo"),
    Verb("completion", _completion, "ledger.cli.completion:completion",
         'eval "$(lvyue completion bash)"\n  lvyue completion zsh > "${fpath[1]}/_lvyue"'),
)  # fmt: skip


def build(lang: Language, *, only: str | None = None) -> argparse.ArgumentParser:
    """The parser of the whole command, or of the verb ``only``, which is quicker."""
    names = ", ".join(verb.name for verb in VERBS)
    parser = Parser("lvyue", lang, names, description=say("help.lvyue", lang), epilog=say("help.more", lang))
    top = Arguments(parser, lang)
    verbs = parser.add_subparsers(
        dest="verb", required=True, prog="lvyue", parser_class=Parser,
        metavar=say("help.verb", lang), title=say("help.verbs", lang),
    )  # fmt: skip
    top.everywhere(default=None)
    top.option("--version", "version", action=PrintVersion, nargs=0)
    for verb in VERBS:
        if only is not None and verb.name != only:
            continue
        help_ = say(f"help.{verb.name}", lang)
        epilog = f"{say('help.example', lang)}\n  {verb.example}"
        one = Arguments(verbs.add_parser(verb.name, lang=lang, help=help_, description=help_, epilog=epilog), lang)
        verb.takes(one)
        one.everywhere(default=argparse.SUPPRESS)
    return parser
