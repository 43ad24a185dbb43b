"""Whether a file begins as its media type requires; a picture declared as a PDF could not be opened anywhere."""

from __future__ import annotations

from ledger.domain.errors import Refusal
from ledger.domain.values import quoted

# What files of a form begin with, and the media types of that form, the usual one first.
_FORMS: tuple[tuple[bytes, tuple[str, ...]], ...] = (
    (b"%PDF", ("application/pdf", "application/x-pdf")),
    (b"\x89PNG\r\n\x1a\n", ("image/png",)),
    (b"\xff\xd8\xff", ("image/jpeg", "image/jpg", "image/pjpeg")),
    (b"GIF8", ("image/gif",)),
    (b"II*\x00", ("image/tiff",)),
    (b"MM\x00*", ("image/tiff",)),
    (b"PK\x03\x04", ("application/zip", "application/x-zip-compressed", "application/ofd")),  # and office documents
    (b"\x1f\x8b", ("application/gzip", "application/x-gzip")),
    (b"\xd0\xcf\x11\xe0", ("application/x-ole-storage", "application/msword", "application/vnd.ms-excel",
                           "application/vnd.ms-powerpoint", "application/vnd.ms-outlook")),
)  # fmt: skip
_ZIPPED = ("application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.")
_UNSAID = ("application/octet-stream", "binary/octet-stream")


def require_fit(content: bytes, media_type: str, field: str) -> None:
    """Raise Refusal MEDIA_TYPE_MISMATCH, for ``field``, where ``content`` begins like a file of another type."""
    if content and not fits(content, media_type):
        found = _form(content)
        begins = found[0] if found else quoted(content[:8].hex(" "))
        raise Refusal("MEDIA_TYPE_MISMATCH", field, given=media_type, found=begins)


def fits(content: bytes, media_type: str) -> bool:
    """Whether ``content`` may be of ``media_type``: it begins as that form must, or neither of the two is known."""
    essence = media_type.lower()
    if essence in _UNSAID:
        return True
    found = _form(content)
    if found is not None:
        return essence in found or (found[0] == "application/zip" and _zipped(essence))
    return not _zipped(essence) and not any(essence in types for _, types in _FORMS)


def _form(content: bytes) -> tuple[str, ...] | None:
    return next((types for begins, types in _FORMS if content.startswith(begins)), None)


def _zipped(essence: str) -> bool:
    """Office documents are zip files, and so is every type that ends in ``+zip``."""
    return essence.startswith(_ZIPPED) or essence.endswith("+zip")
