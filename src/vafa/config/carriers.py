"""The carriers that have a folder, for the room that sends parcels and stands below the one that reads the folders."""

from __future__ import annotations

from vafa.connectors.tracking.form import forms
from vafa.fulfilment.carriers import Carrier


def carriers() -> list[Carrier]:
    """Those that are carriers themselves; a folder without other names is a service that tells of many."""
    return [
        Carrier(
            form.names,
            form.aliases,
            form.number.pattern if form.number else "",
            form.number.sample if form.number else "",
        )
        for form in forms().values()
        if form.aliases
    ]
