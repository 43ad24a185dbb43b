"""What ``ledger.domain.declare`` makes behaves as what the standard library makes of the same lines."""

import copy
import dataclasses
import pickle
import typing
from typing import Any

import pytest

from ledger.domain import declare
from ledger.domain.declare import NamedTuple, dataclass, field, record, replace


@dataclass(frozen=True, slots=True)
class Place:
    system: str
    rank: int = 1
    seen: int = field(default=0, compare=False)


@dataclass(slots=True)
class Tally:
    name: str
    counted: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.name = self.name.strip()


@record
class Told:
    system: str
    note: str | None = None


class Pair(NamedTuple):
    """Two."""

    left: int
    right: int = 2

    def sum(self) -> int:
        return self.left + self.right


def test_what_is_declared_here_behaves_like_a_standard_dataclass() -> None:
    place = Place("s1")
    assert (place, repr(place)) == (Place("s1", 1, seen=7), "Place(system='s1', rank=1, seen=0)")
    assert place != Place("s1", 2) and place != "s1" and len({place, Place("s1"), Place("s2")}) == 2
    assert dataclasses.replace(place, rank=3) == replace(place, rank=3) == Place("s1", rank=3)
    with pytest.raises(TypeError, match="colour"):
        replace(place, colour="red")
    assert dataclasses.asdict(place) == {"system": "s1", "rank": 1, "seen": 0}
    assert pickle.loads(pickle.dumps(place)) == copy.deepcopy(place) == place
    match place:
        case Place(system, 1):
            assert system == "s1"
        case _:
            pytest.fail("matched by position")
    with pytest.raises(dataclasses.FrozenInstanceError, match="rank"):
        place.rank = 2  # type: ignore[misc]
    with pytest.raises(TypeError, match="system"):
        Place()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="other"):
        Place("s1", other=1)  # type: ignore[call-arg]


def test_what_may_change_has_defaults_of_its_own_and_no_hash() -> None:
    one, other = Tally(" one "), Tally("one")
    assert one == other and one.counted is not other.counted
    one.counted.append("i1")
    assert one != other and pickle.loads(pickle.dumps(one)) == one
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)
    with pytest.raises(AttributeError):
        one.unheard = 1  # type: ignore[attr-defined]


def test_a_record_is_told_by_keyword_only() -> None:
    assert Told(system="s1") == Told(system="s1", note=None) and hash(Told(system="s1")) == hash(Told(system="s1"))
    assert dataclasses.replace(Told(system="s1"), note="n").note == "n"
    with pytest.raises(TypeError):
        Told("s1")  # type: ignore[misc]


def test_a_tuple_of_names_has_its_fields_defaults_methods_and_types() -> None:
    pair = Pair(1)
    assert (pair, pair.sum(), pair._replace(left=3), Pair.__doc__) == ((1, 2), 3, (3, 2), "Two.")
    assert pickle.loads(pickle.dumps(pair)) == pair and typing.get_type_hints(Pair) == {"left": int, "right": int}


def test_methods_are_made_once_a_few_instances_were_made_and_stay() -> None:
    @dataclass(frozen=True, slots=True)
    class Day:
        day: str
        seen: list[str] = field(default_factory=list)

    class Span(NamedTuple):
        first: str
        last: str = "2026-12-31"

    for made in range(1, declare.FEW + 3):
        assert Day("2026-01-01").seen == [] and Span(first="2026-01-01") == ("2026-01-01", "2026-12-31")
        by_a_loop = made <= declare.FEW
        assert (vars(Day)["__init__"] is declare._INIT) == (vars(Span)["__new__"] is declare._NEW) == by_a_loop, made
    assert vars(Day)["__eq__"] is declare._EQ


def test_classes_alike_in_their_fields_share_a_code_and_keep_their_names() -> None:
    @dataclass(slots=True)
    class Alike:
        title: str
        more: list[str] = field(default_factory=list)

    for _ in range(declare.FEW + 1):
        one, other = Tally(counted=["i1"], name="one"), Alike(more=["i2"], title=" other ")
        assert (one.name, one.counted, other.title, other.more) == ("one", ["i1"], " other ", ["i2"])
    with pytest.raises(TypeError, match=r"Alike\.__init__\(\) missing 1 required positional argument: 'title'"):
        Alike()  # type: ignore[call-arg]
    assert Alike("other").more == [] and repr(Alike("other")).endswith("Alike(title='other', more=[])")


def test_what_is_amiss_with_the_first_instance_is_said_as_with_any() -> None:
    class Pairs(NamedTuple):
        name: str
        more: int = 1

    @dataclass(slots=True)
    class Pair:
        name: str
        more: int = 1

    making: Any
    for making in (Pairs, Pair):
        for _ in range(declare.FEW):
            for told, named in (((), {}), (("a", 1, 2), {}), (("a",), {"name": "b"}), ((), {"nane": "a"})):
                with pytest.raises(TypeError, match=r"name|nane|argument"):
                    making(*told, **named)
