"""Addresses of stores as browsers name them."""

from __future__ import annotations

import httpx

STRANGE = set(" *,;\"'<>()\\")


def tidy_origin(written: str) -> str | None:
    """`https://Shop.example/page` → `https://shop.example`; None where no browser would name such an origin."""
    try:
        address = httpx.URL(written.strip() if "://" in written else f"https://{written.strip()}")
        host = address.raw_host.decode("ascii")  # names of every script as browsers send them
    except (httpx.InvalidURL, ValueError):
        return None
    if address.scheme not in {"http", "https"} or address.userinfo or not _is_host(host):
        return None
    shown = f"[{host}]" if ":" in host else host
    return f"{address.scheme}://{shown}" + (f":{address.port}" if address.port is not None else "")


def _is_host(host: str) -> bool:
    is_named = "." in host or ":" in host or host == "localhost"
    return is_named and len(host) <= 253 and not set(host) & STRANGE
