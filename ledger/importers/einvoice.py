"""数电票: the XML in which the tax platform issues an electronic invoice (root ``EInvoice``).

What is read, by the names in the files: ``TaxSupervisionInfo/InvoiceNumber`` and ``IssueTime`` (else ``Header/EIid``
and ``RequestTime``); ``SellerInformation/SellerName``, ``BuyerInformation/BuyerName``;
``BasicInformation/TotalTax-includedAmount``; each ``IssuItemInformation`` with ``Amount``, ``ComTaxAm``,
``TotaltaxIncludedAmount`` and ``TaxRate``; ``InIssuType/LabelCode``, N in a red letter, whose ``Remark`` names the
invoice it cancels. Signatures are not verified: the file is stored as a document, and in case of doubt the tax platform
can be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from ledger.domain.errors import Refusal
from ledger.domain.feeds import ElectronicInvoice, InvoicedLine
from ledger.domain.money import Fen, fen, yuan
from ledger.domain.values import quoted

ROOT = "EInvoice"
_NUMBER = re.compile("[0-9]{20}")
_CANCELS = re.compile(r"(?:被红冲|对应).{0,4}?(?:蓝字|正数).{0,6}?号码?\s*[：:]?\s*([0-9]{8,20})")
_DECIMAL = re.compile(r"-?[0-9]{1,13}(\.[0-9]{1,10})?")
_NO_TAX = ("免税", "不征税", "***", "")


def read_invoice(content: bytes) -> list[ElectronicInvoice]:
    """The one invoice of a file.

    Refusal EINVOICE_XML, EINVOICE_ROOT, EINVOICE_MISSING, EINVOICE_VALUE with the element as field, EINVOICE_SUM where
    its lines do not add up to its total.
    """
    root = _root(content)
    number = _text(root, "InvoiceNumber", "EIid")
    if not _NUMBER.fullmatch(number):
        raise Refusal("EINVOICE_VALUE", "InvoiceNumber", given=quoted(number))
    total = _amount(root, "TotalTax-includedAmount")
    lines = tuple(_line(one) for one in _elements(root, "IssuItemInformation"))
    added = Fen(sum(line.amount for line in lines))
    if added != total:
        raise Refusal("EINVOICE_SUM", "TotalTax-includedAmount", sum=yuan(added), total=yuan(total))
    red = total < 0 or _found(root, "InIssuType", "LabelCode") == "N"
    cancels = _CANCELS.search(_found(root, "Remark") or "") if red else None
    return [ElectronicInvoice(
        number, _issued_on(root), _text(root, "SellerName"), _text(root, "BuyerName"), lines, total, red,
        None if cancels is None else cancels[1],
    )]  # fmt: skip


def _root(content: bytes) -> Any:
    """The root element. The parser refuses anything that would load something or expand without bound."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(content, forbid_dtd=True)
    except ParseError as flaw:
        raise Refusal("EINVOICE_XML", detail=str(flaw)[:200]) from None
    except (DefusedXmlException, ValueError, LookupError) as flaw:
        raise Refusal("EINVOICE_XML", detail=type(flaw).__name__) from None
    if _local(root) != ROOT:
        raise Refusal("EINVOICE_ROOT", found=quoted(_local(root)))
    return root


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _elements(root: Any, name: str) -> Iterator[Any]:
    found = [one for one in root.iter() if _local(one) == name]
    if not found:
        raise Refusal("EINVOICE_MISSING", name, missing=name)
    yield from found


def _found(root: Any, *path: str) -> str | None:
    """The text of the first element of a path, whose parts may be any distance below one another; None where there is
    none.
    """
    level = [root]
    for name in path:
        level = [one for above in level for one in above.iter() if one is not above and _local(one) == name]
    text = next((one.text for one in level if one.text is not None), None)
    return text.strip() if text is not None else None


def _text(root: Any, *names: str) -> str:
    """The text of the first of these elements that has any."""
    found = next((text for name in names if (text := _found(root, name))), None)
    if found is None:
        raise Refusal("EINVOICE_MISSING", names[0], missing=names[0])
    return found


def _amount(root: Any, name: str) -> Fen:
    text = _text(root, name)
    if not _DECIMAL.fullmatch(text):
        raise Refusal("EINVOICE_VALUE", name, given=quoted(text))
    try:
        return fen(_without_zeros(text), signed=True)
    except ValueError:
        raise Refusal("EINVOICE_VALUE", name, given=quoted(text)) from None


def _without_zeros(text: str) -> str:
    """A decimal without zeros beyond its second place."""
    whole, _, rest = text.partition(".")
    return f"{whole}.{rest[:2]}{rest[2:].rstrip('0')}" if rest else whole


def _line(item: Any) -> InvoicedLine:
    whole = _found(item, "TotaltaxIncludedAmount")
    tax = _amount(item, "ComTaxAm") if _found(item, "ComTaxAm") not in (None, *_NO_TAX) else Fen(0)
    amount = _amount(item, "TotaltaxIncludedAmount") if whole else Fen(_amount(item, "Amount") + tax)
    return InvoicedLine(amount, _rate(_found(item, "TaxRate") or ""))


def _rate(text: str) -> Decimal | None:
    if text in _NO_TAX:
        return None
    bare = text.removesuffix("%")
    rate = Decimal(bare) / (100 if bare != text else 1) if _DECIMAL.fullmatch(bare) else Decimal(-1)
    if not 0 <= rate < 1:
        raise Refusal("EINVOICE_VALUE", "TaxRate", given=quoted(text))
    return rate.normalize() if rate else Decimal(0)


def _issued_on(root: Any) -> date | None:
    text = (_found(root, "IssueTime") or _found(root, "RequestTime") or "")[:10].replace("/", "-")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refusal("EINVOICE_VALUE", "IssueTime", given=quoted(text)) from None
