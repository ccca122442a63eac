"""The fitted models: their figures, a new fit, and going back to an older one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vafa.accounts.access import owner_required, staff_required
from vafa.delivery.actions.fitting import activate_model, ask_fit
from vafa.delivery.queries.fitted import at_the_shops_caution, fitted_models
from vafa.jobs.queries import latest_job

SHOWN = 30


@require_GET
@staff_required
def models(request: HttpRequest) -> HttpResponse:
    """Every version, newest first."""
    rows = [(row, at_the_shops_caution(row)) for row in fitted_models()[:SHOWN]]
    return render(request, "delivery/models.html", {"rows": rows, "job": latest_job("delivery.fit")})


@require_POST
@owner_required
def fit(request: HttpRequest) -> HttpResponse:
    """Ask the worker for a fit that answers from then on."""
    ask_fit()
    return redirect("delivery:models")


@require_POST
@owner_required
def activate(request: HttpRequest) -> HttpResponse:
    """Answer with this version from now on."""
    row = activate_model(version=request.POST.get("version", ""))
    messages.success(request, _("Version %(version)s answers now.") % {"version": row.version})
    return redirect("delivery:models")
