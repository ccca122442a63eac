"""Django rebuilds an SQLite table to alter it and the triggers go silently with it."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models

from vafa.promises.models import PromiseEvent
from vafa.promises.tests.make import a_promise

pytestmark = pytest.mark.django_db(transaction=True)


def delete_events():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM promises_promiseevent")


def alter_the_table():
    """What a migration does that changes a column."""
    old = PromiseEvent._meta.get_field("kind")
    new = models.CharField(max_length=12)
    new.set_attributes_from_name("kind")
    new.model = PromiseEvent
    with connection.schema_editor() as editor:
        editor.alter_field(PromiseEvent, old, new)
    with connection.schema_editor() as editor:
        editor.alter_field(PromiseEvent, new, old)


def test_events_are_protected_again_after_every_migrate():
    a_promise()
    alter_the_table()
    call_command("migrate", verbosity=0)
    with pytest.raises(DatabaseError, match="append-only"):
        delete_events()
    assert PromiseEvent.objects.count() == 1


def test_without_that_a_rebuilt_table_would_be_open(request):
    """The reason for the test above; on PostgreSQL tables are altered in place and keep their triggers."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite rebuilds tables")
    a_promise()
    alter_the_table()
    delete_events()
    assert PromiseEvent.objects.count() == 0
    call_command("migrate", verbosity=0)


def test_a_replacing_insert_is_refused_too():
    a_promise()
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite knows INSERT OR REPLACE")
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("INSERT OR REPLACE INTO promises_promiseevent SELECT * FROM promises_promiseevent")
