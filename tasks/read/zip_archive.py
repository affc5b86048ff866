"""Members of a zip archive, each read as the file it is."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO

from tasks.discover import is_readable_type
from tasks.read.records import reject_damaged
from warehouse.rows import Record, Rejection
from warehouse.uris import escape_name

Reader = Callable[[IO[bytes], str], Iterator[Record | Rejection]]


def read_zip(stream: IO[bytes], uri: str, read_member: Reader) -> Iterator[Record | Rejection]:
    """The records of every member by name; `read_member` reads one, given its stream and its uri.

    The records of several members of one name are numbered on.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        yield Rejection(uri, 0, "read", "broken_archive", f"The zip archive cannot be opened: {error}.")
        return
    members = [(_member_path(member), member) for member in archive.infolist() if not member.is_dir()]
    numbers: Counter[str] = Counter()
    for path, member in sorted(members, key=lambda one: str(one[0])):
        if any(part.startswith((".", "__MACOSX")) for part in path.parts) or not is_readable_type(path.name):
            continue
        member_uri = f"{uri}!/{escape_name(str(path))}"
        first = numbers[member_uri]
        for item in _read_member(archive, member, member_uri, read_member):
            item = replace(item, record_no=item.record_no + first) if first else item
            numbers[member_uri] = max(numbers[member_uri], item.record_no)
            yield item
        numbers[member_uri] = max(numbers[member_uri], first + 1)
    if not numbers:
        yield Rejection(uri, 0, "read", "no_inputs", "The archive holds no file revue can read.")


def _member_path(member: zipfile.ZipInfo) -> PurePosixPath:
    """The path of a member inside its archive, also when it was written on Windows or begins with `/` or `..`."""
    parts = member.filename.replace("\\", "/").split("/")
    return PurePosixPath(*(part for part in parts if part not in ("", ".", "..")))


def _read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, uri: str, read_member: Reader
) -> Iterator[Record | Rejection]:
    if uri.lower().endswith(".zip"):
        yield Rejection(uri, 0, "read", "nested_archive", "An archive inside an archive is not opened.")
    elif member.flag_bits & 0x1:
        yield Rejection(uri, 0, "read", "encrypted", "The member of the archive is encrypted.")
    else:
        try:
            with archive.open(member) as opened:
                yield from read_member(opened, uri)
        except (zipfile.BadZipFile, NotImplementedError, zlib.error, lzma.LZMAError, EOFError) as error:
            yield reject_damaged(uri, 0, str(error))
