"""The backtest report as a page: what it shows, in the console and in a file of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from vafa.delivery.pictures import (
    amounts_picture,
    calibration_picture,
    comparison_picture,
    is_known,
    late_picture,
    months_picture,
    places_picture,
)
from vafa.kit.formats import format_percent
from vafa.shop.queries import the_shop


def standalone_page(report: dict[str, Any]) -> str:
    """HTML with its own styles and drawings; nothing is loaded from anywhere. Of a simulated shop it says so."""
    context = {**shown(report), "styles": _styles(), "shop": the_shop()}
    return render_to_string("delivery/backtest_file.html", context)


def shown(report: dict[str, Any]) -> dict[str, Any]:
    """The template's context: the figures and their pictures."""
    return {
        "report": report,
        "details": report.get("details", {}),
        "rows": _rows(report),
        "pictures": {
            "frontier": comparison_picture(report),
            "calibration": calibration_picture(report),
            "late": late_picture(report),
            "months": months_picture(report),
            "places": places_picture(report),
            "amounts": amounts_picture(report),
        },
    }


def _rows(report: dict[str, Any]) -> list[dict[str, Any]]:
    """The table of figures: name, kept, mean days, shorter by (None where it does not apply)."""
    theirs, equal, table = report["incumbent"], report["equal_kept"], report["baseline_equal_kept"]
    rows = [
        {"name": _("Vafa, aiming at %(target)s") % {"target": format_percent(float(target))}, **found}
        for target, found in report["targets"].items()
    ]
    if not theirs or not is_known(theirs["mean_days"]):
        return rows
    compared = [
        {"name": _("The dates the shop gave"), **theirs},
        {"name": _("Vafa, kept as often"), **equal},
        {
            "name": _("A percentile table per place, kept as often"),
            "kept": theirs["kept"],
            "mean_days": table["mean_days"],
            "shorter_by": 1 - table["mean_days"] / theirs["mean_days"],
        },
    ]
    return compared + rows


def _styles() -> str:
    path = finders.find("delivery/report.css")
    return Path(path).read_text(encoding="utf-8") if isinstance(path, str) else ""
