"""A BagIt 1.0 bag (RFC 8493) in a zip: the same files give the same bytes.

Manifests with SHA-256 and SM3 cover the payload, a tag manifest covers everything else, and a seal (a signed
note) covers the tag manifest, so that no byte of a package stands outside a signature.
"""

import hashlib
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from ledger.domain.declare import NamedTuple
from ledger.evidence.progress import Counted, unheard

Content = bytes | Path
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
SEAL = "seal.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"

_PLAIN = (".pdf", ".tsr", ".zip", ".png", ".jpg")  # compressing them again only costs time
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the zip's own dates say nothing: times are in the facts


class Digests(NamedTuple):
    """SHA-256 and SM3 of one file, lower-case hex, and its size in bytes."""

    sha256: str
    sm3: str
    size: int


def digests(content: Content) -> Digests:
    """Both digests of bytes or of a file, read in pieces. Raises OSError for a file that cannot be read."""
    if isinstance(content, bytes):
        return Digests(hashlib.sha256(content).hexdigest(), hashlib.new("sm3", content).hexdigest(), len(content))
    sha256, sm3, size = hashlib.sha256(), hashlib.new("sm3"), 0
    with content.open("rb") as file:
        while piece := file.read(1 << 20):
            sha256.update(piece)
            sm3.update(piece)
            size += len(piece)
    return Digests(sha256.hexdigest(), sm3.hexdigest(), size)


def write_bag(
    out: BinaryIO,
    folder: str,
    payload: Mapping[str, Content],
    tags: Mapping[str, bytes],
    info: Mapping[str, str],
    seal: Callable[[str], str],
    progress: Counted = unheard,
) -> None:
    """Write the zip of one bag to `out`, under the one top folder `folder`.

    `payload` names start with `data/`; `tags` are further tag files; `info` is the content of bag-info.txt besides
    Payload-Oxum; `seal` makes the sealing note from the SHA-256 (hex) of the tag manifest; `progress` is called for
    every payload file, once after its digest and once after writing it.
    """
    names, sums = sorted(payload), dict[str, Digests]()
    for number, name in enumerate(names, 1):
        sums[name] = digests(payload[name])
        progress(number, 2 * len(names))
    oxum = f"{sum(each.size for each in sums.values())}.{len(sums)}"
    lines = "".join(f"{key}: {value}\n" for key, value in {**info, "Payload-Oxum": oxum}.items())
    tag_files: dict[str, bytes] = {
        **tags,
        "bagit.txt": BAGIT,
        "bag-info.txt": lines.encode(),
        "manifest-sha256.txt": _manifest({name: each.sha256 for name, each in sums.items()}),
        "manifest-sm3.txt": _manifest({name: each.sm3 for name, each in sums.items()}),
    }
    tag_manifest = _manifest({name: digests(tag_files[name]).sha256 for name in sorted(tag_files)})
    tag_files[TAG_MANIFEST] = tag_manifest
    tag_files[SEAL] = seal(hashlib.sha256(tag_manifest).hexdigest()).encode()
    with zipfile.ZipFile(out, "w", allowZip64=True) as archive:
        for name in ("bagit.txt", *sorted(set(tag_files) - {"bagit.txt"})):
            _add(archive, f"{folder}/{name}", tag_files[name])
        for number, name in enumerate(names, 1):
            _add(archive, f"{folder}/{name}", payload[name])
            progress(len(names) + number, 2 * len(names))


def _manifest(sums: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode()


def _add(archive: zipfile.ZipFile, name: str, content: Content) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system, entry.external_attr = 3, 0o100644 << 16
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(_PLAIN) else zipfile.ZIP_DEFLATED
    if isinstance(content, bytes):
        archive.writestr(entry, content, compresslevel=1)
        return
    entry.file_size = content.stat().st_size
    with content.open("rb") as file, archive.open(entry, "w") as target:
        shutil.copyfileobj(file, target, 1 << 20)
