"""The verbs `lvyue serve`, `lvyue work` and `lvyue access`, called by the command line with parsed arguments.

The command line shows the Refusals they raise.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, Protocol

from api.principals import KEY_DAYS, Principals
from ledger.custody.roles import EVERY
from ledger.domain.errors import Refusal
from ledger.messages import Language, say
from ledger.service import Ledger


class CommandOutput(Protocol):
    """The part of the command line's output that is used here."""

    lang: Language
    as_json: bool

    @property
    def tabular(self) -> bool: ...
    def json(self, document: object) -> None: ...
    def table(self, rows: Iterable[Mapping[str, object]]) -> None: ...


def serve(asked: Namespace, out: CommandOutput) -> int:
    """``lvyue serve [--host H] [--port N] [--tls-cert F --tls-key F] [--require-if-match] [--rate N]
    [--proxy-headers ADDRESS]… [--public-log] [--workers N] [--no-background] [--idle MINUTES]
    [--allow-receiver HOST]…``."""
    import os

    from api.serve import main, settings_from

    chosen: dict[str, Any] = {}
    if getattr(asked, "require_if_match", False):
        chosen["require_if_match"] = True
    chosen["public_log"] = asked.public_log
    chosen["background"] = not asked.no_background
    rate = getattr(asked, "rate", None)
    if rate is not None:
        chosen |= {"rate": float(rate), "burst": 2.0 * rate}
    if asked.idle is not None:
        chosen["idle_minutes"] = float(asked.idle)
    chosen["proxies"] = tuple(asked.proxy_headers)
    chosen["receivers"] = tuple(asked.allow_receiver)
    certificate, key = getattr(asked, "tls_cert", None), getattr(asked, "tls_key", None)
    if (certificate is None) != (key is None):
        raise Refusal("SERVE_TLS_HALF", "tls-cert")
    tls = (certificate, key) if certificate is not None and key is not None else None
    return main(
        asked.store, asked.host, asked.port, lang=out.lang, settings=settings_from(os.environ, **chosen), tls=tls,
        workers=asked.workers or 0,
    )  # fmt: skip


def work(asked: Namespace, out: CommandOutput) -> int:
    """``lvyue work [ROLE…] [--allow-receiver HOST]…``: what runs beside requests, in a process of its own."""
    import os

    from api import worker
    from api.background.roles import ROLES
    from api.serve import settings_from

    for role in asked.roles:
        if role not in ROLES:
            raise Refusal("WORK_ROLE", "roles", role=role, known=", ".join(ROLES))
    settings = settings_from(os.environ, receivers=tuple(asked.allow_receiver))

    def ready() -> None:
        print(say("WORK_READY", out.lang, roles=", ".join(asked.roles or ROLES)), file=sys.stderr, flush=True)

    return worker.work(asked.store, settings, asked.roles, ready=ready)


def access(asked: Namespace, out: CommandOutput) -> int:
    """``lvyue access grant NAME ROLE [CONTRACT] | key NAME | revoke NAME_OR_KEY [CONTRACT] | list``.

    ``grant`` gives a principal without a key one, and shows it once.
    """
    from api.serve import open_ledger

    ledger = open_ledger(asked.store)
    principals = Principals(ledger.store, ledger.clock)
    words = list(asked.words or ())
    does = {"grant": (_grant, 2, 3), "key": (_key, 1, 1), "revoke": (_revoke, 1, 2), "list": (_list, 0, 0)}
    if asked.action not in does or not does[asked.action][1] <= len(words) <= does[asked.action][2]:
        raise Refusal("ACCESS_WORDS", "access")
    does[asked.action][0](principals, words, asked, out)
    if asked.action != "list":
        _seal(ledger)
    return 0


def _seal(ledger: Ledger) -> None:
    """Sign the change just made, where the log's keys are at hand; otherwise the server that has them will."""
    with suppress(Refusal, OSError):
        if ledger.custody.own_keyring() is not None:
            ledger.custody.seal(ledger.clock())


def _grant(principals: Principals, words: list[str], asked: Namespace, out: CommandOutput) -> None:
    name, role, contract = [*words, EVERY][:3]
    issuer, subject = getattr(asked, "issuer", None), getattr(asked, "subject", None)
    if (issuer is None) != (subject is None):
        raise Refusal("ACCESS_SUBJECT_HALF", "subject")
    named = (issuer, subject) if issuer is not None and subject is not None else None
    principals.grant(name, role, contract, by=asked.principal, subject=named)
    known = next(one for one in principals.listed() if one["name"] == name)
    key = None
    if named is None and not any(one["revoked_at"] is None for one in known["keys"]):
        key = principals.issue(name, by=asked.principal, days=getattr(asked, "days", None) or KEY_DAYS)[1]
    _said(out, {"name": name, "roles": known["roles"], "key": key}, "ACCESS_GRANTED", name=name, role=role,
          contract=contract)  # fmt: skip
    _show(out, key)


def _key(principals: Principals, words: list[str], asked: Namespace, out: CommandOutput) -> None:
    kept, key = principals.issue(words[0], by=asked.principal, days=getattr(asked, "days", None) or KEY_DAYS)
    _said(out, {"name": words[0], **kept.shown(), "key": key}, "ACCESS_KEY_ISSUED", name=words[0], id=kept.id)
    _show(out, key)


def _revoke(principals: Principals, words: list[str], asked: Namespace, out: CommandOutput) -> None:
    """Revoke a key by its id; or a principal, for one contract or altogether, with all its keys."""
    name, contract = words[0], words[1] if len(words) > 1 else None
    known = next((one for one in principals.listed() if one["name"] == name), None)
    if known is None and contract is None:
        gone = principals.revoke(name, by=asked.principal)
        return _said(out, gone.shown() | {"name": gone.principal}, "ACCESS_KEY_REVOKED", id=gone.id)
    left = principals.take_away(name, contract, by=asked.principal)
    _said(out, {"name": name, "roles": dict(left.roles)}, "ACCESS_REVOKED", name=name, contract=contract or EVERY)


def _list(principals: Principals, words: list[str], asked: Namespace, out: CommandOutput) -> None:
    listed = principals.listed()
    if out.tabular:  # a row for each key, and for each principal without one
        none = dict.fromkeys(("id", "created_at", "expires_at", "revoked_at"))
        return out.table(
            {"name": one["name"], "roles": one["roles"]} | key for one in listed for key in one["keys"] or [none]
        )
    if out.as_json:
        return out.json(listed)
    for one in listed:
        roles = ", ".join(f"{role} ({contract})" for contract, role in one["roles"].items()) or "–"
        print(f"{one['name']}\t{roles}")
        for key in one["keys"]:
            ended = key["revoked_at"] or key["expires_at"]
            code = "ACCESS_KEY_WAS_REVOKED" if key["revoked_at"] else "ACCESS_KEY_UNTIL"
            print("\t" + say(code, out.lang, id=key["id"], at=ended))
    if not listed:
        print(say("ACCESS_NOBODY", out.lang))


def _said(out: CommandOutput, document: dict[str, Any], code: str, **values: object) -> None:
    if out.as_json:
        out.json(document)
    else:
        print(say(code, out.lang, **values))


def _show(out: CommandOutput, key: str | None) -> None:
    if key is not None and not out.as_json:
        print(say("ACCESS_KEY_ONCE", out.lang, key=key))
