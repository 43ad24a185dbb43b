"""The transparency log of a ledger: heads it signs, proofs it gives, and what it never signs.

Rules, all of them kept in this module:
1. A checkpoint is signed only after the root was recomputed from the re-read bytes of every leaf since the last
   one (:mod:`ledger.log.merkle_reference`), starting from the last checkpoint's own signed root, and agreed with
   the stored tree.
2. So a tree in which anything was altered is never signed; the first fact at fault is named.
3. Every checkpoint is kept, and one size has one checkpoint.
4. A key signs only once it is known: the first by the first checkpoint, a later one by the statement of
   the key before it, which from then on signs nothing more.
5. Nothing is signed over a ledger that is not the one the key folder remembers (`signed`), unless an operator
   accepted that.
6. A cosignature is taken from an admitted witness only, and only such are handed out.
All times are microseconds since the Unix epoch and come from the caller.
"""

import base64
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from ledger.domain.errors import Refusal
from ledger.log import merkle, storage
from ledger.log.checkpoint import Checkpoint
from ledger.log.failure import Tampered
from ledger.log.keys import Keyring
from ledger.log.lineage import Witness, fit_for_witness, own, signers, unannounced
from ledger.log.merkle_reference import root_from_leaves
from ledger.log.note import ED25519, Note, Signature, VerifierKey
from ledger.log.signed import FACTS_HELD, Remembered
from ledger.log.signing import signed_by
from ledger.log.stamps import RESTAMP_BEFORE, Stamp, StampFailed, request_stamp
from ledger.log.storage import KnownKey, SignedHead
from ledger.log.tables import Query, Source, node_source, tree_size


class TransparencyLog:
    """The log over the facts of one store, which grows it through `TreeTables`."""

    def __init__(
        self,
        source: Source,
        keyring: Keyring,
        *,
        tsa_url: str | None = None,
        ask: Callable[[str, bytes], Stamp] = request_stamp,
        witnesses: Callable[[], Sequence[Witness]] = tuple,
        held: str = FACTS_HELD,
    ) -> None:
        """``witnesses`` gives those admitted so far; the query ``held`` counts the leaves that ``source`` has."""
        self._source = source
        self._witnesses = witnesses
        self.remembered = Remembered(keyring.directory, source, held)
        self._keyring = keyring
        self._tsa_url = tsa_url
        self._ask = ask

    @property
    def origin(self) -> str:
        """The log's name, first line of its checkpoints."""
        return self._keyring.origin

    def size(self) -> int:
        """How many leaves the tree holds now, signed or not."""
        return tree_size(self._source.query)

    def unsigned(self) -> int:
        """How many leaves wait for the next checkpoint."""
        last = self.last()
        return self.size() if last is None else max(0, self.size() - last.checkpoint.size)

    # --- heads -----------------------------------------------------------------------------------

    def checkpoint(self, now: int) -> SignedHead:
        """The signed head over everything recorded; made at `now` unless the last one covers it already.

        Raises Tampered (ROLLED_BACK, LOG_SHRUNK, CHECKPOINT_ALTERED, LEAF_ALTERED, LEAF_MISSING, TREE_ALTERED) instead
        of signing over an alteration; Refusal KEY_FOREIGN or KEY_RETIRED when the key at hand is not this log's to
        sign with.
        """
        size, last = self.size(), self.last()
        if last is not None and last.checkpoint.size > size:
            raise Tampered("LOG_SHRUNK", size=last.checkpoint.size, found=size)
        self.remembered.check()
        if last is not None and last.checkpoint.size == size:
            self._begin_to_remember(last)
            return last
        self._require_current(self._source.query)
        root, frontier = self.recompute(size, last)
        checkpoint = Checkpoint(self.origin, size, root)
        head = SignedHead(checkpoint, self._sign(str(checkpoint)), tuple(frontier), now)
        return self._keep(head) if size else head

    def recompute(self, size: int, last: SignedHead | None) -> tuple[bytes, list[bytes]]:
        """The root and frontier of `size` leaves, by the second path from `last` on; the tree must agree."""
        if last is not None:
            self.assert_own(last)
        fixed, frontier = (last.checkpoint.size, last.frontier) if last else (0, ())
        leaves = (leaf for _, leaf in self._source.leaves(fixed + 1, size + 1))
        node = node_source(self._source.query)
        try:
            root, edge = root_from_leaves(size, leaves, fixed, frontier)
            agreed = root == merkle.root(size, node)
        except EOFError:
            raise Tampered("LEAF_MISSING", position=self._first_fault(fixed, size)) from None
        except LookupError as error:
            raise Tampered("TREE_ALTERED", size=size) from error
        if not agreed:
            position = self._first_fault(fixed, size)
            if position is None:
                raise Tampered("TREE_ALTERED", size=size)
            raise Tampered("LEAF_ALTERED", position=position)
        return root, edge

    def last(self) -> SignedHead | None:
        """The newest kept checkpoint."""
        return next(storage.heads(self._source.query, "ORDER BY size DESC LIMIT 1"), None)

    def head(self, size: int) -> SignedHead | None:
        """The kept checkpoint of exactly `size` leaves."""
        return next(storage.heads(self._source.query, "WHERE size = ?", size), None)

    def latest(self, most: int) -> list[SignedHead]:
        """The checkpoints made last, the latest first. Raises Tampered."""
        return list(storage.heads(self._source.query, "ORDER BY size DESC LIMIT ?", most))

    def heads(self) -> Iterator[SignedHead]:
        """Every kept checkpoint, oldest first."""
        return storage.heads(self._source.query, "ORDER BY size")

    def assert_own(self, head: SignedHead) -> None:
        """Raises Tampered CHECKPOINT_ALTERED unless the kept head is what a key of this log signed."""
        checkpoint, size = head.checkpoint, head.checkpoint.size
        allowed = signers(self.known_keys(), size)
        fixed = merkle.fold(head.frontier) == checkpoint.root and len(head.frontier) == size.bit_count()
        if checkpoint.origin != self.origin or not fixed or not any(signed_by(key, head.note) for key in allowed):
            raise Tampered("CHECKPOINT_ALTERED", size=size)

    # --- proofs ----------------------------------------------------------------------------------

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """The audit path of leaf `index` in the tree of `size` leaves. Raises Refusal PROOF_OUT_OF_RANGE."""
        if not 0 <= index < size <= self.size():
            raise Refusal("PROOF_OUT_OF_RANGE", "index", first=index, second=size)
        return merkle.inclusion(index, size, node_source(self._source.query))

    def consistency(self, first: int, second: int) -> list[bytes]:
        """The proof that `first` leaves are a prefix of `second`. Raises Refusal PROOF_OUT_OF_RANGE."""
        if not 0 < first <= second <= self.size():
            raise Refusal("PROOF_OUT_OF_RANGE", "size", first=first, second=second)
        return merkle.consistency(first, second, node_source(self._source.query))

    def root(self, size: int) -> bytes:
        """The root of the first `size` leaves, from the stored tree."""
        return merkle.root(size, node_source(self._source.query))

    def node(self) -> merkle.Node:
        """A look-up of the stored tree's nodes, for many proofs in a row."""
        return node_source(self._source.query)

    def seal(self, text: str) -> Note:
        """Sign a text that is no checkpoint, such as a package's seal, with the log's Ed25519 key alone.

        Raises ValueError for a text that could be taken for a checkpoint of this log.
        """
        if text.startswith(f"{self.origin}\n"):
            raise ValueError("only `checkpoint` signs checkpoints")
        return Note(text, (self._keyring.signer.sign(text),))

    def proof(self, index: int, head: SignedHead) -> str:
        """A C2SP tlog-proof: that leaf `index` is in the log that `head` is the head of, in one text."""
        path = self.inclusion(index, head.checkpoint.size)
        steps = (base64.b64encode(step).decode() for step in path)
        return "\n".join(["c2sp.org/tlog-proof@v1", f"index {index}", *steps, "", str(self.cosigned(head))])

    # --- keys and witnesses ----------------------------------------------------------------------

    def known_keys(self) -> list[KnownKey]:
        """Every key of this log, oldest first."""
        return storage.keys(self._source.query)

    def recognise(self, key: VerifierKey, role: str, statement: bytes = b"") -> None:
        """Register a key, which counts from the present size on."""
        known = KnownKey(key, role, self.size(), statement)
        with self._source.writing() as transaction:
            storage.add_key(transaction, known)

    def keys_handed_out(self) -> list[tuple[KnownKey, Checkpoint | None]]:
        """The log's own keys, oldest first, each retired one with the last checkpoint it may have signed.

        Raises Tampered KEY_UNANNOUNCED for a key that the key before it did not name.
        """
        known = [one for one in self.known_keys() if one.role != "witness"]
        for stray in unannounced(known):
            raise Tampered("KEY_UNANNOUNCED", key=str(stray.key))
        ends = {one.key: after.since for one, after in pairwise(own(known))}
        return [(one, self._last_within(ends[one.key]) if one.key in ends else None) for one in known]

    def _last_within(self, size: int) -> Checkpoint | None:
        """The last checkpoint of at most `size` leaves."""
        found = next(storage.heads(self._source.query, "WHERE size <= ? ORDER BY size DESC LIMIT 1", size), None)
        return None if found is None else found.checkpoint

    def witnesses(self) -> list[Witness]:
        """The witnesses admitted, by cosignature keys (type 0x04) under names that are not the log's."""
        return [one for one in self._witnesses() if fit_for_witness(one.key, self.origin)]

    def cosigned(self, head: SignedHead) -> Note:
        """The checkpoint with every cosignature that came for it from a witness that is admitted."""
        lines = storage.cosignatures(self._source.query, head.checkpoint.size)
        admitted = {(one.key.name, one.key.key_id) for one in self.witnesses()} if lines else set()
        return head.note.with_signatures(*(line for line in lines if (line.name, line.key_id) in admitted))

    def receive(
        self, head: SignedHead, signature: Signature, witness: VerifierKey, now: int, principal: str | None = None
    ) -> None:
        """Store a witness's cosignature of `head`; `principal` is who submits it, where known.

        Raises Refusal WITNESS_NOT_ADMITTED, WITNESS_NOT_YOURS or COSIGNATURE_INVALID.
        """
        admitted = next((one for one in self.witnesses() if one.key == witness), None)
        if admitted is None:
            raise Refusal("WITNESS_NOT_ADMITTED", "key", key=str(witness))
        if principal not in (None, admitted.principal):
            raise Refusal("WITNESS_NOT_YOURS", "key", key=str(witness))
        if not signed_by(witness, Note(head.note.text, (signature,))):
            raise Refusal("COSIGNATURE_INVALID", "cosignature", name=signature.name)
        with self._source.writing() as transaction:
            storage.add_cosignature(transaction, head.checkpoint.size, signature, now)

    # --- time stamps -----------------------------------------------------------------------------

    def tokens(self, size: int) -> list[Stamp]:
        """The time stamps of a checkpoint: first one over its note, then each over the one before."""
        return storage.tokens(self._source.query, size)

    def pending(self) -> list[int]:
        """The sizes of the checkpoints no time stamp covers yet, oldest first."""
        return storage.unstamped(self._source.query)

    def stamp(self, now: int) -> int:
        """Get the time stamps that are due; returns how many came. What did not is asked for next time.

        Of the checkpoints pending the newest is stamped: it fixes every leaf the others fix. A stamp whose
        certificate ends within RESTAMP_BEFORE is itself stamped (RFC 3161 section 4.3).
        """
        if self._tsa_url is None:
            return 0
        newest = [head for size in self.pending()[-1:] if (head := self.head(size))]
        due = [(head.checkpoint.size, 0, str(head.note).encode()) for head in newest]
        ending = storage.expiring(self._source.query, now + RESTAMP_BEFORE)
        due += [(size, number + 1, token) for size, number, token in ending]
        return sum(self._stamp(self._tsa_url, size, number, data) for size, number, data in due)

    def _stamp(self, url: str, size: int, number: int, data: bytes) -> bool:
        try:
            stamp = self._ask(url, data)
        except StampFailed:
            return False
        with self._source.writing() as transaction:
            return storage.add_token(transaction, size, number, stamp)

    # --- inside ----------------------------------------------------------------------------------

    def _sign(self, text: str) -> Note:
        lines = [self._keyring.signer.sign(text)]
        if self._keyring.sm2 is not None:
            lines.append(self._keyring.sm2.sign(text))
        return Note(text, tuple(lines))

    def _require_current(self, query: Query) -> bool:
        """Whether the key at hand is the log's current one; True where the log has none yet. Raises Refusal otherwise.
        """
        keys = [known.key for known in own(storage.keys(query))]
        if keys and self._keyring.signer.key != keys[-1]:
            code = "KEY_RETIRED" if self._keyring.signer.key in keys else "KEY_FOREIGN"
            raise Refusal(code, "key", key=str(self._keyring.signer.key))
        return not keys

    def _begin_to_remember(self, head: SignedHead) -> None:
        """In a key folder that signed checkpoints before it had a memory: the stored checkpoint that verifies is what
        was signed last.
        """
        size, root = head.checkpoint.size, head.checkpoint.root
        if self.remembered.signed() is None and self._keyring.signer.key in signers(self.known_keys(), size):
            self.assert_own(head)
            if self.root(size) == root:
                self.remembered.remember(size, root, kept=True)

    def _keep(self, head: SignedHead) -> SignedHead:
        size, root = head.checkpoint.size, head.checkpoint.root
        with self._source.writing() as transaction:
            first = self._require_current(transaction.query)
            self.remembered.remember(size, root, kept=False)
            new = storage.add_head(transaction, head)
            for key in self._keyring.keys if new else ():
                if first or key.kind != ED25519:  # an SM2 signature rides along with one by a known key
                    role = "log" if key.kind == ED25519 else "sm2"
                    storage.add_key(transaction, KnownKey(key, role, 0 if first else size, b""))
        self.remembered.remember(size, root, kept=True)
        # Where another process signed this size in the meantime, its checkpoint stands.
        return head if new else self.head(size) or head

    def _first_fault(self, fixed: int, size: int) -> int | None:
        """The position of the first fact after the `fixed` first ones whose bytes the tree does not hold."""
        node, position = node_source(self._source.query), fixed
        for position, leaf in self._source.leaves(fixed + 1, size + 1):
            if merkle.leaf_hash(leaf) != node(0, position - 1):
                return position
        return position + 1 if position < size else None
