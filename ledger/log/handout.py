"""The public keys for those who verify this log, with fingerprints to recognise them by."""

import base64
from typing import Any

from ledger.log.lineage import fingerprint, trust_line
from ledger.log.log import TransparencyLog
from ledger.log.note import VerifierKey
from ledger.log.signing import public_pem


def handed_out(log: TransparencyLog) -> dict[str, Any]:
    """The log's own keys and, apart from them, the witnesses', as JSON. Raises Tampered KEY_UNANNOUNCED.

    `retired` is null, or the size and root of the last checkpoint the key may have signed.
    """
    keys = []
    for known, bound in log.keys_handed_out():
        retired = bound and {"size": bound.size, "root": base64.b64encode(bound.root).decode()}
        more = {"role": known.role, "since": known.since, "retired": retired, "trust": trust_line(known.key, bound)}
        keys.append(_shown(known.key) | more)
    witnesses = [_shown(one.key) | {"principal": one.principal} for one in log.witnesses()]
    return {"origin": log.origin, "keys": keys, "witnesses": witnesses}


def trust_file(log: TransparencyLog) -> str:
    """The same as a file for the verifiers' --trust: one key a line, retired ones with their limit. Raises Tampered."""
    lines = [trust_line(known.key, bound) for known, bound in log.keys_handed_out()]
    return "".join(f"{line}\n" for line in [*lines, *(str(one.key) for one in log.witnesses())])


def _shown(key: VerifierKey) -> dict[str, Any]:
    return {"key": str(key), "pem": public_pem(key), "fingerprint": fingerprint(key)}
