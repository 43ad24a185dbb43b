"""Parsing of the command line: arguments, options, errors and help in two languages; the verbs are in `verbs`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import Any, NoReturn

from ledger.cli.values import Values
from ledger.drawing.wrapping import broken
from ledger.messages import Language, say


class UsageError(Exception):
    """The command line cannot be parsed; the message is a complete sentence in the chosen language."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Arguments:
    """Adds arguments to one parser, with titles and help in one language."""

    def __init__(self, parser: argparse.ArgumentParser, lang: Language) -> None:
        self.values = Values(lang)
        self.lang = lang
        self._parser = parser
        self._groups: dict[str, Any] = {}

    def group(self, title: str) -> Any:
        if title not in self._groups:
            self._groups[title] = self._parser.add_argument_group(say(f"help.{title}", self.lang))
        return self._groups[title]

    def argument(self, dest: str, metavar: str, type_: Callable[[str], Any] | None = None, **more: Any) -> None:
        """A positional argument."""
        title = say(f"help.{metavar}", self.lang)
        action = self.group("arguments").add_argument(dest, metavar=metavar, type=type_, help=title, **more)
        if "." in metavar:
            _completes_files(action)

    def option(self, name: str, help_: str, title: str = "options", short: str = "", **more: Any) -> None:
        names = (short, name) if short else (name,)
        self.group(title).add_argument(*names, help=say(f"help.{help_}", self.lang), **more)

    def contract(self) -> None:
        self.argument("contract", "CONTRACT", self.values.text)

    def question(self, *, view: bool = True, twice: bool = False) -> None:
        """Options as-of and known-at and, for verbs that ask for conclusions, the party's view and the readings."""
        more: dict[str, Any] = {"action": "append"} if twice else {}
        prefix = "diff_" if twice else ""
        self.option("--as-of", f"{prefix}as_of", "question", metavar="D", type=self.values.day, **more)
        self.option("--known-at", f"{prefix}known_at", "question", metavar="T", type=self.values.moment, **more)
        if view:
            self.option("--as-seen-by", "as_seen_by", "question", metavar="ROLE", type=self.values.role)
            self.option("--reading", "reading", "question", metavar="K=V", type=self.values.reading,
                        action="append", default=[])  # fmt: skip

    def listing(self) -> None:
        """Options of verbs that answer with a list."""
        self.option("--csv", "csv", action="store_true", default=False)
        self.option("--output", "list_output", short="-o", metavar="FILE", type=self.values.text)

    def everywhere(self, *, default: object) -> None:
        """Options allowed both before and after the verb."""
        values = self.values
        self.option("--store", "store", metavar="URL", type=values.store, default=default)
        self.option("--as", "as", metavar="NAME", dest="principal", type=values.principal, default=default)
        self.option("--json", "json", action="store_true", default=default if default else False)
        self.option("--lang", "lang", metavar="zh|en|both", type=values.edition, default=default)
        self.option("--help", "help", short="-h", action="help")


def _completes_files(action: argparse.Action) -> None:
    setattr(action, "complete", {"bash": "_shtab_compgen_files", "zsh": "_files"})  # noqa: B010  shtab's own mark


class PrintVersion(argparse.Action):
    """Prints the version, looked up only when this option is given."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> NoReturn:
        from importlib.metadata import version

        print(f"lvyue {version('lvyue-ledger')}")
        parser.exit()


class Parser(argparse.ArgumentParser):
    """A parser that raises UsageError instead of exiting, in the chosen language; errors list ``verbs``."""

    def __init__(self, prog: str = "", lang: Language = "zh", verbs: str = "", **more: Any) -> None:
        super().__init__(prog=prog, formatter_class=_help_in(lang), add_help=False, allow_abbrev=False, **more)
        self.lang: Language = lang
        self._verbs = verbs

    def error(self, message: str) -> NoReturn:
        code, sentence = _understood(message, self.lang, self._verbs)
        raise UsageError(code, say("USAGE", self.lang, message=sentence, program=self.prog))


# argparse's English messages, and the code of our own message for each.
_SAID: tuple[tuple[str, str], ...] = (
    (r"argument (?P<option>\S+): expected .*argument.*", "USAGE_VALUE_MISSING"),
    (r"argument (?P<option>\S+): ignored explicit argument .*", "USAGE_NO_VALUE"),
    (r"argument \S+: invalid choice: '(?P<given>.*)' \(choose from .*", "USAGE_VERB_UNKNOWN"),
    (r"argument (?P<option>\S+): (?P<message>.*)", "USAGE_VALUE_WRONG"),
    (r"the following arguments are required: (?P<names>FACT, .*)", "USAGE_FACT_MISSING"),
    (r"the following arguments are required: (?P<names>.*)", "USAGE_ARGUMENT_MISSING"),
    (r"unrecognized arguments: (?P<given>.*)", "USAGE_ARGUMENT_UNKNOWN"),
)


def _understood(message: str, lang: Language, verbs: str) -> tuple[str, str]:
    for pattern, code in _SAID:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return code, say(code, lang, **(found.groupdict() | {"known": verbs}))
    return "USAGE", message


def _help_in(lang: Language) -> type[argparse.HelpFormatter]:
    class Help(argparse.RawDescriptionHelpFormatter):
        """Titles in the chosen language; lines are broken by display width (a Chinese character takes two cells)."""

        def __init__(self, prog: str) -> None:
            super().__init__(prog, max_help_position=26)

        def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
            super().add_usage(usage, actions, groups, say("help.usage", lang))

        def _split_lines(self, text: str, width: int) -> list[str]:
            return broken(text, width)

    return Help

