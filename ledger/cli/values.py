"""Types of options and arguments: each function takes the text typed and returns the value.

They raise ArgumentTypeError with a sentence in the chosen language, so that a wrong value is a usage error
(exit status 2) before any ledger is opened.
"""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Sequence
from datetime import date

from ledger.domain.moments import FIRST_YEAR, LAST_YEAR, NotAMoment, parse_known_at, parse_on
from ledger.domain.values import quoted
from ledger.messages import Language, say

MOST_WORKING_DAYS = 10_000
MOST_IDLE_MINUTES = 12 * 60  # the longest a session lasts
MOST_WORKERS = 64
LONGEST_NAME = 64  # characters, of a principal's name
LOG_ACTIONS = (
    "checkpoint", "proof", "compare", "cosign", "admit", "rotate", "keys", "tiles", "accept-rollback", "correct-clock",
)  # fmt: skip

CITY_ACTIONS = ("init", "add", "collect", "list", "keys", "rotate", "proof", "cosign", "verify")


class Values:
    """The types of arguments, with messages in one language."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang

    def _wrong(self, code: str, **values: object) -> ArgumentTypeError:
        return ArgumentTypeError(say(code, self.lang, **values))

    def _one_of(self, known: Sequence[str], given: str, code: str = "USAGE_CHOICE") -> str:
        if given not in known:
            raise self._wrong(code, given=quoted(given), known=", ".join(known))
        return given

    def text(self, given: str) -> str:
        """Text that can be printed and stored: no control characters, valid UTF-8."""
        if not given or not given.isprintable():
            from ledger.domain.values import quoted

            raise self._wrong("USAGE_TEXT", given=quoted(given))
        return given

    def principal(self, given: str) -> str:
        """The name of a principal: printable, at most 64 characters, in Unicode NFC."""
        from unicodedata import normalize

        if len(given) > LONGEST_NAME or given != given.strip():
            raise self._wrong("USAGE_PRINCIPAL", given=quoted(given), longest=LONGEST_NAME)
        return normalize("NFC", self.text(given))

    def day(self, given: str) -> date:
        """A day, ``2026-11-22``; rejects a time of day."""
        try:
            if len(given) != 10:
                raise NotAMoment("format", given)
            return parse_on(given).day
        except NotAMoment as flaw:
            raise self._no_moment(flaw, "USAGE_DAY", given) from None

    def moment(self, given: str) -> int:
        """An RFC 3339 moment with an offset, or the end of a day, in microseconds since the Unix epoch."""
        try:
            return parse_known_at(given)
        except NotAMoment as flaw:
            raise self._no_moment(flaw, "USAGE_MOMENT", given) from None

    def _no_moment(self, flaw: NotAMoment, code: str, given: str) -> ArgumentTypeError:
        """A day or moment that exists but is out of range gets a message of its own."""
        code = "USAGE_DAY_RANGE" if flaw.reason == "range" else code
        return self._wrong(code, given=quoted(given), first=FIRST_YEAR, last=LAST_YEAR)

    def role(self, given: str) -> str:
        from ledger.domain.fact import ROLES

        return self._one_of(ROLES, given, "USAGE_ROLE")

    def party(self, given: str) -> str:
        return self._one_of(("party_a", "party_b"), given, "USAGE_ROLE")

    def reading(self, given: str) -> tuple[str, str]:
        """``year-window=calendar-year`` as reading and option, both known to some agreement."""
        from ledger.agreements import declare_all
        from ledger.domain.template import all_readings

        declare_all()
        name, equals, option = given.partition("=")
        if not equals:
            raise self._wrong("USAGE_READING_SHAPE", given=quoted(given))
        readings = all_readings()
        if name not in readings:
            raise self._wrong("USAGE_READING", given=quoted(name), known=", ".join(readings))
        if option not in readings[name].options:
            known = ", ".join(readings[name].options)
            raise self._wrong("USAGE_OPTION", reading=name, given=quoted(option), known=known)
        return name, option

    def fact_type(self, given: str) -> str:
        """A type's name, given as ``InvoiceIssued``, 开具发票 or ``invoice issued``; the error suggests the nearest."""
        from ledger.agreements import declare_all
        from ledger.domain.values import nearest
        from ledger.projections.fact_types import type_names

        declare_all()
        names = type_names()
        if given not in names:
            raise self._wrong("USAGE_TYPE", given=quoted(given), nearest=nearest(given, names))
        return names[given]

    def field(self, given: str) -> tuple[str, str]:
        """``amount=5.00`` as field and value."""
        name, equals, value = given.partition("=")
        if not equals or not name:
            raise self._wrong("USAGE_FIELD", given=quoted(given))
        return name, value

    def import_kind(self, given: str) -> str:
        """A kind of import, such as ``table``."""
        return self._one_of(("table", "einvoice", "alertmanager", "zabbix"), given)

    def seconds(self, given: str) -> str:
        """Seconds, with or without decimals, as text."""
        if not (given.isascii() and given.replace(".", "", 1).isdigit() and len(given) < 10):
            raise self._wrong("USAGE_COUNT", given=quoted(given), least=0, most=86_400)
        return given

    def order(self, given: str) -> str:
        return self._one_of(("happened", "recorded"), given)

    def access(self, given: str) -> str:
        """An action of ``lvyue access``."""
        if given not in ("grant", "key", "revoke", "list"):
            raise self._wrong("USAGE_ACTION", given=quoted(given))
        return given

    def log_action(self, given: str) -> str:
        """An action of ``lvyue log``."""
        if given not in LOG_ACTIONS:
            raise self._wrong("USAGE_LOG_ACTION", given=quoted(given))
        return given

    def city_action(self, given: str) -> str:
        """An action of ``lvyue city``."""
        if given not in CITY_ACTIONS:
            raise self._wrong("USAGE_CITY_ACTION", given=quoted(given), known=", ".join(CITY_ACTIONS))
        return given

    def port(self, given: str) -> int:
        """A TCP port; 0 means any free one."""
        if not (given.isascii() and given.isdigit() and len(given) <= 5 and int(given) < 65536):
            raise self._wrong("USAGE_PORT", given=quoted(given))
        return int(given)

    def count(self, given: str) -> int:
        return self._whole(given, 0, MOST_WORKING_DAYS)

    def minutes(self, given: str) -> int:
        return self._whole(given, 1, MOST_IDLE_MINUTES)

    def workers(self, given: str) -> int:
        return self._whole(given, 1, MOST_WORKERS)

    def version(self, given: str) -> int:
        return self._whole(given, 0, 10**12)

    def _whole(self, given: str, least: int, most: int) -> int:
        if not (given.isascii() and given.isdigit() and len(given) < 14 and least <= int(given) <= most):
            raise self._wrong("USAGE_COUNT", given=quoted(given), least=least, most=most)
        return int(given)

    def store(self, given: str) -> str:
        scheme, colon, rest = given.partition(":")
        sqlite = scheme == "sqlite" and rest.startswith("///") and len(rest) > 3
        postgres = scheme in ("postgresql", "postgres") and rest.startswith("//")
        if not colon or not (sqlite or postgres):
            from ledger.store.opening import without_password

            raise self._wrong("USAGE_STORE", given=quoted(without_password(given)))
        return given

    def language(self, given: str) -> str:
        if given not in ("zh", "en"):
            raise self._wrong("USAGE_LANGUAGE", given=quoted(given))
        return given

    def edition(self, given: str) -> str:
        """A language or ``both``, which :func:`ledger.cli.program.run` refuses for anything but a report."""
        return given if given == "both" else self.language(given)

    def terms(self, given: str) -> str:
        """An action of ``lvyue terms``."""
        return self._one_of(("check",), given)

    def shell(self, given: str) -> str:
        return self._one_of(("bash", "zsh"), given)
