"""Damage that is repaired while a page is decoded, and text that only looks damaged."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from tasks.read import decode
from tasks.read.decode import Undecodable
from tasks.read.jsonl import read_jsonl
from tasks.read.records import read_page
from tasks.read.streams import DamagedStream
from warehouse.rows import Record

RIGHT = "Le préfet a déclaré qu’il était à Nîmes, où l’École « Æsop » vend 10\u00a0% d’œuvres à 5\u00a0€.\n"


def read(content: bytes, *, is_markup: bool = False) -> tuple[str, str]:
    record = read_page(content, "page", is_markup=is_markup)
    assert isinstance(record, Record), record
    return record.content, record.encoding


def misread(text: str, encoding: str) -> str:
    """UTF-8 read as another encoding; bytes that windows-1252 leaves open become control characters, as in browsers."""
    return "".join(
        chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode(encoding)
        for byte in text.encode()
    )


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize("times", [1, 2])
def test_utf8_read_as_another_encoding_is_read_as_utf8(encoding, times):
    damaged = RIGHT
    for _ in range(times):
        damaged = misread(damaged, encoding)
    assert read(damaged.encode()) == (RIGHT, "utf-8, mojibake repaired")
    assert read(damaged.encode("utf-16")) == (RIGHT, "utf-16-le, mojibake repaired")


def test_a_lost_no_break_space_does_not_hide_an_a_with_accent():
    assert read("Ã  Agen, dÃ©jÃ  prÃ¨s de lâ€™Ã©cole".encode()) == (
        "à Agen, déjà près de l’école",
        "utf-8, mojibake repaired",
    )


def test_damaged_lines_of_a_page_are_repaired_and_the_others_left():
    page = "SociÃ©tÃ©\nCulture\n" + RIGHT
    assert read(page.encode())[0] == "Société\nCulture\n" + RIGHT


def test_sequences_that_stand_alone_on_a_damaged_page_are_repaired_too():
    right = RIGHT + "— ↑ © 2025 — À la une • 中文 ქართული 😜\n"
    assert read(misread(right, "cp1252").encode())[0] == right
    assert read((misread(right, "cp1252") + "Ã  lire\n").encode())[0] == right + "à lire\n"


def test_mojibake_in_markup_is_repaired():
    page = '<meta charset="utf-8"><title>Lâ€™Ã©tÃ© Ã  Agen</title><p>Fin.</p>'
    assert read(page.encode(), is_markup=True)[0] == '<meta charset="utf-8"><title>L’été à Agen</title><p>Fin.</p>'


@pytest.mark.parametrize(
    "text",
    [
        RIGHT,
        'On lisait "Ã©" au lieu de "é" sur les vieux sites.',
        "« dÃ©jÃ\u00a0 » au lieu de « déjà » : un problème répété à l’époque où l’accès était réservé aux privilégiés.",
        'The old site printed "Ã©" instead of an e with an accent.',
        RIGHT * 20 + "Il imprimait dÃ©jÃ\u00a0 partout.\n",
        "SÃO PAULO, ÎLE DE RÉ, À BÂLE, ÅRHUS, MÜNCHEN",
        "Nguyễn Văn Ðức, Đà Nẵng ; Łódź ; Ålesund ; smörgåsbord â la carte",
        "Le café coûte 3 € – c’est “trop” cher…",
        "Wait â… no. 3 × 4 = 12, Ø 5 mm",
    ],
)
def test_right_text_is_not_changed(text):
    assert read(text.encode()) == (text, "utf-8")


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("L&#8217;&eacute;lu d&eacute;j&agrave; cit&eacute;", "L’élu déjà cité"),
        ("L&amp;#8217;&amp;eacute;lu d&amp;eacute;j&amp;agrave; cit&amp;eacute;", "L’élu déjà cité"),
        ("&laquo;&nbsp;Oui&nbsp;&raquo;, dit-il, 10&nbsp;% &amp; plus", "«\u00a0Oui\u00a0», dit-il, 10\u00a0% & plus"),
        ("l&#x2019;&Eacute;cole, l&#146;an", "l’École, l’an"),
    ],
)
def test_entities_in_plain_text_are_decoded(damaged, right):
    assert read(damaged.encode()) == (right, "utf-8, entities decoded")


def test_entities_escaped_twice_in_markup_are_escaped_once():
    page = "<p title='L&amp;rsquo;an'>d&amp;eacute;j&amp;agrave; R&amp;D &lt;b&gt; L&amp;amp;eacute;o</p>"
    assert read(page.encode(), is_markup=True) == (
        "<p title='L&rsquo;an'>d&eacute;j&agrave; R&amp;D &lt;b&gt; L&eacute;o</p>",
        "utf-8, entities decoded",
    )


@pytest.mark.parametrize(
    ("page", "is_markup"),
    [
        ("Tech&Co; AT&T; R&D; Quiz&Meme;", False),
        ("On écrit « &eacute; » pour « é » et « &amp; » pour « & ».", False),
        ("Le code : &lt;p&gt;d&eacute;j&agrave;&lt;/p&gt;", False),
        ("https://a.example/?a=1&copy=2&reg=3", False),
        ("<p>d&eacute;j&agrave; R&amp;D, l&#8217;an</p>", True),
        ("<pre>&amp;lt;p&amp;gt;d&amp;eacute;j&amp;agrave;</pre>", True),
        ("<p>On écrit <code>&amp;eacute;</code> pour é.</p>", True),
        ("<a href='?a=1&amp;copy=2&amp;amp;b=3'>x</a>", True),
    ],
)
def test_entities_that_are_meant_are_not_changed(page, is_markup):
    assert read(page.encode(), is_markup=is_markup) == (page, "utf-8")


@pytest.mark.parametrize(
    "content",
    [
        "Le pont\0 a rouvert après dé\0jà deux ans de travaux, selon la mairie de Blanzac.".encode(),
        b"\xef\xbb\xbf" + "Le pont a rouvert après déjà deux\0 ans de travaux, selon la mairie de Blanzac.".encode(),
        "Le pont a rouvert après déjà deux ans de travaux, selon la mairie de Blanzac.".encode() + bytes(4000),
        "Le pont a rouvert après déjà deux ans de travaux,\0 selon la mairie de Blanzac.".encode("cp1252"),
    ],
)
def test_stray_nul_characters_are_removed(content):
    text, encoding = read(content)
    assert text == "Le pont a rouvert après déjà deux ans de travaux, selon la mairie de Blanzac."
    assert encoding.endswith(", NUL removed")


def archive(kind: str) -> bytes:
    stream = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as target:
            target.writestr("page.txt", RIGHT * 20)
    else:
        import tarfile

        with tarfile.open(fileobj=stream, mode="w") as tar:
            member = tarfile.TarInfo("page.txt")
            member.size = len((RIGHT * 400).encode())
            tar.addfile(member, io.BytesIO((RIGHT * 400).encode()))
    return stream.getvalue()


@pytest.mark.parametrize("content", [archive("zip"), archive("tar"), b"GIF89a\x01\x00\x01\x00\x80\x00\x00"])
def test_a_binary_format_with_text_in_it_is_binary(content):
    found = decode(content)
    assert isinstance(found, Undecodable) and found.reason == "binary"


def test_utf16_without_mark_keeps_its_zero_bytes():
    assert decode(RIGHT.encode("utf-16-le")) == (RIGHT, "utf-16-le")


def test_text_and_fields_of_jsonl_are_repaired():
    fields = {
        "text": misread(RIGHT, "cp1252") + "\0",
        "title": "L&#8217;&eacute;lu",
        "author": misread("Zoé Noël", "cp1252"),
    }
    line = json.dumps(fields).encode().replace(b"Zo", b"Z\0o")
    [record] = read_jsonl(DamagedStream(io.BytesIO(line)), "r.jsonl", 10_000)
    assert isinstance(record, Record)
    assert (record.content, record.encoding) == (RIGHT, "utf-8, NUL removed, mojibake repaired")
    assert record.given == {"title": "L’élu", "author": "Zoé Noël"}


@pytest.mark.parametrize("damage", [b"\xff", b"\x81", b"\xe9"])
def test_single_damaged_bytes_of_utf8_are_replaced_and_the_others_read(damage):
    content = (RIGHT * 10).encode()
    assert read(content.replace(b"vend", b"ve" + damage + b"nd", 1)) == (
        (RIGHT * 10).replace("vend", "ve\ufffdnd", 1),
        "utf-8, bytes replaced",
    )
    assert read(content + b"\xc3") == (RIGHT * 10 + "\ufffd", "utf-8, bytes replaced")


def test_a_few_letters_outside_ascii_are_those_of_western_pages():
    assert read("Le thé est servi à l'été.\n".encode("cp1252")) == ("Le thé est servi à l'été.\n", "cp1252")
