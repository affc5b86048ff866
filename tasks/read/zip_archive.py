"""Members of a zip archive, each read as the file it is."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import IO, NamedTuple, cast

from tasks.discover import is_readable_type
from tasks.read.cut_zip import CutMember, list_cut_members
from tasks.read.records import reject_damaged
from warehouse.rows import Record, Rejection
from warehouse.uris import escape_name

# What reading a damaged member raises; UnicodeDecodeError is about its name, which stands before it once more.
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, UnicodeDecodeError)

Reader = Callable[[IO[bytes], str], Iterator[Record | Rejection]]


class _Member(NamedTuple):
    """A member of an archive, by its path; `open` gives its content, and raises what is wrong with it."""

    path: PurePosixPath
    is_encrypted: bool
    open: Callable[[], IO[bytes]]


def read_zip(stream: IO[bytes], uri: str, read_member: Reader) -> Iterator[Record | Rejection]:
    """The records of every member by name; `read_member` reads one, given its stream and its uri.

    The records of several members of one name are numbered on. Of an archive that is cut the members before the cut are
    read in their order.
    """
    damage: str | None = None
    members: Iterable[_Member]
    try:
        members = _list_members(zipfile.ZipFile(stream))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        damage = str(error)
        cut = list_cut_members(stream)
        members = (_Member(_member_path(one.filename), one.is_encrypted, partial(_as_file, one)) for one in cut)
    numbers: Counter[str] = Counter()
    for member in members:
        path = member.path
        if not path.parts:
            damage = damage or "a member has no name"
        if any(part.startswith((".", "__MACOSX")) for part in path.parts) or not is_readable_type(path.name):
            continue
        member_uri = f"{uri}!/{escape_name(str(path))}"
        first = numbers[member_uri]
        for item in _read_member(member, member_uri, read_member):
            item = replace(item, record_no=item.record_no + first) if first else item
            numbers[member_uri] = max(numbers[member_uri], item.record_no)
            yield item
        numbers[member_uri] = max(numbers[member_uri], first + 1)
    if damage is not None:
        yield Rejection(uri, 0, "read", "broken_archive", f"The zip archive is cut or damaged: {damage}.")
    elif not numbers:
        yield Rejection(uri, 0, "read", "no_inputs", "The archive holds no file revue can read.")


def _list_members(archive: zipfile.ZipFile) -> list[_Member]:
    members = [
        _Member(_member_path(one.filename), bool(one.flag_bits & 0x1), partial(archive.open, one))
        for one in archive.infolist()
        if not one.filename.endswith("/")  # a folder; is_dir() raises for a member without a name
    ]
    return sorted(members, key=lambda member: str(member.path))


def _as_file(member: CutMember) -> IO[bytes]:
    return cast(IO[bytes], io.BufferedReader(member.content))


def _member_path(name: str) -> PurePosixPath:
    """The path of a member inside its archive, also when it was written on Windows or begins with `/` or `..`."""
    parts = name.replace("\\", "/").split("/")
    return PurePosixPath(*(part for part in parts if part not in ("", ".", "..")))


def _read_member(member: _Member, uri: str, read_member: Reader) -> Iterator[Record | Rejection]:
    if uri.lower().endswith(".zip"):
        yield Rejection(uri, 0, "read", "nested_archive", "An archive inside an archive is not opened.")
    elif member.is_encrypted:
        yield Rejection(uri, 0, "read", "encrypted", "The member of the archive is encrypted.")
    else:
        try:
            with member.open() as opened:
                yield from read_member(opened, uri)
        except _DAMAGE as error:
            yield reject_damaged(uri, 0, str(error))
