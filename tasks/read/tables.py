"""Tables of articles: CSV and Parquet files whose columns are named like the fields of a record."""

from __future__ import annotations

import ast
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import IO, Any

from tasks.read.decode import Undecodable, decode_line
from tasks.read.fields import GIVEN_FIELDS, MARKUP_FIELDS, TEXT_FIELDS, hash_fields, is_export, read_fields
from tasks.read.records import reject_damaged, reject_too_large
from tasks.read.streams import DamagedStream, TooLargeError, as_utf8
from warehouse.rows import Record, Rejection
from warehouse.uris import escape_name

_SEPARATORS = ",;\t|"
# Excel's own way to name the separator of a file.
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|])"?\s*')
# What pandas calls the column of row numbers, which say nothing of the article.
_ROW_NUMBERS = re.compile(r"|unnamed:_\d+|__index_level_\d+__")
_PARQUET_ROWS = 64
_LONGEST_LIST = 10_000  # characters


def read_csv(stream: DamagedStream, uri: str, record_bytes: int) -> Iterator[Record | Rejection]:
    """The record of each row; separator and encoding are those that the lines show."""
    csv.field_size_limit(record_bytes)
    lines = _Lines(stream, record_bytes)
    record_no = 0
    try:
        columns, separator = _read_header(lines)
        if rejection := _check_columns(columns, uri):
            yield rejection
            return
        for cells in csv.reader(lines, delimiter=separator):
            if stream.damage and lines.is_over:
                break  # the row is cut
            if not any(cells):
                continue
            record_no += 1
            item = _read_row(zip(columns, map(_read_cell, cells), strict=False), uri, record_no, lines.encoding)
            yield item
            if item.record_no == 0:
                return
    except (TooLargeError, csv.Error):
        yield reject_too_large(uri, record_no + 1, record_bytes)
        return
    yield from _close(stream.damage, uri, record_no)


def read_parquet(file: IO[bytes], uri: str, record_bytes: int) -> Iterator[Record | Rejection]:
    """The record of each row of a file that can be read from its end, where its index stands."""
    import pyarrow
    from pyarrow import parquet

    record_no = 0
    try:
        table = parquet.ParquetFile(file, pre_buffer=False)
        columns = [_column_name(name) for name in table.schema_arrow.names]
        if rejection := _check_columns(columns, uri):
            yield rejection
            return
        for batch in table.iter_batches(batch_size=_PARQUET_ROWS):
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                record_no += 1
                if sum(len(value) for value in row if isinstance(value, str)) > record_bytes:
                    yield reject_too_large(uri, record_no, record_bytes)
                    continue
                item = _read_row(zip(columns, map(_read_value, row), strict=True), uri, record_no, "utf-8")
                yield item
                if item.record_no == 0:
                    return
    except (pyarrow.ArrowException, ValueError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:  # of the file, not of its format
            raise
        yield reject_damaged(uri, record_no + 1, escape_name((str(error).splitlines() or [""])[0])[:200])
        return
    yield from _close(None, uri, record_no)


class _Lines:
    """The lines of a CSV file as text, without NUL."""

    def __init__(self, stream: DamagedStream, record_bytes: int) -> None:
        self._damaged = stream
        self._stream: io.BufferedReader = as_utf8(stream)
        self._record_bytes = record_bytes
        self.encoding = "utf-8"
        self.is_over = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(self._record_bytes + 1)
        if len(line) > self._record_bytes:
            raise TooLargeError
        if not line or (self._damaged.damage and not line.endswith(b"\n")):
            self.is_over = True
            raise StopIteration
        decoded = decode_line(line.replace(b"\x00", b""), self.encoding)
        if isinstance(decoded, Undecodable):
            return line.decode("utf-8", "replace")
        text, self.encoding = decoded
        return text


def _read_header(lines: _Lines) -> tuple[list[str], str]:
    """The names of the columns, and the separator: the one that Excel's first line names, else that of most columns."""
    header = next(lines, "")
    candidates = _SEPARATORS
    if match := _SEPARATOR_LINE.fullmatch(header):
        candidates, header = match[1], next(lines, "")
    split = {one: next(csv.reader([header], delimiter=one), []) for one in candidates}
    separator = max(candidates, key=lambda one: len(split[one]))
    return [_column_name(name) for name in split[separator]], separator


def _column_name(name: str) -> str:
    """A column's name as a field is called: "Publish Date" is publish_date."""
    return re.sub(r"[\s-]+", "_", name.strip()).lower()


def _check_columns(columns: Sequence[str], uri: str) -> Rejection | None:
    if not any(columns):
        return Rejection(uri, 0, "read", "empty", "The file holds no record.")
    if set(columns).isdisjoint(TEXT_FIELDS + MARKUP_FIELDS):
        listed = escape_name(", ".join(columns)[:200])
        wanted = ", ".join(TEXT_FIELDS + MARKUP_FIELDS)
        return Rejection(uri, 0, "read", "no_text_column", f"No column is called {wanted}; the columns are {listed}.")
    return None


def _read_row(cells: Iterator[tuple[str, Any]], uri: str, record_no: int, encoding: str) -> Record | Rejection:
    """The record of a row; a rejection of the whole file (record number 0) when the first row shows an exported table."""
    fields: dict[str, Any] = {}
    for name, value in cells:
        if not _ROW_NUMBERS.fullmatch(name):
            fields.setdefault(name, value)
    if record_no == 1 and is_export(fields):
        return Rejection(uri, 0, "read", "of_warehouse", "The table was exported from a warehouse, and is no input.")
    return read_fields(_with_authors(fields), hash_fields(fields), uri, record_no, encoding=encoding)


def _with_authors(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with the list of authors that a cell holds as text, "['Anne Roy', 'Luc Petit']"."""
    changed = dict(fields)
    for name in GIVEN_FIELDS["author"]:
        value = fields.get(name)
        if isinstance(value, str) and value.startswith("[") and value.endswith("]") and len(value) < _LONGEST_LIST:
            try:
                changed[name] = ast.literal_eval(value)
            except (ValueError, SyntaxError, MemoryError, RecursionError):
                continue
    return changed


def _read_cell(cell: str) -> str | None:
    return cell if cell.strip() else None


def _read_value(value: Any) -> Any:
    """A value of Parquet as JSON has it."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, date):  # a datetime is one
        return value.isoformat()
    if isinstance(value, float):
        return None if value != value else int(value) if value.is_integer() else value
    return value


def _close(damage: str | None, uri: str, count_records: int) -> Iterator[Rejection]:
    if damage:
        yield reject_damaged(uri, count_records + 1, damage)
    elif not count_records:
        yield Rejection(uri, 0, "read", "empty", "The file holds no record.")
