"""Addresses on the web: what is read of one, also of one that is wrong."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(url: str | None) -> str:
    """The host of an address, lower case and without `www.`; empty when it has none, also for what is no address."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
