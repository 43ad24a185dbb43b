"""Personal values: committed, disclosed, erased."""

import json
import stat
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from ledger.custody.vault import Vault, open_secret
from ledger.domain.errors import Refusal
from ledger.store import Store, open_store


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store("sqlite:///:memory:", create=True) as opened:
        yield opened


def test_a_commitment_is_opened_by_its_line_and_says_nothing_by_itself(store: Store) -> None:
    vault = Vault(store, open_secret(None))
    first, second = (vault.commit("p-1", "name", "值班员甲", at=1) for _ in range(2))
    line = vault.disclosure(first)
    assert line is not None and sha256(line.encode()).hexdigest() == first != second
    salt, name, value = json.loads(line)
    assert (len(salt), name, value) == (22, "name", "值班员甲")
    assert sha256("值班员甲".encode()).hexdigest() not in (first, second)


def test_nothing_is_kept_in_the_clear(store: Store) -> None:
    vault = Vault(store, open_secret(None))
    vault.commit("p-1", "phone", "000-0000-0003", at=1)
    kept = b"".join(record.value for kind in ("personal", "personal-key") for record in store.list(kind))
    assert kept and b"000-0000-0003" not in kept


def test_an_erased_subject_opens_nothing_and_others_stay(store: Store) -> None:
    vault = Vault(store, open_secret(None))
    gone, stays = vault.commit("p-1", "name", "值班员甲", at=1), vault.commit("p-2", "name", "值班员乙", at=1)
    vault.erase("p-1")
    assert vault.disclosure(gone) is None and vault.disclosure(stays) is not None
    with pytest.raises(Refusal) as refused:
        vault.erase("p-1")
    assert refused.value.code == "SUBJECT_UNKNOWN"


def test_a_vault_with_another_key_opens_nothing(store: Store) -> None:
    commitment = Vault(store, open_secret(None)).commit("p-1", "name", "值班员甲", at=1)
    with pytest.raises(Refusal) as refused:
        Vault(store, open_secret(None)).disclosure(commitment)
    assert refused.value.code == "VAULT_UNREADABLE"


def test_the_vaults_key_is_its_owners_only(tmp_path: Path) -> None:
    secret = open_secret(tmp_path / "keys")
    assert open_secret(tmp_path / "keys") == secret and len(secret) == 32
    assert stat.S_IMODE((tmp_path / "keys" / "vault.key").stat().st_mode) == 0o600
