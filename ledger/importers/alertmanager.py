"""Outages from Prometheus Alertmanager: the JSON it posts to a webhook, version 4.

The fields are documented at https://prometheus.io/docs/alerting/latest/configuration/#webhook_config: ``alerts`` with
``status`` (firing, resolved), ``labels``, ``startsAt``, ``endsAt`` (meaningless while the alert fires) and
``fingerprint``, the same for one alert each time it is sent. Every alert posted here counts as an outage; the route
that posts them must select them.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from ledger.domain.errors import Refusal
from ledger.domain.feeds import MonitoredOutage
from ledger.domain.moments import NotAMoment, format_utc, parse_utc
from ledger.domain.values import moment_fault, quoted, within, wrong_type

VERSION = "4"
RESOLUTION = 60_000_000  # µs: the interval at which Prometheus evaluates its rules, unless its configuration says


def read_alerts(content: bytes) -> list[MonitoredOutage]:
    """The outages of one notification, in its order.

    Refusal JSON_BROKEN, FEED_VERSION, or FIELD_MISSING, FIELD_TYPE, DATE_INVALID and the like with the field's path.
    """
    told = parsed(content)
    if not isinstance(told, dict):
        raise wrong_type("object", told)
    if told.get("version") != VERSION:
        raise Refusal("FEED_VERSION", "version", given=quoted(told.get("version")), known=VERSION)
    alerts = told.get("alerts")
    if not isinstance(alerts, list):
        raise within(wrong_type("list", alerts), "alerts")
    return [_outage(one, f"alerts.{at}") for at, one in enumerate(alerts)]


def parsed(text: bytes) -> Any:
    """The JSON of a feed, whose numbers may have decimals. Refusal NOT_UTF8, JSON_BROKEN."""
    try:
        return json.loads(text.decode("utf-8-sig"), parse_float=str)
    except UnicodeDecodeError as flaw:
        raise Refusal("NOT_UTF8", byte=flaw.start + 1) from None
    except json.JSONDecodeError as flaw:
        raise Refusal("JSON_BROKEN", line=flaw.lineno, column=flaw.colno) from None
    except (RecursionError, ValueError):
        raise Refusal("JSON_BROKEN", line=1, column=1) from None


def _outage(alert: Any, path: str) -> MonitoredOutage:
    if not isinstance(alert, dict):
        raise within(wrong_type("object", alert), path)
    labels = alert.get("labels")
    if not isinstance(labels, dict) or not all(isinstance(one, str) for one in labels.values()):
        raise within(wrong_type("object", labels), f"{path}.labels")
    began = _moment(alert, "startsAt", path)
    ended = _moment(alert, "endsAt", path) if alert.get("status") == "resolved" else None
    if ended is not None and ended < began:
        raise Refusal("FEED_ENDS_BEFORE", f"{path}.endsAt", began=alert["startsAt"], ended=alert["endsAt"])
    name = f"am-{_fingerprint(alert, labels)}-{format_utc(began)[:19].translate({45: None, 58: None})}"
    about = " ".join(labels[key] for key in ("alertname", "instance") if labels.get(key)) or name
    return MonitoredOutage(name, about, began, ended, RESOLUTION, labels)


def _fingerprint(alert: dict[str, Any], labels: dict[str, str]) -> str:
    """Alertmanager's own fingerprint; where a version sends none, one of the labels, which identify an alert."""
    told = alert.get("fingerprint")
    if isinstance(told, str) and told.isalnum() and len(told) <= 64:
        return told
    return hashlib.sha256(json.dumps(labels, sort_keys=True).encode()).hexdigest()[:16]


def _moment(alert: dict[str, Any], key: str, path: str) -> int:
    given = alert.get(key)
    if not isinstance(given, str):
        raise Refusal("FIELD_MISSING", f"{path}.{key}", missing=key)
    try:
        return parse_utc(given)
    except NotAMoment as flaw:
        raise within(moment_fault(flaw, given), f"{path}.{key}") from None
