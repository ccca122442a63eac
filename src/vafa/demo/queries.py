"""Reads of the demo: has it been built, and may it be."""

from __future__ import annotations

from django.db import DatabaseError, connection

from vafa.accounts.models import User
from vafa.accounts.queries import has_staff
from vafa.demo.models import Build
from vafa.jobs.queries import jobs_in_view
from vafa.orders.models import Order
from vafa.promises.models import Promise
from vafa.shop.models import Shop
from vafa.shop.queries import the_shop


def the_build() -> Build | None:
    """The build of this database, finished or not; None where nothing has been built."""
    return Build.objects.filter(pk=1).first()


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
