"""How far an export is: by what has been done, never backwards, 100 only once the file is there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ledger.domain.errors import Refusal
from ledger.domain.fact import Fact
from ledger.evidence import export as exporting
from ledger.evidence.progress import Progress
from tests.evidence.exported import Place
from tests.story import CONTRACT


def test_an_export_tells_each_step_and_100_once_the_file_is_there(told: Path, tmp_path: Path) -> None:
    place, said = Place(told, tmp_path), list[tuple[int, bool]]()
    out = tmp_path / "evidence.zip"
    place.export(pdf=True, progress=lambda percent: said.append((percent, out.exists())))
    percents = [percent for percent, _ in said]
    assert percents == sorted(set(percents)), "each is more than the one before"
    assert {25, 30, 35, 45, 50, 70, 90, 99, 100} <= set(percents), "the end of every step, and the report's middle"
    assert [percent for percent, there in said if there] == [100]


def test_an_export_that_is_refused_never_comes_to_100(told: Path, tmp_path: Path) -> None:
    place, said = Place(told, tmp_path), list[int]()
    with pytest.raises(Refusal):
        place.export(about=["nobody"], progress=said.append)
    assert said == sorted(said) and said[-1] == 25  # read, and nothing after it


def test_a_contract_that_moved_on_is_read_again_and_nothing_is_taken_back(
    told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, said, choose = Place(told, tmp_path), list[int](), exporting.choose

    def meddled(ledger: exporting.Exporting, facts: Sequence[Fact], *more: object) -> exporting.Chosen:
        if len(facts) == version:
            place.record("LeakReported", {"leak": "L-late", "summary": "疑似外泄", "leaked_by": "unknown"})
        return choose(ledger, facts, *more)  # type: ignore[arg-type]

    version = place.ledger.version(CONTRACT)
    monkeypatch.setattr(exporting, "choose", meddled)
    place.export(progress=said.append)
    assert place.ledger.version(CONTRACT) == version + 2
    assert said == sorted(set(said)) and said[-1] == 100


@pytest.mark.parametrize(("done", "percent"), [(0, 35), (1, 36), (9, 44), (10, 45)])
def test_the_parts_of_a_step_add_up_to_its_share(done: int, percent: int) -> None:
    said: list[int] = []
    Progress(said.append)("proved", done, 10)
    assert said == [percent]
