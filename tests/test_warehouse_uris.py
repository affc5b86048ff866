"""uris: file names as text that can be stored, and back."""

import os

import pytest

from warehouse.rows import Place
from warehouse.uris import escape_name, split_uri, unescape_name


@pytest.mark.parametrize(
    ("name", "escaped"),
    [
        (b"caf\xc3\xa9 de la gare.txt", "café de la gare.txt"),
        (b"caf\xe9.txt", "caf\\xe9.txt"),
        (b"deux\nlignes.txt", "deux\\nlignes.txt"),
        (b"\x1b[31mrouge\t.txt", "\\x1b[31mrouge\\t.txt"),
        (b"a\\xe9.txt", "a\\\\xe9.txt"),
        ("fin\u2028.txt".encode(), "fin\\xe2\\x80\\xa8.txt"),
        ("espace\u00a0insécable.txt".encode(), "espace\u00a0insécable.txt"),
    ],
)
def test_a_name_is_escaped_and_found_again(name, escaped):
    assert escape_name(os.fsdecode(name)) == escaped
    assert os.fsencode(unescape_name(escaped)) == name


@pytest.mark.parametrize(
    ("uri", "parts"),
    [
        ("in/pages.zip!/a.txt", ("in/pages.zip", "a.txt")),
        ("PAGES.ZIP!/in/a.txt", ("PAGES.ZIP", "in/a.txt")),
        ("Bravo!/a.txt", ("Bravo!/a.txt", None)),
    ],
)
def test_only_an_archive_has_members(uri, parts):
    assert split_uri(uri) == parts
    assert Place(uri, 1).input_uri == parts[0]
