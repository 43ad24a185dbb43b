"""Runs a command line: finds language and verb, runs it, turns errors into one sentence and an exit status."""

from __future__ import annotations

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from typing import Any

from ledger.cli.arguments import UsageError
from ledger.cli.output import Output
from ledger.cli.verbs import VERBS, build
from ledger.domain.errors import INTEGRITY, Refusal
from ledger.messages import Language, refusal, say

DONE, REFUSED, USAGE, BROKEN, DEFECT = 0, 1, 2, 3, 70
# For verbs with several actions, the action that answers with a list.
LISTING_ACTIONS = {"access": "list", "city": "list", "log": "keys"}
DEFAULT_STORE = "sqlite:///lvyue.db"


def run(arguments: Sequence[str], *, clock: Callable[[], int] | None = None) -> int:
    """Run ``lvyue`` with these arguments; returns the exit status. ``clock`` gives µs, by default the system's."""
    out = Output(_language(arguments), as_json="--json" in arguments)
    try:
        status = _answer(arguments, out, clock)
        out.finish()
        return status
    except BrokenPipeError:
        out.abandon()
        return DONE
    except UsageError as wrong:
        return out.failed(wrong.code, str(wrong), USAGE)
    except Refusal as refused:
        return _refused(refused, out)
    except OSError as error:
        return _failed_writing(error, out)
    except Exception as defect:
        return _defect(defect, out)


def _language(arguments: Sequence[str]) -> Language:
    """The language asked for, wherever the option stands: needed before any message can be printed."""
    asked = os.environ.get("LVYUE_LANG", "zh")
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            asked = arguments[at + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return "en" if asked == "en" else "zh"


def _answer(arguments: Sequence[str], out: Output, clock: Callable[[], int] | None) -> int:
    parser = build(out.lang, only=_verb(arguments))
    if not arguments:
        parser.print_help(sys.stderr)
        return USAGE
    try:
        asked = parser.parse_args(arguments)
    except SystemExit as done:  # --help, --version
        return DONE if done.code is None else int(done.code)
    _settle(asked, out)
    asked.clock, asked.said = clock, out.lang
    verb = next(verb for verb in VERBS if verb.name == asked.verb)
    module, _, name = verb.does.partition(":")
    does: Callable[[Namespace, Output], Any] = getattr(__import__(module, fromlist=[name]), name)
    if not verb.of_one:
        from ledger.agreements import declare_all

        declare_all()
    if not gc.isenabled():
        gc.freeze()  # moves imported objects to the oldest generation without a collection, and unfreezes it: a command
        gc.unfreeze()  # that records millions is a fifth quicker when the objects kept of each batch join them
        gc.enable()
    with ExitStack() as asked.closing:
        return int(does(asked, out) or DONE)


def of_one(arguments: Sequence[str]) -> bool:
    """Whether the command asks about one contract: then nothing is left to do once it has answered."""
    name = _verb(arguments)
    return any(verb.of_one for verb in VERBS if verb.name == name)


def _verb(arguments: Sequence[str]) -> str | None:
    """The verb, if it can be found before parsing; None if it is unknown or help on all verbs is asked for."""
    rest = iter(arguments)
    for argument in rest:
        if argument in ("--store", "--lang", "--as"):
            next(rest, None)
        elif argument in ("-h", "--help"):
            return None
        elif not argument.startswith("-"):
            return argument if any(verb.name == argument for verb in VERBS) else None
    return None


def _settle(asked: Namespace, out: Output) -> None:
    """Fill in options from the environment; these values are checked like options. Raises UsageError."""
    from argparse import ArgumentTypeError

    from ledger.cli.values import Values

    values = Values(out.lang)
    named = asked.store is not None or bool(os.environ.get("LVYUE_STORE"))
    try:
        asked.store = asked.store or values.store(os.environ.get("LVYUE_STORE") or DEFAULT_STORE)
        asked.principal = asked.principal or values.principal(_user())
        if asked.lang is None:
            values.language(os.environ.get("LVYUE_LANG") or "zh")
        if asked.verb != "evidence":
            values.language(asked.lang or "zh")
    except ArgumentTypeError as wrong:
        raise UsageError("USAGE", say("USAGE", out.lang, message=wrong, program="lvyue")) from None
    asked.store_named = named
    out.as_csv = getattr(asked, "csv", False)
    out.file = asked.output if hasattr(asked, "csv") else None
    if out.as_csv and out.file is not None:
        raise _misused(out, "USAGE_CSV_OR_OUTPUT", "lvyue")
    if out.as_csv and out.as_json:
        raise _misused(out, "USAGE_CSV_OR_JSON", "lvyue")
    listing = out.as_csv or out.file is not None
    if listing and asked.verb in LISTING_ACTIONS and asked.action != LISTING_ACTIONS[asked.verb]:
        raise _misused(out, "USAGE_CSV_ACTION", f"lvyue {asked.verb}", action=LISTING_ACTIONS[asked.verb])
    asked.edition = asked.lang or "zh"  # the report's language: Chinese by default
    asked.lang = out.lang


def _misused(out: Output, code: str, program: str, **values: object) -> UsageError:
    return UsageError("USAGE", say("USAGE", out.lang, message=say(code, out.lang, **values), program=program))


def _user() -> str:
    """The operating system's user name; the user's number if it has none, as in some containers."""
    with suppress(ImportError, KeyError, AttributeError):  # Windows has no pwd
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    return os.environ.get("USERNAME") or (f"uid-{os.getuid()}" if hasattr(os, "getuid") else "unknown")


def _refused(refused: Refusal, out: Output) -> int:
    status = BROKEN if refused.code in INTEGRITY else REFUSED
    faults = [_fault(fault, out.lang) for fault in refused.faults]
    return out.failed(
        refused.code, refusal(refused, out.lang), status, field=refused.field, line=refused.line, faults=faults
    )


def _fault(fault: Refusal, lang: Language) -> dict[str, Any]:
    return {"code": fault.code, "field": fault.field, "line": fault.line, "message": refusal(fault, lang)}


def _failed_writing(error: OSError, out: Output) -> int:
    out.abandon()
    return out.failed("OUTPUT_FAILED", say("OUTPUT_FAILED", out.lang, detail=error.strerror or error), REFUSED)


def _defect(defect: Exception, out: Output) -> int:
    from ledger.log.failure import Tampered

    if isinstance(defect, Tampered):
        return out.failed(defect.code, say(defect.code, out.lang, **defect.values), BROKEN)
    if os.environ.get("LVYUE_DEBUG"):
        raise defect
    detail = f"{type(defect).__name__}: {defect}".splitlines()[0][:200]
    return out.failed("INTERNAL_ERROR", say("INTERNAL_ERROR", out.lang, detail=detail), DEFECT)
