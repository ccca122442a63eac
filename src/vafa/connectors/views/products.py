"""The doors of an import of products: a table, what was understood of it, the import itself. For owners only."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vafa.accounts.access import owner_required
from vafa.connectors import storage
from vafa.connectors.actions.runs import drop_import, receive_products, start_import
from vafa.connectors.forms import ProductsForm
from vafa.connectors.goods.sample import sample_table
from vafa.connectors.models import ImportKind, ImportRun, ImportState
from vafa.connectors.queries.goods import goods_preview
from vafa.connectors.queries.runs import import_run, imported_before, past_imports
from vafa.connectors.views.rejects import rejects_of
from vafa.connectors.views.uploads import takes_file
from vafa.jobs.models import Job
from vafa.kit.problems import Problem, show_in_form
from vafa.shop.queries import the_shop

LISTED = 20


def _run(public_id: UUID) -> ImportRun:
    return import_run(public_id, ImportKind.PRODUCTS)


@require_http_methods(["GET", "POST"])
@owner_required
@takes_file
def products(request: HttpRequest) -> HttpResponse:
    """The drop zone and the past imports."""
    form = ProductsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = receive_products(name=file.name, portions=file.chunks(), by=request.user)  # type: ignore[arg-type]
        except Problem as refused:
            show_in_form(refused, form)
        else:
            return redirect("connectors:products-preview", run.public_id)
    context = {
        "form": form,
        "runs": list(past_imports(ImportKind.PRODUCTS)[:LISTED]),
        "most": settings.MAX_UPLOAD_BYTES // (1024 * 1024),
    }
    return render(request, "connectors/products.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@owner_required
def preview(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The first products as understood; a POST starts the import, a second one leads to the same."""
    run = _run(public_id)
    if request.method == "POST":
        start_import(run)
    if request.method == "POST" or run.state != ImportState.DRAFT:
        return redirect("connectors:products-run", run.public_id)
    try:
        seen = goods_preview(storage.folder() / run.stored_as, name=run.file_name)
    except Problem as refused:
        messages.error(request, str(refused.sentence))
        return redirect("connectors:products")
    context = {"run": run, "preview": seen, "before": imported_before(run)}
    return render(request, "connectors/products_preview.html", context)


@require_GET
@owner_required
def run_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far it is, and what came of it."""
    run = _run(public_id)
    if run.state == ImportState.DRAFT:
        return redirect("connectors:products-preview", run.public_id)
    job = Job.objects.filter(pk=run.job_id).first() if run.job_id else None
    return render(request, "connectors/products_run.html", {"run": run, "job": job, "result": run.goods})


@require_GET
@owner_required
def rejects(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The rows that could not be used."""
    return rejects_of(_run(public_id))


@require_POST
@owner_required
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Forget a table that was not imported."""
    drop_import(_run(public_id))
    messages.success(request, _("The file is forgotten."))
    return redirect(reverse("connectors:products"))


@require_GET
@owner_required
def sample(request: HttpRequest) -> HttpResponse:
    """A table to begin with."""
    text = "\ufeff" + sample_table(the_shop(), (get_language() or "en").split("-")[0])
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="products.csv"'
    return response
