"""What a judgment may rule (SPEC 2.4): small records, each told by the field that no other has.

An agreement declares its own with ``@ruling``, as the kernel does here; a clause that knows one handles
JudgmentEntered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, TypeAlias, TypeVar

from ledger.domain.declare import NamedTuple, record
from ledger.domain.errors import Refusal
from ledger.domain.fact import ITEM, OPTION, READING
from ledger.domain.fields import DAY, Day, Identifier, Identifiers, Money, YesNo, or_null, record_of
from ledger.domain.values import Shape, choice, wrong_type
from ledger.domain.words import Said

Ruled = TypeVar("Ruled")
Debtor: TypeAlias = Annotated[str, choice("债务人", "debtor", {
    "party_a": ("甲方", "party A"), "party_b": ("乙方", "party B"),
}, name="Debtor")]


class Ruling(NamedTuple):
    """A kind of ruling: its record, how it is read and written, what must be so of what it names, and, for people,
    what it is called, what its fields are called where their shapes do not say, and what of the contract they name."""

    cls: type
    key: str
    shape: Shape
    admit: Callable[[Any, Any, str], None] | None
    said: Said
    labels: Mapping[str, Said]
    names: Mapping[str, str]


FACT = "fact"
NAMED = (ITEM, READING, OPTION, FACT)
"""What a field of a ruling names beside what facts introduce: an option is one of the reading beside it."""
RULINGS: dict[str, Ruling] = {}
_SCHEMAS: list[Any] = []  # this and the next grow as rulings are declared
_OPTIONS: dict[str, Said] = {}


def ruling(
    zh: str, en: str, admit: Callable[[Any, Any, str], None] | None = None, *, labels: Mapping[str, Said] = {},
    names: Mapping[str, str] = {},
) -> Callable[[type[Ruled]], type[Ruled]]:
    """Declare a record a kind of ruling; its first field tells it from the others.

    ``admit`` judges it against what is known: the assertion, the ruling, its path in ``data``. ``names`` are the fields
    that name something of the contract, by what: a kind of identifier, or one of :data:`NAMED`. ValueError where
    another begins with that field.
    """

    def declare(cls: type[Ruled]) -> type[Ruled]:
        made: Any = record(cls)
        key = made.__slots__[0]
        if key in RULINGS:
            raise ValueError(f"two rulings begin with {key}")
        shape = record_of(made, zh, en)
        RULINGS[key] = Ruling(made, key, shape, admit, (zh, en), labels, names)
        _SCHEMAS.append(shape.schema)
        keys = [field if field not in made.__optional__ else f"{field}?" for field in made.__slots__]
        _OPTIONS[", ".join(keys)] = zh, en
        return made  # type: ignore[no-any-return]

    return declare


def _of(value: Any) -> Ruling:
    found = next((one for key, one in RULINGS.items() if key in value), None)
    if found is None:
        raise Refusal("RULING_UNKNOWN", known=", ".join(RULINGS))
    return found


def _parse(value: object) -> object:
    if type(value) is not dict:
        raise wrong_type("object", value)
    return _of(value).shape.parse(value)


def _decode(stored: dict[str, object]) -> object:
    read = _of(stored).shape.decode
    assert read is not None
    return read(stored)


def _encode(made: Any) -> object:
    write = RULINGS[made.__slots__[0]].shape.encode
    assert write is not None
    return write(made)


RULING = Shape(
    _parse, _decode, _encode, {"anyOf": _SCHEMAS},
    said=("一项裁判，以其首个字段区别", "a ruling, told by its first field"), example={"terminated_on": "2026-06-30"},
    options=_OPTIONS, label=("裁判", "ruling"), sort="object",
)  # fmt: skip


def rulings_of(what: Any, cls: type[Ruled]) -> Iterator[Ruled]:
    """The rulings of one kind in a judgment, in its order."""
    return (one for one in what.rulings if type(one) is cls)


# --- those of every contract -------------------------------------------------------------------------


def _items_known(said: Any, one: DamagesRuled, path: str) -> None:
    known = said.known_items()
    for index, item in enumerate(one.items):
        if item not in known:
            raise said.refusal("ITEM_UNKNOWN", f"{path}.items.{index}", item=item)


@ruling(
    "违约金裁判", "a ruling on damages", _items_known,
    labels={"items": ("违约金项目", "items of damages")}, names={"items": ITEM},
)  # fmt: skip
class DamagesRuled:
    """So much is owed for damages items, as if agreed."""

    items: Identifiers
    amount: Money


def _reading_known(said: Any, one: ReadingRuled, path: str) -> None:
    readings = said.state.template.readings
    if one.reading not in readings:
        raise said.refusal("READING_UNKNOWN", f"{path}.reading", reading=one.reading, known=", ".join(readings))
    options = readings[one.reading].options
    if one.option not in options:
        raise said.refusal(
            "READING_OPTION_UNKNOWN", f"{path}.option", reading=one.reading, option=one.option, known=", ".join(options)
        )


@ruling(
    "条款解读裁判", "a ruling on a reading", _reading_known,
    labels={"reading": ("解读", "reading"), "option": ("解读与选项", "reading and option")},
    names={"reading": READING, "option": OPTION},
)  # fmt: skip
class ReadingRuled:
    """An unclear passage is to be read so, throughout."""

    reading: Identifier
    option: Identifier


def _fact_known(said: Any, one: FactRuled, path: str) -> None:
    if said.state.seq_of(one.fact) is None:
        raise said.refusal("TARGET_UNKNOWN", f"{path}.fact", target=one.fact)
    if said.state.seq_of(one.fact) == 1 and not one.stands:
        raise said.refusal("REGISTRATION_STAYS", f"{path}.fact")


@ruling(
    "事实裁判", "a ruling on a fact", _fact_known,
    labels={"fact": ("事实", "fact"), "stands": ("该事实成立", "it stands")}, names={"fact": FACT},
)  # fmt: skip
class FactRuled:
    """A fact stands, as if acknowledged, or does not, as if retracted."""

    fact: Identifier
    stands: YesNo


EndDay: TypeAlias = Annotated[Day | None, or_null(
    DAY, ("截至裁判之日合同未终止", "nothing had ended the contract by the day of the judgment"),
)]  # fmt: skip


@ruling(
    "解除裁判", "a ruling on termination", labels={"terminated_on": ("合同终止日", "day on which the contract ended")},
)  # fmt: skip
class TerminationRuled:
    """The contract was terminated on a day; null: nothing ended it up to the day of the judgment."""

    terminated_on: EndDay


@ruling("给付裁判", "a ruling on a debt", labels={"due_on": ("应付日", "due on")})
class DebtRuled:
    """A party owes the other so much, by ``due_on`` where that is said."""

    debtor: Debtor
    amount: Money
    due_on: Day | None = None
