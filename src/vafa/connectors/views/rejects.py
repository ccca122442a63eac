"""The rows of a file that could not be used, to take away."""

from __future__ import annotations

from django.http import FileResponse
from django.utils.translation import gettext as _

from vafa.connectors import storage
from vafa.connectors.models import ImportRun
from vafa.kit.problems import Problem


def rejects_of(run: ImportRun) -> FileResponse:
    """The file of an import's rejected rows. Problem `no-rejects` (404) where there is none."""
    path = storage.folder() / run.rejects
    if not run.rejects or not path.is_file():
        raise Problem("no-rejects", _("There is no file of rejected rows for this import."), status=404)
    return FileResponse(path.open("rb"), as_attachment=True, filename="rejects.csv", content_type="text/csv")
