"""Reads of the demo: has it been built, may it be, and which day it is there."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import DatabaseError, connection
from django.utils.translation import gettext_lazy as _

from vafa.accounts.models import User
from vafa.accounts.queries import has_staff
from vafa.demo.models import Build, Strike
from vafa.demo.simulation import ZONE
from vafa.demo.standstills import Standstill
from vafa.jobs.models import Job
from vafa.jobs.queries import jobs_in_view, latest_job
from vafa.kit.problems import Problem
from vafa.orders.models import Order
from vafa.promises.models import Promise
from vafa.shop.models import Shop
from vafa.shop.queries import the_shop

TICK = "demo.tick"


def the_build() -> Build | None:
    """The build of this database, finished or not; None where nothing has been built."""
    return Build.objects.filter(pk=1).first()


def finished_build() -> Build:
    """The build of this simulated shop. Problem `not-a-demo` (404) for a real shop, or one that is not finished."""
    build = the_build()
    if build is None or build.finished_at is None or not Shop.objects.filter(pk=1, simulated=True).exists():
        raise Problem("not-a-demo", _("There is no demo here: this is a real shop."), status=404)
    return build


def today_at(at: datetime) -> date:
    """Which day of the simulated shop it is: they begin at 09:00 in Tehran."""
    return (at.astimezone(ZONE) - timedelta(hours=9)).date()


def running_tick() -> Job | None:
    """The piece of work that lets days go by, while it waits or runs."""
    newest = latest_job(TICK)
    return None if newest is None or newest.is_over else newest


def standstills(until: datetime) -> list[Standstill]:
    """What the buttons stopped before `until`, in the order of its beginning."""
    begun = Strike.objects.filter(begins_at__lt=until).order_by("begins_at")
    return [Standstill(each.carrier, each.begins_at, each.ends_at) for each in begun]


def running_strike(at: datetime) -> Strike | None:
    """The strike that is not over at `at`."""
    return Strike.objects.filter(ends_at__gt=at).order_by("begins_at").first()


def holds_real_shop() -> bool:
    """Whether this database belongs to somebody: a shop that is not simulated, or people, orders, promises of none."""
    shop = the_shop()
    if shop.simulated:
        return False
    return bool(shop.name) or has_staff() or Order.objects.exists() or Promise.objects.exists()


def is_working() -> bool:
    """Whether a worker is at something that it will write down when it ends; ticks of periodic work do not count."""
    return jobs_in_view("running").filter(periodic=False).exists()


def belongs_to_somebody() -> bool:
    """As `holds_real_shop`, for a database that may have no tables yet or those of another version. In doubt: yes."""
    tables = set(connection.introspection.table_names())
    if Shop._meta.db_table not in tables:
        return User._meta.db_table in tables
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT simulated FROM {Shop._meta.db_table}")  # noqa: S608
            simulated = [bool(row[0]) for row in cursor.fetchall()]
        return not (simulated and all(simulated)) and holds_real_shop()
    except DatabaseError:
        return True
