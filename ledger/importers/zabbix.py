"""Outages from Zabbix: its export of trigger events as newline-delimited JSON.

Its documentation, "Newline-delimited JSON export protocol", gives the fields: a problem has ``value`` 1, ``eventid``,
``name``, ``hosts``, ``tags``, and its moment as ``clock`` (s) and ``ns``; a recovery has ``value`` 0 and names the
problem in ``p_eventid``. Every problem counts as an outage: which triggers are exported is for the one who sets it up
to say.
"""

from __future__ import annotations

from typing import Any

from ledger.domain.errors import Refusal
from ledger.domain.feeds import MonitoredOutage
from ledger.domain.moments import FIRST_YEAR, LAST_YEAR
from ledger.domain.values import wrong_type
from ledger.importers.alertmanager import parsed

MOST = 10**18  # of numbers that name events
LATEST = 7_258_089_600  # seconds: the end of 2199 in Beijing, after which no fact is
RESOLUTION = 60_000_000  # µs: how often an item is looked at, unless it is set otherwise


def read_events(content: bytes) -> list[MonitoredOutage]:
    """The outages of an export, in the order they began; a recovery alone tells of one whose beginning is not there.

    Refusal with the ``line``: NOT_UTF8, JSON_BROKEN, FIELD_TYPE, FIELD_MISSING, FEED_NO_EVENT for what is no trigger
    event (the export of item values, say), FEED_ENDS_BEFORE.
    """
    begun: dict[str, MonitoredOutage] = {}
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip():
            continue
        try:
            _take(parsed(line), begun)
        except Refusal as refused:
            refused.line = number
            raise
    return list(begun.values())


def _take(event: Any, begun: dict[str, MonitoredOutage]) -> None:
    if not isinstance(event, dict):
        raise wrong_type("object", event)
    if event.get("value") not in (0, 1) or "itemid" in event:
        raise Refusal("FEED_NO_EVENT")
    clock = _whole(event, "clock")
    if clock >= LATEST:
        raise Refusal("DATE_RANGE", "clock", value=clock, first=FIRST_YEAR, last=LAST_YEAR)
    at = clock * 1_000_000 + _whole(event, "ns", 0) % 1_000_000_000 // 1000
    if event["value"] == 1:
        name = f"zbx-{_whole(event, 'eventid')}"
        begun[name] = MonitoredOutage(name, str(event.get("name") or name), at, None, RESOLUTION, _labels(event))
        return
    name = f"zbx-{_whole(event, 'p_eventid')}"
    one = begun.get(name)
    if one is None or one.began is None:
        begun[name] = MonitoredOutage(name, name, None, at, RESOLUTION)
        return
    if at < one.began:
        raise Refusal("FEED_ENDS_BEFORE", "clock", began=one.began // 1_000_000, ended=at // 1_000_000)
    begun[name] = MonitoredOutage(name, one.about, one.began, at, RESOLUTION, one.labels)


def _labels(event: dict[str, Any]) -> dict[str, str]:
    """The tags of a problem, and its hosts; hosts are texts in older versions, objects in newer ones."""
    found = {
        str(tag["tag"]): str(tag.get("value", "")) for tag in _listed(event, "tags")
        if isinstance(tag, dict) and "tag" in tag
    }  # fmt: skip
    hosts = [str(one.get("host", "")) if isinstance(one, dict) else str(one) for one in _listed(event, "hosts")]
    return found | ({"host": ", ".join(hosts)} if hosts else {})


def _listed(event: dict[str, Any], key: str) -> list[Any]:
    given = event.get(key)
    return given if isinstance(given, list) else []


def _whole(event: dict[str, Any], key: str, otherwise: int | None = None) -> int:
    given = event.get(key, otherwise)
    if type(given) is not int or not 0 <= given < MOST:
        raise Refusal("FIELD_MISSING", key, missing=key) if given is None else _wrong(key, given)
    return given


def _wrong(key: str, given: object) -> Refusal:
    refused = wrong_type("integer", given)
    refused.field = key
    return refused
