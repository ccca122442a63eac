"""Reads of imports."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vafa.connectors.models import ImportKind, ImportRun, ImportState
from vafa.kit.problems import Problem


def past_imports(kind: ImportKind = ImportKind.ORDERS) -> QuerySet[ImportRun]:
    """Every import of the kind, the newest first."""
    return ImportRun.objects.select_related("created_by").filter(kind=kind)


def import_run(public_id: UUID, kind: ImportKind = ImportKind.ORDERS) -> ImportRun:
    """The import of that kind, or Problem `no-such-import` (404)."""
    run = ImportRun.objects.select_related("created_by").filter(public_id=public_id, kind=kind).first()
    if run is None:
        raise Problem("no-such-import", _("There is no such import."), status=404)
    return run


def imported_before(run: ImportRun) -> ImportRun | None:
    """The last finished import of the very same file, if there is one."""
    same = ImportRun.objects.filter(digest=run.digest, kind=run.kind, state=ImportState.DONE).exclude(pk=run.pk)
    return same.select_related("created_by").first()
