"""`lvyue city` as its operator, a bureau and a citizen run it: what it prints, with which exit status."""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path

from tests.cli.conftest import CONTRACT, TERMS, Lvyue, command


def test_a_city_from_its_first_day_to_a_bureau_that_shows_two_histories(lvyue: Lvyue, tmp_path: Path) -> None:
    bureau = tmp_path / "water"
    bureau.mkdir()
    water = partial(command, bureau, LVYUE_LOG_ORIGIN="log.water.example")
    assert water("register", TERMS).status == 0
    shutil.copytree(bureau, tmp_path / "copy")  # what the bureau will rewrite
    water("log", "tiles", "tiles")
    (tmp_path / "keys.txt").write_text(water("log", "keys").out)
    held = tmp_path / "held.txt"

    city = partial(lvyue, "city", "--store", "sqlite:///city.db")
    assert city("list").err == "store：这里没有全市日志；先运行 lvyue city init 名称。\n"
    made = city("init", "log.city.example", "--json").json
    (tmp_path / "trust.txt").write_text(made["key"])
    assert city("add", "水务局", "keys.txt", bureau / "tiles").out.startswith("已收入 水务局（日志 log.water.example")
    collected = city("collect", "public")
    assert (collected.status, collected.out.splitlines()) == (
        0, ["水务局：首次收集，1 条。", "全市日志现有 1 个检查点，已写入 public。"]
    )  # fmt: skip

    cosigned = water("city", "cosign", tmp_path / "public", "--key", "w.key", "--trust", "../trust.txt", "--into",
                     "tiles", "--json").json  # fmt: skip
    assert city("add", "水务局", "keys.txt", bureau / "tiles", "--witness", cosigned["witness"]).status == 0
    assert city("collect", "public", "--json").json["cosigned_by"] == ["水务局"]
    (tmp_path / "trust.txt").write_text(f"{made['key']}\n{cosigned['witness']}\n")

    held.write_text(water("log", "checkpoint").out)
    stands = city("verify", held, "public", "--trust", "trust.txt", "--lang", "en")
    assert (stands.status, stands.out.splitlines()) == (0, [
        "In the city's log: this checkpoint of log.water.example (1 facts) is entry 0 of 1, all of them checked.",
        "Trusted witnesses of it: 1 (witness.w)",
    ])  # fmt: skip

    rewriting = partial(command, tmp_path / "copy")
    fact = {"type": "ContractSigned", "on": "2025-11-19", "by": "party_a", "data": {"party": "party_a"}}
    assert water("record", CONTRACT, "-", stdin=json.dumps(fact).encode()).status == 0
    water("log", "tiles", "tiles")
    assert city("collect", "public").out.startswith("水务局：已收集，现为 2 条")
    other = fact | {"by": "party_b", "data": {"party": "party_b"}}
    assert rewriting("record", CONTRACT, "-", stdin=json.dumps(other).encode()).status == 0
    shutil.rmtree(bureau / "tiles")
    assert rewriting("log", "tiles", bureau / "tiles").status == 0
    broken = city("collect", "public")
    assert broken.status == 3
    assert broken.out.startswith("水务局：出示了两段历史！同一密钥签了互不相容的两个检查点：\nlog.water")
    held.write_text(rewriting("log", "checkpoint").out)
    found = city("verify", held, "public", "--trust", "trust.txt", "--json")
    assert (found.status, found.json["error"]["code"]) == (3, "CITY_TWO_HISTORIES")
    assert "出示过两段历史（1 个互不相容的检查点）" in city("list").out


def test_what_is_no_command_of_a_city_is_told(lvyue: Lvyue) -> None:
    for words in (["verify", "a", "b"], ["frob"]):
        wrong = lvyue("city", *words)
        assert wrong.status == 2 and "lvyue city --help" in wrong.err and not wrong.out
