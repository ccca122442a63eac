"""Reads of imports."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vafa.connectors.models import ImportRun, ImportState
from vafa.kit.problems import Problem


def past_imports() -> QuerySet[ImportRun]:
    """Every import, the newest first."""
    return ImportRun.objects.select_related("created_by")


def import_run(public_id: UUID) -> ImportRun:
    """The import, or Problem `no-such-import` (404)."""
    run = ImportRun.objects.select_related("created_by").filter(public_id=public_id).first()
    if run is None:
        raise Problem("no-such-import", _("There is no such import."), status=404)
    return run


def imported_before(run: ImportRun) -> ImportRun | None:
    """The last finished import of the very same file, if there is one."""
    same = ImportRun.objects.filter(digest=run.digest, state=ImportState.DONE).exclude(pk=run.pk)
    return same.select_related("created_by").first()
