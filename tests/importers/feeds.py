"""Samples of feeds, made by hand from their public documentation: invented companies, numbers and hosts."""

from __future__ import annotations

import json

BUREAU, PROVIDER = "北京市广播电视局宣传中心", "中国联合网络通信有限公司北京市分公司"
NUMBER, RED = "25112000000000000017", "25112000000000000099"


def einvoice(
    *lines: tuple[str, str, str], number: str = NUMBER, total: str | None = None, seller: str = PROVIDER,
    buyer: str = BUREAU, cancels: str | None = None, prolog: str = "",
) -> bytes:  # fmt: skip
    """An invoice of lines (amount without tax, tax, rate); a red letter where it ``cancels`` an invoice."""
    items = "".join(
        f"<IssuItemInformation><ItemName>*信息技术服务*政务云服务</ItemName><Amount>{amount}</Amount>"
        f"<TaxRate>{rate}</TaxRate><ComTaxAm>{tax}</ComTaxAm></IssuItemInformation>"
        for amount, tax, rate in lines
    )
    whole = total or f"{sum(round((float(a) + float(t)) * 100) for a, t, _ in lines) / 100:.2f}"
    colour = "N" if cancels is not None else "Y"
    remark = f"被红冲蓝字数电票号码：{cancels} 红字发票信息确认单编号：1101" if cancels else ""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{prolog}<EInvoice><Header><EIid>{number}</EIid><InherentLabel>'
        f"<InIssuType><LabelCode>{colour}</LabelCode><LabelName>是否蓝字发票标志</LabelName></InIssuType></InherentLabel>"
        f"</Header><EInvoiceData><SellerInformation><SellerIdNum>91110000000000000X</SellerIdNum><SellerName>{seller}"
        f"</SellerName></SellerInformation><BuyerInformation><BuyerName>{buyer}</BuyerName></BuyerInformation>"
        f"<BasicInformation><TotalTax-includedAmount>{whole}</TotalTax-includedAmount></BasicInformation>{items}"
        f"<AdditionalInformation><Remark>{remark}</Remark></AdditionalInformation></EInvoiceData><TaxSupervisionInfo>"
        f"<InvoiceNumber>{number}</InvoiceNumber><IssueTime>2025-11-20</IssueTime></TaxSupervisionInfo></EInvoice>"
    ).encode()


FIRST = ("1738801.00", "104328.06", "0.06")  # 1843129.06: the first instalment
SECOND = ("434700.25", "26082.01", "0.06")  # 460782.26


def alert(name: str, began: str, ended: str | None = None, **labels: str) -> dict[str, object]:
    return {
        "status": "firing" if ended is None else "resolved",
        "labels": {"alertname": name, "instance": "gw-1"} | labels,
        "annotations": {"summary": "cloud gateway unreachable"}, "startsAt": began,
        "endsAt": ended or "0001-01-01T00:00:00Z", "generatorURL": "http://prometheus.example/graph",
        "fingerprint": f"{sum(map(ord, name)):016x}",
    }  # fmt: skip


def alerts(*of: dict[str, object], version: str = "4") -> bytes:
    """What Alertmanager posts to a webhook."""
    return json.dumps({
        "version": version, "groupKey": "{}:{}", "truncatedAlerts": 0, "status": "firing", "receiver": "lvyue",
        "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {}, "externalURL": "http://alertmanager.example",
        "alerts": list(of),
    }).encode()  # fmt: skip


def problem(id_: int, clock: int, ns: int = 0, name: str = "Platform down") -> dict[str, object]:
    return {
        "clock": clock, "ns": ns, "value": 1, "eventid": id_, "name": name, "severity": 5,
        "hosts": [{"host": "gw-1", "name": "gateway"}], "groups": ["Cloud"],
        "tags": [{"tag": "scope", "value": "cloud"}],
    }  # fmt: skip


def recovery(of: int, clock: int, ns: int = 0) -> dict[str, object]:
    return {"clock": clock, "ns": ns, "value": 0, "eventid": of + 1000, "p_eventid": of}


def ndjson(*events: dict[str, object]) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in events)


