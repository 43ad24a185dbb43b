"""日志 Log: the checkpoints of the transparency log, who cosigned them, its keys, and what the last audit found."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from api.background.audits import Audits
from api.console.context import PageContext
from api.console.routes import Pages
from api.console.tables import LedgerTable, TableColumn, TableRow, table
from api.console.words import PageWords
from api.permissions import MAY
from ledger import messages
from ledger.custody.roles import EVERY
from ledger.domain.moments import format_utc
from ledger.log.handout import handed_out, trust_file
from ledger.log.log import TransparencyLog

MOST_CHECKPOINTS = 20


def log(pages: Pages) -> None:
    """Declares ``/log``, ``/log/trust.txt`` for verifiers, and POST ``/log/audit``, which starts an audit."""
    ledger = pages.console.components.ledger
    audits = Audits(ledger)

    @pages.get("log", "/log")
    def show_log(context: PageContext) -> Response:
        words, kept = context.words(), ledger.custody.log
        last = kept.last()
        shown = handed_out(kept) if kept.size() else {"origin": kept.origin, "keys": [], "witnesses": []}
        body = context.render(
            "log.html", size=kept.size(), waiting=kept.unsigned(), origin=kept.origin,
            note=str(kept.cosigned(last)) if last is not None else "",
            checkpoints=_checkpoints(words, kept), keys=_keys(words, shown), witnesses=_witnesses(words, shown),
            may_audit=context.principal.roles.get(EVERY) in MAY["inspect"], under_way=audits.under_way,
            audit=audits.last(),
            audited=_audited(words, audits.last()),
        )  # fmt: skip
        return context.page(words.plain("nav.log"), body, here="log")

    @pages.get("trust", "/trust.txt")
    def hand_out_keys(context: PageContext) -> Response:
        headers = {"Content-Disposition": 'attachment; filename="trust.txt"', "Cache-Control": "no-store"}
        return Response(trust_file(ledger.custody.log), 200, headers, "text/plain; charset=utf-8")

    @pages.post("/log")
    def begin_audit(context: PageContext) -> Response:
        context.permissions.may_for_all("inspect")
        if not context.form.is_shown_only:
            audits.begin(context.principal.name)
        return context.redirect(context.words().url("log", anchor="audit"))


def _checkpoints(words: PageWords, kept: TransparencyLog) -> LedgerTable:
    """The latest checkpoints: number of facts, time, root, cosigners, number of time stamps."""
    lines = []
    for head in kept.latest(MOST_CHECKPOINTS):
        own = len(head.note.signatures)
        cosigned = [one.name for one in kept.cosigned(head).signatures[own:]]
        stamps = len(kept.tokens(head.checkpoint.size))
        lines.append(TableRow([
            str(head.checkpoint.size), words.moment(format_utc(head.made_at), seconds=True),
            words.ident(head.checkpoint.root.hex()[:16]),
            words.listed(cosigned) if cosigned else words.say("log.nobody"), str(stamps),
        ]))  # fmt: skip
    heads = [TableColumn(words.plain(f"log.head.{one}"), number=one == "size") for one in
             ("size", "made", "root", "cosigned", "stamps")]  # fmt: skip
    return table(words.say("log.checkpoints-caption", most=MOST_CHECKPOINTS), heads, lines, empty=words.say("log.none"))


def _keys(words: PageWords, shown: dict[str, Any]) -> LedgerTable:
    lines = [
        TableRow([words.say(f"log.role.{one['role']}"),
                  words.say("log.since", size=one["since"]) if one["since"] else words.say("log.from-first"),
                  words.say("log.retired", size=one["retired"]["size"]) if one["retired"] else words.say("log.in-use"),
                  one["fingerprint"]])
        for one in shown["keys"] if one["role"] != "witness"
    ]  # fmt: skip
    heads = [TableColumn(words.plain(f"log.head.{one}")) for one in ("key", "since", "state", "fingerprint")]
    return table(words.say("log.keys-caption"), heads, lines, empty=words.say("log.no-keys"), cls="keys")


def _witnesses(words: PageWords, shown: dict[str, Any]) -> LedgerTable:
    lines = [TableRow([one["principal"], one["key"].partition("+")[0], one["fingerprint"]])
             for one in shown["witnesses"]]  # fmt: skip
    heads = [TableColumn(words.plain(f"log.head.{one}")) for one in ("witness", "name", "fingerprint")]
    return table("", heads, lines, empty=words.say("log.no-witnesses"), cls="keys")


def _audited(words: PageWords, last: dict[str, Any] | None) -> list[str]:
    """The findings of the last audit, as sentences."""
    if last is None:
        return []
    return [messages.say(one["code"], words.lang, **one["values"]) for one in last["findings"]]

