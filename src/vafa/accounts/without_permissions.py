"""Django's users without its table of permissions: what a person may do follows from his role, which the code knows.

Django would write four rows for each of some 170 tables, and read them all again after every migrate.
"""

from __future__ import annotations

from django.contrib.auth.apps import AuthConfig
from django.contrib.contenttypes.apps import ContentTypesConfig
from django.contrib.contenttypes.management import create_contenttypes
from django.db.models.signals import post_migrate


class UsersOnly(AuthConfig):
    def ready(self) -> None:
        super().ready()
        post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")


class WithoutRows(ContentTypesConfig):
    """Its rows are what permissions would hang on, and nothing else here asks for them."""

    def ready(self) -> None:
        super().ready()
        post_migrate.disconnect(create_contenttypes)
