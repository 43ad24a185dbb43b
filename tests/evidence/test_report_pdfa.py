"""What ISO 19005-3 (PDF/A-3, level B) asks of the report and can be seen in its objects. It is no full validator."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pypdf
import pytest

from ledger.evidence.report import report
from tests.evidence.test_report import hostile, told, unchanged


@pytest.fixture(scope="module", params=["story", "hostile"])
def pdf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    if request.param == "story":
        return bytes(request.getfixturevalue("reported_pdf"))
    return report(told(tmp_path_factory.mktemp("hostile"), hostile(), unchanged).material())


@pytest.fixture(scope="module")
def reader(pdf: bytes) -> Any:
    return pypdf.PdfReader(io.BytesIO(pdf))


@pytest.fixture(scope="module")
def objects(reader: Any) -> list[Any]:
    numbers = [*reader.xref[0], *reader.xref_objStm]
    found = [reader.get_object(pypdf.generic.IndirectObject(number, 0, reader)) for number in numbers]
    dictionaries = [one for one in found if isinstance(one, dict)]
    assert len(dictionaries) > 100
    return dictionaries


def test_the_file_begins_with_binary_bytes_and_has_an_identifier_and_no_encryption(pdf: bytes, reader: Any) -> None:
    """6.1.2, 6.1.3."""
    assert re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}", pdf)
    assert len(reader.trailer["/ID"]) == 2 and "/Encrypt" not in reader.trailer


def test_the_metadata_are_plain_xml_that_agrees_with_the_document_information(reader: Any) -> None:
    """6.6.2: title and creation date stand in both."""
    stream = reader.trailer["/Root"]["/Metadata"]
    assert "/Filter" not in stream
    xmp = stream.get_data().decode()
    assert str(reader.metadata.title) in xmp and "<pdfaid:part>3</pdfaid:part>" in xmp
    made = reader.metadata.creation_date
    assert made.strftime("%Y-%m-%dT%H:%M:%S") in xmp


def test_colours_are_meant_for_the_profile_embedded(reader: Any) -> None:
    """6.2.3."""
    (intent,) = reader.trailer["/Root"]["/OutputIntents"]
    assert intent.get_object()["/S"] == "/GTS_PDFA1"
    profile = intent.get_object()["/DestOutputProfile"].get_object()
    assert profile["/N"] == 3 and profile.get_data()[36:40] == b"acsp"


def test_every_font_is_embedded_and_every_character_can_be_read_back(objects: list[Any]) -> None:
    """6.2.11: programs embedded, CIDs as the program has them, ToUnicode."""
    fonts = [one for one in objects if one.get("/Type") == "/Font"]
    composed = [one for one in fonts if one["/Subtype"] == "/Type0"]
    assert len(composed) >= 3 and len(fonts) == 2 * len(composed), "each its descendant, and no other"
    for font in composed:
        (descendant,) = (one.get_object() for one in font["/DescendantFonts"])
        descriptor = descendant["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor) and "/ToUnicode" in font, font["/BaseFont"]
        assert font["/Encoding"] == "/Identity-H"


def test_each_file_attached_says_what_it_is_to_the_report(reader: Any) -> None:
    """6.8: file names, media type, relationship, and the catalogue's list of them."""
    attached = [one.get_object() for one in reader.trailer["/Root"]["/AF"]]
    assert {str(one["/UF"]) for one in attached} >= {"conclusions.json", "explanations.json"}
    for one in attached:
        assert one["/F"] == one["/UF"] and one["/AFRelationship"] == "/Data" and one["/Desc"]
        assert one["/EF"]["/F"].get_object()["/Subtype"].startswith("/application")


def test_nothing_runs_plays_or_is_hidden(objects: list[Any]) -> None:
    """6.5, 6.1.7, 6.2.9: no actions but going to a place, links that print, no LZW, no external streams."""
    for one in objects:
        assert not {"/JS", "/AA", "/OpenAction", "/Rendition", "/FFilter"} & set(one)
        assert one.get("/S") not in ("/JavaScript", "/Launch", "/Movie", "/Sound", "/ResetForm", "/ImportData")
        assert "LZW" not in str(one.get("/Filter"))
    links = [one for one in objects if one.get("/Subtype") == "/Link"]
    assert links
    for one in links:
        assert int(one["/F"]) & 0b100110 == 0b100, "printed, neither hidden nor invisible nor without view"


def test_what_is_said_in_english_is_marked_as_english(pdf: bytes, reader: Any, tmp_path: Path) -> None:
    """So that a screen reader pronounces it as such."""
    assert str(reader.trailer["/Root"]["/Lang"]).startswith("zh")
    assert any(b"(en)" in page.get_contents().get_data() for page in reader.pages[:4])
