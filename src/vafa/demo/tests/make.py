"""A small simulated shop, quickly built."""

from __future__ import annotations

from datetime import date

from vafa.demo.actions import build_shop
from vafa.demo.models import Build
from vafa.demo.simulation import Scenario

SMALL = Scenario(date(2026, 11, 22), days=30, orders_a_day=4.0, books=60)


def small_shop() -> Build:
    return build_shop(SMALL)
