"""A template: the model agreement that contracts are drawn from, as a package of clauses.

No module outside an agreement's package names one of its fact types, terms or paths (docs/architecture.md, second
idea); other packages ask the template of the contract at hand. ``TEMPLATES`` has every template declared, by slug.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final, Generic, TypeVar

from ledger.domain import debts, settlements
from ledger.domain.advice import Advice
from ledger.domain.calendar import Calendar
from ledger.domain.clause import Act, Anomalous, Clause, Duty, Handler
from ledger.domain.declare import NamedTuple, dataclass
from ledger.domain.errors import Refusal
from ledger.domain.fact import KINDS, TYPES, Fact, FactType, Kind, Naming
from ledger.domain.facts import dispute, log, payment, record, settlement
from ledger.domain.facts.agreement import AmendmentAgreed, ContractRegistered, ReadingAgreed
from ledger.domain.judgments import readings_ruled
from ledger.domain.law import arrival
from ledger.domain.section import Section
from ledger.domain.terms_values import CONTRACT_ID, TEXT, Reader, Shape, Table, Value, choice
from ledger.domain.values import quoted
from ledger.domain.words import Reading, Said, Words

Built = TypeVar("Built")


def amended(m: Any, fact: Fact, what: Any) -> None:
    """Apply the changes of an amendment from its day on."""
    m.agreement.amend(fact.day, what.changes, fact.id)


def reading_agreed(m: Any, fact: Fact, what: Any) -> None:
    """Apply an agreed reading from its day on."""
    m.agreement.agree_reading(fact.day, what.reading, what.option, fact.id)
    m.touched.add("readings")


OF_THE_RECORD = Clause(
    "the record",
    handles={AmendmentAgreed: amended, ReadingAgreed: reading_agreed, dispute.JudgmentEntered: readings_ruled},
    silent=(
        ContractRegistered, record.FactCorrected, record.FactRetracted, record.FactContested, record.DocumentAttached,
        record.EvidenceExported,
    ),
)  # fmt: skip
"""Types that change terms, readings and the record itself, of every contract."""
OF_THE_LAW = Clause(
    "the law",
    handles={
        record.FactAcknowledged: debts.acknowledged,
        dispute.DisputeOpened: debts.dispute_opened,
        dispute.LawsuitFiled: debts.lawsuit_filed,
        dispute.DisputeResolved: debts.suit_ended,
        dispute.JudgmentEntered: debts.judgment_entered,
        settlement.DemandMade: debts.demand_made,
        settlement.NoticeServed: debts.notice_served,
    },
    states=(debts.Debts, arrival.Served),
    ahead=debts.looked_at,
    feed=debts.feed,
)
"""What the law provides for every contract: limitation, and the arrival of notices."""
OF_SETTLEMENTS = Clause(
    "settlements",
    handles={
        settlement.SettlementAgreed: settlements.settlement_agreed,
        dispute.JudgmentEntered: settlements.judgment_entered,
        payment.PaymentMade: settlements.payment_made,
        payment.PaymentReturned: settlements.payment_returned,
    },
    states=(settlements.SettledDebts,),
    debts=settlements.debts,
)
"""Settlements, and debts that a court ruled, of every contract."""
OF_THE_LEDGER = (record.CalendarPublished, *(row.cls for row in TYPES.values() if row.cls.__module__ == log.__name__))
"""What stands in streams of the ledger's own, `calendar` and `log`, and never in a contract's."""


class Course(NamedTuple):
    """How a sweep handles facts of a type."""

    waits_for: Naming | None
    handlers: tuple[Handler, ...]
    introduces: Naming | None
    at_close: Handler | None


EVERY_ANSWER: Final = ("obligations", "anomalies", "contested", "claims", "positions")
"""The sections that every answer has: in any agreement a fact may be one side's word only, and that must show."""
PARTIES: Final = Table({role: Table({"name": Value(TEXT)}) for role in ("party_a", "party_b")})
"""The table ``parties``, in the terms of every contract."""


def contract_table(template: Reader) -> Table:
    """The table ``contract``, in the terms of every contract; ``template`` reads the slug of its template."""
    return Table({"id": Value(CONTRACT_ID), "title": Value(TEXT), "template": Value(template)})


@dataclass(frozen=True, slots=True)
class TermsOf(Generic[Built]):
    """What an agreement declares of its terms, beyond what the terms of every contract have.

    ``keys`` are the tables and their keys; ``build`` makes the agreement's own record of the values read
    (:func:`ledger.domain.terms_values.read`); ``contradictions`` finds values that exclude each other, given the paths
    already refused. ``stated_in`` says which clauses' words state the terms at which dotted paths; ``names`` says what
    the terms are called, by dotted paths without row addresses (an address fills ``{number}``). ``advise`` finds what
    in the terms is lawful but unwise, by a calendar.
    """

    keys: Mapping[str, Shape]
    build: Callable[[dict[str, Any]], Built]
    contradictions: Callable[[dict[str, Any], frozenset[str]], Iterable[Refusal]]
    stated_in: Mapping[str, tuple[str, ...]] = {}
    names: Mapping[str, Said] = {}
    advise: Callable[[Built, Calendar], Iterable[Advice]] = lambda terms, calendar: ()

    def on(self, m: Any, day: date) -> Built:
        """The terms in force on a day, in a machine that sweeps a contract of this agreement."""
        terms: Built = m.agreement.on(day).terms
        return terms

    def latest(self, m: Any) -> Built:
        """The terms as last amended so far."""
        terms: Built = m.agreement.latest.terms
        return terms

    def ever(self, m: Any) -> list[Built]:
        """The terms that were in force on some day, in order."""
        return [settled.terms for settled in m.agreement.ever]


class Template:
    """A model agreement: its slug (``template`` in the terms), its names, its clauses in the order in which they handle
    a fact.
    """

    def __init__(
        self, slug: str, package: str, *, zh: str, en: str, clauses: tuple[Clause, ...], terms: TermsOf[Any],
        readings: Mapping[str, Reading], sections: tuple[Section, ...], foremost: str,
        words: Callable[[], Mapping[str, Words]], words_of: str, general: Mapping[str, tuple[str, ...]] = {},
        articles: Mapping[str, str] = {},
    ) -> None:  # fmt: skip
        """``sections`` of the answer stand in the order in which answers show them; ``foremost`` is the path most
        people ask about; ``words`` reads the words of its clauses, which are those of the contract ``words_of``.

        ``general`` says which clauses explanations of ``obligations``, ``contested`` and ``readings`` cite: those on
        what is owed at all, on how disputes are settled, on how a reading is agreed; and, where the agreement has them,
        those on paying invoices (``balance``) and settling accounts (``settlement``). ``articles`` gives the clause for
        types that every contract has; a type it leaves out falls under ``contested``.

        Raises TypeError where a fact type declared in ``package`` is neither handled nor declared silent, where a
        section that every answer must have is left out, and where another agreement declares a different reading of the
        same name.
        """
        known = all_readings()
        if any(known.get(name, one) != one for name, one in readings.items()):
            raise TypeError(f"{slug}: another agreement declares one of {', '.join(readings)} otherwise")
        self.terms, self.readings = terms, readings
        self.defaults = {name: one.default for name, one in readings.items()}
        self.slug, self.zh, self.en = slug, zh, en
        self.foremost, self.words_of, self._words, self.general = foremost, words_of, words, general
        self.articles = articles
        self.sections = {section.key: section for section in sections}
        self._places = {key: place for place, key in enumerate(self.sections)}
        self._marked = {mark: frozenset(one.key for one in sections if mark in one.marks)
                        for section in sections for mark in section.marks}
        self.by_weight = sorted(sections, key=lambda section: section.weight)
        self.duties: dict[str, Duty] = {kind: duty for one in clauses for kind, duty in one.duties.items()}
        self.anomalies: dict[str, Anomalous] = {code: told for one in clauses for code, told in one.anomalies.items()}
        self.clauses = (OF_THE_RECORD, OF_THE_LAW, OF_SETTLEMENTS, *clauses)
        self.states = frozenset(state for clause in self.clauses for state in clause.states)
        self.settles: tuple[Act, ...] = tuple(one.settles for one in clauses if one.settles is not None)
        self._views_differ = [one.views_differ for one in clauses if one.views_differ is not None]
        self.closes: tuple[Act, ...] = tuple(one.closes for one in clauses if one.closes is not None)
        self.begins: tuple[Act, ...] = tuple(one.begins for one in clauses if one.begins is not None)
        self.debts = tuple(one.debts for one in self.clauses if one.debts is not None)
        self.ahead = tuple(one.ahead for one in self.clauses if one.ahead is not None)
        named = {cls.__name__ for one in self.clauses for cls in (*one.handles, *one.at_close, *one.silent)}
        self.own = {name for name, row in TYPES.items() if row.cls.__module__.startswith(package + ".")}
        if self.own - named:
            raise TypeError(f"{slug}: no clause handles {', '.join(sorted(self.own - named))} or declares it silent")
        left_out = [key for key in EVERY_ANSWER if key not in self.sections]
        if left_out:
            raise TypeError(f"{slug}: every answer also has the sections {', '.join(left_out)}")
        self.types: dict[str, FactType] = {name: row for name, row in TYPES.items() if name in named}
        self.first = frozenset(name for name, row in self.types.items() if row.first)
        self.drafts = {told: make for one in self.clauses for told, make in one.drafts.items()}
        self.adds_items = {cls.__name__: adds for one in clauses for cls, adds in one.adds_items.items()}
        self.courses = {name: self._course(row) for name, row in self.types.items()}
        TEMPLATES[slug] = self

    def _course(self, row: FactType) -> Course:
        handlers = tuple(one.handles[row.cls] for one in self.clauses if row.cls in one.handles)
        at_close = next((one.at_close[row.cls] for one in self.clauses if row.cls in one.at_close), None)
        waits_for = row.subject if row.waits and (handlers or at_close) else None
        return Course(waits_for, handlers, row.introduces, at_close)

    def marked(self, touched: Iterable[str]) -> list[Section]:
        """The sections that may have changed where these marks were touched, in the order of the answer."""
        concerned = frozenset[str]().union(*(self._marked[mark] for mark in touched if mark in self._marked))
        return [self.sections[key] for key in sorted(concerned, key=self._places.__getitem__)]

    def saying(self, what: str) -> str:
        """The clause on a subject that all agreements share (``general``)."""
        return (self.general.get(what) or self.general.get("obligations") or ("",))[0]

    def article_of(self, row: FactType) -> str:
        """The clause to which a fact type belongs in this agreement."""
        return row.article or self.articles.get(row.name) or self.saying("contested")

    def views_differ(self, view: Any) -> bool:
        """Whether a view differs from the record though nothing is claimed or contested."""
        return any(differ(view) for differ in self._views_differ)

    @cached_property
    def shape(self) -> Table:
        """The shape of its contracts' terms."""
        settled = {name: Value(choice(*one.options), optional=True) for name, one in self.readings.items()}
        return Table({
            "contract": contract_table(choice(self.slug)), "parties": PARTIES, **self.terms.keys,
            "readings": Table(settled, optional=True),
        })  # fmt: skip

    @cached_property
    def words(self) -> Mapping[str, Words]:
        """The words of its clauses and of the law above them, by name."""
        return self._words()

    @property
    def kinds(self) -> dict[str, Kind]:
        """The kinds of identifiers its facts introduce, each with its name in Chinese and English."""
        introduced = {row.introduces[0] for row in self.types.values() if row.introduces is not None}
        return {name: said for name, said in KINDS.items() if name in introduced}


TEMPLATES: dict[str, Template] = {}


def all_readings() -> dict[str, Reading]:
    """The readings of every agreement, for use where no contract is at hand."""
    return {name: one for template in TEMPLATES.values() for name, one in template.readings.items()}


def reading_known(readings: Mapping[str, Reading], reading: str, option: str) -> None:
    """Raise Refusal READING_UNKNOWN or READING_OPTION_UNKNOWN unless ``readings`` has the reading and its option."""
    if reading not in readings:
        raise Refusal("READING_UNKNOWN", "reading", reading=quoted(reading), known=", ".join(readings))
    options = readings[reading].options
    if option not in options:
        raise Refusal(
            "READING_OPTION_UNKNOWN", "reading", reading=reading, option=quoted(option), known=", ".join(options)
        )


def template_of_facts(facts: Sequence[Fact]) -> Template:
    """The template of a contract, from its registration, the first of its facts."""
    registered: Any = facts[0].what
    return template_of(registered.terms["contract"]["template"])


def template_of(slug: str) -> Template:
    """The template of a slug. Refusal TEMPLATE_UNKNOWN."""
    found = TEMPLATES.get(slug)
    if found is None:
        raise Refusal("TEMPLATE_UNKNOWN", "contract.template", template=slug, known=", ".join(sorted(TEMPLATES)))
    return found
