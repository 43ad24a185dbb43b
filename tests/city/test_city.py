"""A city's log: it holds the bureaus' checkpoints, proves that to anybody, and finds a bureau with two histories."""

from __future__ import annotations

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tlog_scales import backend, reader, signing

from ledger.city.city import City, cosigned_file
from ledger.city.published import PublishedCity
from ledger.domain.errors import Refusal
from ledger.log.handout import trust_file
from ledger.log.keys import prepare_successor, succeed
from ledger.log.log import TransparencyLog
from ledger.log.signing import Ed25519Signer
from ledger.store import Conflict
from tests.city.conftest import Town

# --- collecting and proving ----------------------------------------------------------------------


def test_the_city_holds_each_bureaus_checkpoint_and_another_program_finds_it_there(any_town: Town) -> None:
    town = any_town
    _, water = town.offices
    assert town.collected() == {"roads": "first", "water": "first"}
    assert town.collected() == {"roads": "same", "water": "same"}
    water.record(300)
    held = water.publish()
    assert town.collected() == {"roads": "same", "water": "grown"}
    opened = reader.TilesReader(backend.LocalBackend(town.public))
    checkpoint = opened.get_checkpoint()
    checkpoint.verify(signing.Vkey.from_string(str(town.city.key)))
    assert (checkpoint.size, opened.calculate_root_hash()) == (3, checkpoint.root_hash)
    assert opened.get_entry(2).decode() == held  # byte for byte what the bureau signed
    found = town.published().standing(held.encode())
    assert (found.verdict, found.index, found.unproven) == ("held", 2, None)
    proof = town.city.proof(held.encode())
    assert proof.startswith("c2sp.org/tlog-proof@v1\nindex 2\n") and "\nlog.city.example\n3\n" in proof
    assert [len(list(town.city.bureaus())), town.city.two_histories(town.city.bureaus()[1])] == [2, []]


def test_a_checkpoint_between_two_collections_is_the_beginning_of_the_next_or_newer_than_the_last(town: Town) -> None:
    roads, _ = town.offices
    town.collected()
    between = str(roads.record(5).note)
    newer = str(roads.record(300).note)
    roads.publish()
    assert town.published().standing(newer.encode()).verdict == "newer"
    town.collected()
    found = town.published().standing(between.encode())
    assert (found.verdict, found.leaf.decode()) == ("beginning", newer)
    with pytest.raises(Refusal, match="CITY_LACKS_CHECKPOINT"):
        town.city.proof(between.encode())


def test_a_city_opened_again_goes_on_and_a_store_of_facts_is_none(town: Town, tmp_path: Path) -> None:
    town.collected()
    keys = {"LVYUE_KEYS": str(tmp_path / "city.keys")}
    again = City(town.url, keys, town.clock)
    assert again.sign() == town.city.sign() and [one.name for one in again.bureaus()] == ["roads", "water"]
    again.store.close()
    for url, origin, code in (
        (f"sqlite:///{tmp_path / 'water/ledger.db'}", None, "CITY_IS_A_LEDGER"),
        (town.url, "log.other.example", "CITY_NAMED"),
        (f"sqlite:///{tmp_path / 'nothing.db'}", None, "CITY_MISSING"),
    ):
        with pytest.raises(Refusal, match=code):
            City(url, keys, town.clock, origin=origin)


def test_who_is_no_bureau_of_the_city_is_refused(town: Town) -> None:
    roads, water = town.offices
    keys, third = trust_file(roads.log), Ed25519Signer.generate("log.parks.example")
    for name, trust, witness, code in (
        ("parks", keys, None, "BUREAU_TWICE"), ("water", str(third.key), None, "BUREAU_OTHER_LOG"),
        ("parks", keys + trust_file(water.log), None, "KEYS_OF_NO_LOG"), ("parks", "", None, "KEYS_OF_NO_LOG"),
        ("parks", "no key", None, "KEY_MALFORMED"), ("roads", keys, "no key", "KEY_MALFORMED"),
        ("roads", keys, str(roads.keyring.signer.key), "WITNESS_KEY"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=code):
            town.city.add(name, trust, "anywhere", witness)
    town.collected()
    with pytest.raises(Refusal, match="CHECKPOINT_FOREIGN"):
        town.published().standing(str(water.log.last().note).replace("water", "roads").encode())  # type: ignore[union-attr]


def test_after_a_rotation_the_old_key_signs_nothing_more(town: Town) -> None:
    roads, _ = town.offices
    town.collected()
    successor = prepare_successor(roads.keyring)
    statement = str(roads.log.seal(f"{roads.log.origin} key\n{successor.key}\n"))
    roads.log.recognise(successor.key, "log", statement.encode())
    old, roads.keyring = roads.keyring, succeed(roads.keyring)
    roads.log = TransparencyLog(roads.store, roads.keyring)
    roads.record(2)
    roads.publish()
    assert town.collected()["roads"] == "CHECKPOINT_FOREIGN"  # until the operator hears of the new key
    town.city.add("roads", trust_file(roads.log), str(roads.tiles))
    assert town.collected()["roads"] == "grown"
    checkpoint = roads.tiles / "checkpoint"
    checkpoint.write_text(str(type(roads.log.last().note)(roads.log.last().note.text, (  # type: ignore[union-attr]
        old.signer.sign(roads.log.last().note.text),))))  # type: ignore[union-attr]
    assert town.collected()["roads"] == "CHECKPOINT_FOREIGN"


def test_the_citys_own_key_is_replaced_and_the_old_one_signs_nothing_more(town: Town) -> None:
    roads, water = town.offices
    old = str(town.city.key)
    town.collected()
    water.cosign(town.published())
    before, after = town.city.rotate()
    assert (str(before), town.city.key) == (old, after) and before != after
    roads.record(2)
    held = roads.publish().encode()
    assert town.collected()["roads"] == "grown"
    keys = town.city.keys()
    assert keys.startswith(f"{old} retired 2 ") and str(after) in keys.splitlines()
    assert PublishedCity(str(town.public), keys).standing(held).verdict == "held"
    assert not water.cosign(PublishedCity(str(town.public), keys)).two_histories  # it goes on from what was seen
    with pytest.raises(Refusal, match="CHECKPOINT_FOREIGN"):
        PublishedCity(str(town.public), old)  # who never heard of the new key


# --- two histories -------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [2, 3, 4, 300])  # smaller than, as large as, larger than what was collected
def test_a_bureau_that_shows_two_histories_is_found_and_both_stay_in_the_citys_log(
    town: Town, tmp_path: Path, count: int
) -> None:
    roads, water = town.offices
    town.collected()
    honest = str(roads.log.last().note)  # type: ignore[union-attr]
    shutil.move(roads.tiles, tmp_path / "honest")
    other = roads.rewritten(tmp_path / "other", count)
    other.tiles = roads.tiles
    forged = other.publish()
    if count < 3:  # its own tiles cannot show it; it is proved by those of what was collected
        assert town.collected()["roads"] == "BUREAU_BEHIND_UNPROVEN"
        shutil.copytree(tmp_path / "honest/tile", roads.tiles / "tile", dirs_exist_ok=True)
    (outcome, _) = town.city.collect()
    assert (outcome.verdict, outcome.held, outcome.shown) == ("two-histories", honest, forged)
    head = town.city.publish(town.public)
    leaves = [leaf.decode() for leaf in town.published().tiles.leaves(0, head.checkpoint.size)]
    assert honest in leaves and forged in leaves
    assert town.collected()["roads"] == "two-histories" and town.city.sign() == head  # told again, kept once
    # Whoever holds either of the two finds the other, with nothing but the city's log and the bureau's tiles.
    for held in (honest, forged):
        found = town.published().standing(held.encode())
        assert found.verdict == "two-histories" and found.leaf.decode() in (honest, forged)
    # The witness of another bureau finds it as well.
    alarms = water.cosign(town.published()).two_histories
    if count <= 3:  # what only grew since it first looked it takes as it is
        assert [(name, {one, two}) for name, one, two in alarms] == [("roads", {honest, forged})]


def test_a_stale_copy_is_behind_and_tiles_that_do_not_fit_prove_nothing(town: Town, tmp_path: Path) -> None:
    roads, _ = town.offices
    town.collected()
    shutil.copytree(roads.tiles, tmp_path / "stale")
    roads.record(300)
    roads.publish()
    town.collected()
    address = roads.tiles / "tile"
    shutil.copy(tmp_path / "stale/checkpoint", roads.tiles / "checkpoint")
    assert town.collected()["roads"] == "behind"
    roads.publish()
    roads.record(3)
    roads.publish()
    tile = next(address.glob("0/001.p/50"))
    tile.write_bytes(bytes(len(tile.read_bytes())))
    assert town.collected()["roads"] == "TILES_UNSOUND"
    tile.unlink()
    assert town.collected()["roads"] == "TILES_MISSING"
    shutil.rmtree(roads.tiles)
    assert town.collected() == {"roads": "TILES_MISSING", "water": "same"}  # one bureau keeps none from another


def test_two_collections_at_once_judge_again_what_came_meanwhile(town: Town) -> None:
    town.collected()
    with pytest.raises(Conflict):
        town.city._tables.add("log.roads.example", 9, b"x", "grown", 0, after=0)


# --- witnessing ----------------------------------------------------------------------------------


def test_bureaus_witness_the_city_and_thereby_one_another(town: Town) -> None:
    roads, water = town.offices
    town.collected()
    for office in town.offices:
        found = office.cosign(town.published())
        assert not found.two_histories and not found.unchecked
    town.collected()
    assert town.city.cosigners(town.city.sign()) == ["roads", "water"]
    witnesses = [str(office.witness.witness_key) for office in town.offices]
    assert town.published(*witnesses).cosigners() == ["witness.roads", "witness.water"]
    roads.record(300)
    roads.publish()
    town.collected()
    assert town.published(*witnesses).cosigners() == []  # of the newer checkpoint nobody has seen anything yet
    assert not water.cosign(town.published()).two_histories
    town.collected()
    assert town.published(*witnesses).cosigners() == ["witness.water"]


def test_a_witness_signs_no_city_that_was_rewritten_and_remembers_across_runs(town: Town, tmp_path: Path) -> None:
    _, water = town.offices
    town.collected()
    water.cosign(town.published())
    memory = (water.folder / "seen").read_bytes()
    shutil.rmtree(town.public)
    town.city.store.close()
    for name in ("city.db", "city.keys/log.signed"):  # the operator begins anew, with the same key
        (tmp_path / name).unlink()
    town.city = City(town.url, {"LVYUE_KEYS": str(tmp_path / "city.keys")}, town.clock, origin="log.city.example")
    town.city.add("water", trust_file(water.log), str(water.tiles))
    town.city.add("roads", trust_file(town.offices[0].log), str(town.offices[0].tiles))
    water.record(4)
    water.publish()
    town.collected()
    with pytest.raises(Refusal, match="WITNESS_SAW_ANOTHER"):
        water.cosign(town.published())
    assert (water.folder / "seen").read_bytes() == memory
    (water.folder / "seen").write_text("{}")
    with pytest.raises(Refusal, match="SEEN_UNREADABLE"):
        water.cosign(town.published())


def test_a_witness_finds_a_bureaus_second_history_that_the_city_hides(town: Town, tmp_path: Path) -> None:
    roads, water = town.offices
    town.collected()
    water.cosign(town.published())
    shutil.rmtree(roads.tiles)
    other = roads.rewritten(tmp_path / "other", 300)
    other.tiles = roads.tiles
    forged, last = other.publish(), town.city.last(town.city.bureaus()[0])
    assert last is not None  # the city takes it for the continuation of what it is not
    town.city._tables.add(roads.log.origin, 300, forged.encode(), "grown", 0, after=last.position)
    town.city.publish(town.public)
    assert [(name, two) for name, _, two in water.cosign(town.published()).two_histories] == [("roads", forged)]
    # Its own log a bureau knows: what its key signed and it does not hold is told, whoever signed it.
    assert [(name, two) for name, _, two in roads.cosign(town.published()).two_histories] == [("roads", forged)]


def test_a_cosignature_of_another_city_is_no_silent_one(town: Town) -> None:
    _, water = town.offices
    town.collected()
    water.cosign(town.published())
    left = water.tiles / cosigned_file(town.city.log.origin)
    left.write_text(left.read_text().replace("\n2\n", "\n1\n"))
    assert town.collected() == {"roads": "same", "water": "COSIGNED_ANOTHER"}


# --- over http -----------------------------------------------------------------------------------


def test_all_of_it_is_read_over_http(town: Town, tmp_path: Path) -> None:
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    handler.log_message = lambda *_: None  # type: ignore[attr-defined]
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        prefix = f"http://127.0.0.1:{server.server_port}"
        _, water = town.offices
        town.city.add("water", trust_file(water.log), f"{prefix}/water/tiles", str(water.witness.witness_key))
        assert town.collected() == {"roads": "first", "water": "first"}
        published = type(town.published())(f"{prefix}/public", str(town.city.key))
        water.cosign(published)
        assert town.collected()["water"] == "same" and town.city.cosigners(town.city.sign()) == ["water"]
        held = str(water.log.last().note).encode()  # type: ignore[union-attr]
        assert published.standing(held).verdict == "held"
    finally:
        server.shutdown()
        server.server_close()
    assert town.collected()["water"] == "TILES_UNREACHABLE"
