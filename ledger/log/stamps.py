"""Time stamps by a third party (RFC 3161): a trusted authority states that it saw these bytes by then."""

import datetime
import hashlib
import urllib.error
import urllib.request

from cryptography import x509
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, decode_timestamp_response

from ledger.domain.declare import dataclass

RESTAMP_BEFORE = 30 * 86_400 * 1_000_000  # µs: renewed a month before the authority's certificate ends
_LIMIT = 1 << 20


class StampFailed(Exception):
    """The authority is away, refused, or answered about something else."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time-stamp response in DER, the moment it names, the end of its certificate (µs since the epoch)."""

    response: bytes
    stamped_at: int
    expires_at: int


def request_stamp(url: str, data: bytes, *, timeout: float = 10.0) -> Stamp:
    """Ask the authority at `url` for a time stamp over `data`. Raises StampFailed.

    What comes back is checked to be granted, about these bytes and for this request; whether the authority
    is one to trust is the verifier's question, answered with its certificate.
    """
    request = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
    if not url.startswith(("http://", "https://")):
        raise StampFailed(f"{url!r} is no http address")
    headers = {"Content-Type": "application/timestamp-query"}
    try:
        query = urllib.request.Request(url, data=request.as_bytes(), headers=headers, method="POST")
        with urllib.request.urlopen(query, timeout=timeout) as answer:
            response = answer.read(_LIMIT)
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise StampFailed(f"the authority did not answer: {error}") from error
    stamp = read_stamp(response)
    info = decode_timestamp_response(response).tst_info
    if info.nonce != request.nonce or info.message_imprint.message != request.message_imprint.message:
        raise StampFailed("the authority answered another request")
    return stamp


def read_stamp(response: bytes) -> Stamp:
    """Read a time-stamp response. Raises StampFailed when it is none or grants nothing."""
    try:
        decoded = decode_timestamp_response(response)
        if decoded.status not in (0, 1):
            raise StampFailed(f"the authority refused: {decoded.status_string}")
        certificates = [x509.load_der_x509_certificate(der) for der in decoded.signed_data.certificates]
    except ValueError as error:
        raise StampFailed(f"not a time-stamp response: {error}") from error
    signers = {signer.serial_number for signer in decoded.signed_data.signer_infos}
    ends = [_micros(c.not_valid_after_utc) for c in certificates if c.serial_number in signers]
    if not ends:
        raise StampFailed("the response lacks the authority's certificate")
    return Stamp(response, _micros(decoded.tst_info.gen_time), min(ends))


def stamps_these(response: bytes, data: bytes) -> bool:
    """Is the time stamp in `response` over `data`? Its signature is the verifier's question."""
    try:
        imprint = decode_timestamp_response(response).tst_info.message_imprint.message
    except ValueError:
        return False
    return imprint == hashlib.sha256(data).digest()


def _micros(moment: datetime.datetime) -> int:
    epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
    return (moment - epoch) // datetime.timedelta(microseconds=1)
