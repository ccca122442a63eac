"""The database itself refuses to change or delete a price."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models

from vafa.catalog.models import Price
from vafa.catalog.tests import make


@pytest.fixture
def price(db):
    make.shelves()
    make.book(price=5_600_000, pieces=0)
    return Price.objects.get()


STATEMENTS = ["UPDATE catalog_price SET amount_minor = 1", "DELETE FROM catalog_price"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_price_is_neither_changed_nor_deleted(price, statement):
    with pytest.raises(DatabaseError, match="never changed"), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Price.objects.get().amount_minor == 5_600_000


@pytest.mark.django_db(transaction=True)
def test_prices_are_protected_again_after_every_migrate(price):
    old = Price._meta.get_field("reason")
    new = models.CharField(max_length=110)
    new.set_attributes_from_name("reason")
    new.model = Price
    for before, after in ((old, new), (new, old)):
        with connection.schema_editor() as editor:
            editor.alter_field(Price, before, after)
    call_command("migrate", verbosity=0)
    with pytest.raises(DatabaseError, match="never changed"), connection.cursor() as cursor:
        cursor.execute(STATEMENTS[1])
    assert Price.objects.count() == 1
