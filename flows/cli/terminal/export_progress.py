"""The progress of an export: the table that is being written."""

from __future__ import annotations

from types import TracebackType
from typing import Self


class ExportProgress:
    """One line on stderr; nothing when quiet or when stderr is no terminal."""

    def __init__(self, *, quiet: bool) -> None:
        from rich.status import Status

        from flows.cli.terminal.tables import open_error_console

        console = open_error_console()
        self._status = None if quiet or not console.is_terminal else Status("exporting", console=console)

    def show(self, table: str) -> None:
        """Show which table is being written."""
        if self._status:
            self._status.update(f"exporting {table}")

    def __enter__(self) -> Self:
        if self._status:
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status:
            self._status.stop()
