"""The doors of the import: a file, its columns, the first rows, the import itself. For owners only."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vafa.accounts.access import owner_required
from vafa.connectors import storage
from vafa.connectors.actions.runs import KEPT_FOR, drop_import, keep_mapping, receive_file, start_import
from vafa.connectors.forms import ColumnsForm, UploadForm
from vafa.connectors.mapping import Mapping, shipped_mappings, toml_text
from vafa.connectors.models import ImportRun, ImportState
from vafa.connectors.queries.preview import preview
from vafa.connectors.queries.runs import import_run, imported_before, past_imports
from vafa.connectors.tables import Layout, Table, open_table
from vafa.connectors.views.rejects import rejects_of
from vafa.connectors.views.uploads import takes_file
from vafa.jobs.models import Job
from vafa.kit.problems import Problem, show_in_form

LISTED = 50


@require_http_methods(["GET", "POST"])
@owner_required
@takes_file
def import_page(request: HttpRequest) -> HttpResponse:
    """The drop zone and the past imports."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = receive_file(name=file.name, portions=file.chunks(), by=request.user)  # type: ignore[arg-type]
        except Problem as refused:
            show_in_form(refused, form)
        else:
            return redirect("connectors:columns", run.public_id)
    runs = list(past_imports()[:LISTED])
    context = {
        "form": form,
        "runs": runs,
        "has_drafts": any(run.state == ImportState.DRAFT for run in runs),
        "kept_days": KEPT_FOR.days,
        "most": settings.MAX_UPLOAD_BYTES // (1024 * 1024),
    }
    return render(request, "connectors/import.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@owner_required
def columns(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What each column means; with `look=1` only shown again with the samples of other columns."""
    run = import_run(public_id)
    if run.state != ImportState.DRAFT:
        return _started(request, run)
    form = ColumnsForm(request.POST or None, table=_table(run), mapping=Mapping.from_json(run.mapping))
    looking = "look" in request.POST
    if request.method == "POST" and form.is_valid() and not looking:
        keep_mapping(run, form.mapping_said())
        return redirect("connectors:preview", run.public_id)
    context = {
        "run": run,
        "form": form,
        "known_as": shipped_mappings()[run.known_as].name if run.known_as in shipped_mappings() else "",
        "groups": form.groups(run.guesses),
        "evidence": form.evidence(),
        "before": imported_before(run),
    }
    return render(request, "connectors/columns.html", context, status=422 if form.errors and not looking else 200)


@require_http_methods(["GET", "POST"])
@owner_required
def preview_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The first rows as understood; a POST starts the import, a second one (a double click) leads to the same."""
    run = import_run(public_id)
    if request.method == "POST":
        start_import(run)
        return redirect(f"{reverse('connectors:run', args=[run.public_id])}?watch=1")
    if run.state != ImportState.DRAFT:
        return _started(request, run)
    try:
        seen = preview(storage.folder() / run.stored_as, Mapping.from_json(run.mapping), name=run.file_name)
    except Problem as refused:
        messages.error(request, str(refused.sentence))
        return redirect("connectors:columns", run.public_id)
    context = {"run": run, "preview": seen, "before": imported_before(run)}
    return render(request, "connectors/preview.html", context)


@require_GET
@owner_required
def run_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far it is, and what came of it; who watched it to the end goes on to the report."""
    run = import_run(public_id)
    if run.state == ImportState.DRAFT:
        return redirect("connectors:columns", run.public_id)
    report = _report_address()
    if run.state == ImportState.DONE and "watch" in request.GET and report:
        return redirect(report)
    job = Job.objects.filter(pk=run.job_id).first() if run.job_id else None
    return render(request, "connectors/run.html", {"run": run, "job": job, "report": report, "result": run.result})


@require_GET
@owner_required
def mapping_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The mapping for the command line."""
    run = import_run(public_id)
    text = toml_text(Mapping.from_json(run.mapping))
    response = HttpResponse(text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mapping.toml"'
    return response


@require_GET
@owner_required
def rejects_file(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The rows that could not be used."""
    return rejects_of(import_run(public_id))


@require_POST
@owner_required
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Forget a file that was not imported."""
    drop_import(import_run(public_id))
    messages.success(request, _("The file is forgotten."))
    return redirect("connectors:import")


def _started(request: HttpRequest, run: ImportRun) -> HttpResponse:
    """Who comes back to look is shown what becomes of it; who would change it is refused."""
    if request.method == "POST":
        raise Problem("import-started", _("This import has been started already."), status=409)
    return redirect("connectors:run", run.public_id)


def _table(run: ImportRun) -> Table:
    mapping = Mapping.from_json(run.mapping)
    layout = Layout("", mapping.encoding, mapping.separator, mapping.sheet)
    return open_table(storage.folder() / run.stored_as, name=run.file_name, layout=layout)


def _report_address() -> str:
    """The first report is a page of a room that this one does not know."""
    try:
        return reverse("console:report")
    except NoReverseMatch:
        return ""
