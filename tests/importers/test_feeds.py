"""What feeds say, read strictly: 数电票, Alertmanager, Zabbix; samples made by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ledger.domain.errors import Refusal
from ledger.importers.alertmanager import read_alerts
from ledger.importers.einvoice import read_invoice
from ledger.importers.zabbix import read_events
from tests.importers.feeds import (
    BUREAU,
    FIRST,
    NUMBER,
    PROVIDER,
    RED,
    alert,
    alerts,
    einvoice,
    ndjson,
    problem,
    recovery,
)


def test_an_invoice_says_who_when_how_much_and_at_which_rates() -> None:
    [one] = read_invoice(einvoice(FIRST, ("-100.00", "-6.00", "6%"), ("200.00", "0.00", "免税")))
    assert (one.number, one.issued_on, one.seller, one.buyer) == (NUMBER, date(2025, 11, 20), PROVIDER, BUREAU)
    assert [(line.amount, line.tax_rate) for line in one.lines] == [
        (184312906, Decimal("0.06")), (-10600, Decimal("0.06")), (20000, None)]  # fmt: skip
    assert (one.total, one.red, one.cancels) == (184322306, False, None)


def test_a_red_letter_says_which_invoice_it_takes_back() -> None:
    [one] = read_invoice(einvoice(("-1000.00", "-60.00", "0.06"), number=RED, cancels=NUMBER))
    assert (one.red, one.cancels, one.total) == (True, NUMBER, -106000)


@pytest.mark.parametrize(("content", "code"), [
    (b"<EInvoice>", "EINVOICE_XML"), (b"<Invoice/>", "EINVOICE_ROOT"), (b"<EInvoice/>", "EINVOICE_MISSING"),
    (einvoice(FIRST, total="1.00"), "EINVOICE_SUM"), (einvoice(FIRST, number="123"), "EINVOICE_VALUE"),
    (einvoice(FIRST, prolog='<!DOCTYPE x [<!ENTITY a "aa">]>'), "EINVOICE_XML"),
    (einvoice(("1.00", "0.06", "six")), "EINVOICE_VALUE"),
])  # fmt: skip
def test_what_is_no_sound_invoice_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_invoice(content)
    assert refused.value.code == code


def test_an_alert_begins_and_ends_and_is_called_the_same_each_time_it_is_told() -> None:
    began, ended = "2026-03-05T02:00:00.123456789Z", "2026-03-05T10:05:00+08:00"
    [firing] = read_alerts(alerts(alert("PlatformDown", began)))
    [resolved] = read_alerts(alerts(alert("PlatformDown", began, ended)))
    assert firing.ended is None and resolved.ended is not None and firing.began == resolved.began
    assert (resolved.ended - resolved.began, resolved.resolution) == (299_876_544, 60_000_000)
    assert firing.name == resolved.name and firing.about == "PlatformDown gw-1"


@pytest.mark.parametrize(("content", "code", "field"), [
    (b"{", "JSON_BROKEN", None), (b"[]", "FIELD_TYPE", None), (alerts(version="3"), "FEED_VERSION", "version"),
    (alerts(alert("A", "yesterday")), "DATE_INVALID", "alerts.0.startsAt"),
    (alerts(alert("A", "2026-03-05T02:00:00Z", "2026-03-05T01:59:59Z")), "FEED_ENDS_BEFORE", "alerts.0.endsAt"),
])  # fmt: skip
def test_what_is_no_notification_of_version_4_is_refused(content: bytes, code: str, field: str | None) -> None:
    with pytest.raises(Refusal) as refused:
        read_alerts(content)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_events_of_zabbix_are_joined_by_the_problem_they_recover() -> None:
    lasting, over, late = read_events(ndjson(
        problem(7, 1_772_668_800), problem(8, 1_772_668_800, 500_000_000), recovery(8, 1_772_668_860), recovery(3, 5),
    ))  # fmt: skip
    assert (lasting.name, lasting.ended, lasting.labels["host"]) == ("zbx-7", None, "gw-1")
    assert over.began is not None and over.ended is not None and over.ended - over.began == 59_500_000
    assert (late.name, late.began, late.ended) == ("zbx-3", None, 5_000_000)


@pytest.mark.parametrize(("lines", "code", "line"), [
    (b'{"itemid": 1, "value": 1}\n', "FEED_NO_EVENT", 1), (ndjson(problem(7, 1)) + b"\n{", "JSON_BROKEN", 3),
    (ndjson(problem(7, 10), recovery(7, 9)), "FEED_ENDS_BEFORE", 2), (b'{"value": 1}', "FIELD_MISSING", 1),
])  # fmt: skip
def test_a_line_that_is_no_trigger_event_is_told(lines: bytes, code: str, line: int) -> None:
    with pytest.raises(Refusal) as refused:
        read_events(lines)
    assert (refused.value.code, refused.value.line) == (code, line)
