"""Versions of prices are never changed: what a customer was shown is known by a number alone."""

from __future__ import annotations

from vafa.kit.append_only import AppendOnly

PRICES = AppendOnly(("catalog_price",), "a price is never changed: write a new version", "catalog_append_only")
