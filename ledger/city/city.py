"""What the operator of a city's log does: admit bureaus, collect their checkpoints, sign and publish the city's own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from ledger.city.histories import TrustedKey, Verdict, judge, parse_origin, require_root, signed, trusted_keys
from ledger.city.tables import HELD, CityTables, Collected
from ledger.domain.declare import dataclass
from ledger.domain.errors import Refusal
from ledger.log.checkpoint import Checkpoint, parse_checkpoint
from ledger.log.folder import key_directory
from ledger.log.handout import trust_file
from ledger.log.keys import keep_statement, open_keyring, prepare_successor, succeed
from ledger.log.lineage import Witness, fit_for_witness
from ledger.log.log import TransparencyLog
from ledger.log.note import ED25519, MalformedNote, VerifierKey, parse_key
from ledger.log.publishing import publish
from ledger.log.storage import SignedHead
from ledger.log.tile_reader import TileReader
from ledger.log.tiles import place
from ledger.store import Conflict, Store, open_store

BUREAU = "bureau"
BUREAUS = "bureaus.json"  # beside the city's tiles: whose checkpoints they hold
COSIGNED = "cosigned"  # folder beside a bureau's tiles: what its witness signed for others


@dataclass(frozen=True, slots=True)
class Bureau:
    """A bureau whose log the city follows: where its tiles are, its log's keys (a trust file), its witness key."""

    name: str
    origin: str
    address: str
    trust: str
    witness: str | None

    @property
    def keys(self) -> list[TrustedKey]:
        return trusted_keys(self.trust)


@dataclass(frozen=True, slots=True)
class CollectedHead:
    """What collecting from one bureau came to: `first`, a verdict, or `refused` with why.

    `held` and `shown` are the two signed checkpoints where a bureau showed two histories.
    """

    bureau: str
    verdict: Verdict | str
    size: int | None
    refused: Refusal | None = None
    held: str | None = None
    shown: str | None = None


def cosigned_file(origin: str) -> str:
    """Where a bureau leaves what its witness signed of the log called `origin`, below its tiles."""
    return f"{COSIGNED}/{re.sub('[^A-Za-z0-9.-]', '_', origin)}"


class City:
    """The log of logs in one store. Raises Refusal CITY_MISSING where there is none at `url`; make it with `origin`."""

    def __init__(
        self, url: str, environment: Mapping[str, str], clock: Callable[[], int], *, origin: str | None = None
    ) -> None:
        self.store = _opened(url, create=origin is not None)
        self._clock = clock
        self._tables = CityTables(self.store)
        if not self.store.holds("city_checkpoints"):
            if self.store.standing():
                raise Refusal("CITY_IS_A_LEDGER", "store")
            if origin is None:
                raise Refusal("CITY_MISSING", "store")
            self._tables.make()
        named = environment if origin is None else {**environment, "LVYUE_LOG_ORIGIN": origin}
        self._keyring = open_keyring(key_directory(url, environment), named)
        if origin not in (None, self._keyring.origin):
            raise Refusal("CITY_NAMED", "origin", origin=self._keyring.origin)
        self._stamps = environment.get("LVYUE_TSA_URL") or None
        self.log = self._log()

    @property
    def key(self) -> VerifierKey:
        """What verifies the city's checkpoints from now on."""
        return self._keyring.signer.key

    def keys(self) -> str:
        """The city's keys for `--trust`: a retired one with the last checkpoint it may have signed."""
        return trust_file(self.log) if self.log.known_keys() else f"{self.key}\n"

    def rotate(self) -> tuple[VerifierKey, VerifierKey]:
        """Replace the city's key: the old one names the new one and signs nothing more; both of them.

        Can be repeated after a failure. Raises Refusal CITY_EMPTY, KEY_SUPPLIED; Tampered as signing does.
        """
        before, successor = self.key, prepare_successor(self._keyring)
        if successor.key not in [known.key for known in self.log.known_keys()]:
            self.sign()
            statement = str(self.log.seal(f"{self.log.origin} key\n{successor.key}\n"))
            self.log.recognise(successor.key, "log", statement.encode())
            keep_statement(self._keyring.directory, statement)
        self._keyring = succeed(self._keyring)
        self.log = self._log()
        return before, self.key

    def _log(self) -> TransparencyLog:
        return TransparencyLog(
            self._tables, self._keyring, tsa_url=self._stamps, witnesses=self._witnesses, held=HELD
        )

    # --- bureaus ---------------------------------------------------------------------------------

    def bureaus(self) -> list[Bureau]:
        """Those whose logs are followed, by name."""
        return [Bureau(**json.loads(record.value)) for record in self.store.list(BUREAU)]

    def add(self, name: str, trust: str, address: str, witness: str | None = None) -> Bureau:
        """Follow a bureau's log from now on; under the same name again, its new keys or address.

        Raises Refusal KEY_MALFORMED, KEYS_OF_NO_LOG, BUREAU_OTHER_LOG, BUREAU_TWICE, WITNESS_KEY.
        """
        own = [one for one in trusted_keys(trust) if one.key.kind == ED25519]
        # Witnesses and SM2 keys, which the file may name as well, sign no checkpoint here.
        origins = {one.key.name for one in own}
        if len(origins) != 1:
            raise Refusal("KEYS_OF_NO_LOG", "trust", count=len(origins))
        made = Bureau(name, origins.pop(), address, "".join(f"{one}\n" for one in own), witness)
        if witness is not None and not fit_for_witness(_key(witness), self.log.origin):
            raise Refusal("WITNESS_KEY", "witness", key=witness, origin=self.log.origin)
        for known in self.bureaus():
            if known.name == name and known.origin != made.origin:
                raise Refusal("BUREAU_OTHER_LOG", "name", name=name, origin=known.origin)
            if known.name != name and known.origin == made.origin:
                raise Refusal("BUREAU_TWICE", "trust", name=known.name, origin=made.origin)
        self.store.put(BUREAU, name, json.dumps(asdict(made), ensure_ascii=False).encode(), at=self._clock())
        return made

    def last(self, bureau: Bureau) -> Collected | None:
        """The last checkpoint collected from a bureau that went on from those before."""
        return self._tables.last(bureau.origin)

    def two_histories(self, bureau: Bureau) -> list[Collected]:
        """The checkpoints by which a bureau was found to show two histories."""
        return [one for one in self._tables.of(bureau.origin) if one.verdict == "two-histories"]

    def _witnesses(self) -> Sequence[Witness]:
        return [Witness(_key(one.witness), one.name) for one in self.bureaus() if one.witness is not None]

    # --- collecting ------------------------------------------------------------------------------

    def collect(self) -> list[CollectedHead]:
        """Ask every bureau for its checkpoint and for its witness's cosignature; what came of each."""
        return [self._collect(bureau) for bureau in self.bureaus()]

    def _collect(self, bureau: Bureau) -> CollectedHead:
        tiles = TileReader(bureau.address)
        try:
            self._cosignature(bureau, tiles)
            checkpoint, note = signed(tiles.checkpoint(), bureau.keys)
            while True:
                with suppress(Conflict):  # somebody else collected meanwhile: judged again
                    return self._keep(bureau, tiles, checkpoint, str(note))
        except Refusal as refused:
            return CollectedHead(bureau.name, "refused", None, refused)

    def _keep(self, bureau: Bureau, tiles: TileReader, now: Checkpoint, note: str) -> CollectedHead:
        last, verdict = self.last(bureau), "first"
        if last is None:
            require_root(tiles, now)
        else:
            verdict = _judged(tiles, parse_checkpoint(last.bytes)[0], now)
        if verdict in ("first", "grown", "two-histories"):
            kept = "two-histories" if verdict == "two-histories" else "grown"
            after = last.position if last else 0
            self._tables.add(bureau.origin, now.size, note.encode(), kept, self._clock(), after=after)
        held = last.bytes.decode() if last and verdict == "two-histories" else None
        return CollectedHead(bureau.name, verdict, now.size, None, held, note if held else None)

    def _cosignature(self, bureau: Bureau, tiles: TileReader) -> None:
        """Keep what the bureau's witness signed of this city, where it left that beside its tiles."""
        content = tiles.file(cosigned_file(self.log.origin)) if bureau.witness is not None else None
        if content is None or bureau.witness is None:
            return
        try:
            checkpoint, note = parse_checkpoint(content)
        except MalformedNote as error:
            raise Refusal("CHECKPOINT_MALFORMED", "checkpoint", detail=str(error)) from error
        head, key = self.log.head(checkpoint.size), _key(bureau.witness)
        if head is None or head.note.text != note.text:
            raise Refusal("COSIGNED_ANOTHER", "cosigned", name=bureau.name, shown=note.text.rstrip())
        for line in note.by(key):
            self.log.receive(head, line, key, self._clock())

    # --- signing and publishing ------------------------------------------------------------------

    def sign(self) -> SignedHead:
        """The signed checkpoint over everything collected. Raises Refusal CITY_EMPTY; Tampered as any log does."""
        if not self.log.size():
            raise Refusal("CITY_EMPTY", "folder")
        head = self.log.checkpoint(self._clock())
        self.log.stamp(self._clock())
        return head

    def publish(self, folder: Path) -> SignedHead:
        """Bring `folder` to the newest checkpoint: tiles, the bureaus' checkpoints in them, and who the bureaus are."""
        head = self.sign()
        publish(self.log, head, folder, leaves=self._tables)
        listed = [asdict(bureau) for bureau in self.bureaus()]
        place(folder / BUREAUS, (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode())
        return head

    def proof(self, data: bytes) -> str:
        """A C2SP tlog-proof that a bureau's checkpoint stands in the city's log.

        Raises Refusal CITY_LACKS_LOG, CITY_LACKS_CHECKPOINT, and those of :func:`ledger.city.histories.signed`.
        """
        origin = parse_origin(data)
        bureau = next((one for one in self.bureaus() if one.origin == origin), None)
        if bureau is None:
            raise Refusal("CITY_LACKS_LOG", "checkpoint", origin=origin)
        checkpoint, note = signed(data, bureau.keys)
        found = next((one for one in self._tables.of(origin) if one.bytes == str(note).encode()), None)
        if found is None:
            raise Refusal("CITY_LACKS_CHECKPOINT", "checkpoint", origin=origin, size=checkpoint.size)
        return self.log.proof(found.position - 1, self.sign())

    def cosigners(self, head: SignedHead) -> list[str]:
        """The bureaus whose witnesses have signed a head."""
        note = self.log.cosigned(head)
        return [one.name for one in self.bureaus() if one.witness is not None and note.by(_key(one.witness))]


def _opened(url: str, *, create: bool) -> Store:
    try:
        return open_store(url, create=create)
    except Refusal as refused:
        raise Refusal("CITY_MISSING", "store") if refused.code == "STORE_MISSING" else refused from refused


def _judged(tiles: TileReader, last: Checkpoint, now: Checkpoint) -> Verdict:
    """As `judge`; Refusal BUREAU_BEHIND_UNPROVEN where less is shown than before and nothing proves it a beginning."""
    try:
        return judge(tiles, last, now)
    except Refusal as refused:
        if now.size < last.size and refused.code != "TILES_UNREACHABLE":
            raise Refusal("BUREAU_BEHIND_UNPROVEN", "checkpoint", size=now.size, collected=last.size) from refused
        raise


def _key(vkey: str) -> VerifierKey:
    try:
        return parse_key(vkey)
    except MalformedNote as error:
        raise Refusal("KEY_MALFORMED", "witness", given=vkey[:80]) from error
