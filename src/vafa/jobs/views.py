"""Pages of the queue: what waits, runs, failed, and one job with its progress."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vafa.jobs import actions, queries
from vafa.jobs.models import Job, State
from vafa.jobs.notices import notices
from vafa.kit.access import owner_required, staff_required
from vafa.kit.clock import real_now

PAGE = 50


def _job(public_id: UUID) -> Job:
    """The one door from an address to a job."""
    job = queries.job_by_public_id(public_id)
    if job is None:
        raise Http404
    return job


@require_safe
@staff_required
def job_list(request: HttpRequest) -> HttpResponse:
    """All work, newest first; `?state=` narrows, `?before=` turns the page."""
    state = request.GET.get("state", "")
    before = request.GET.get("before", "")
    wanted = state if state in State.values else ""
    jobs = list(
        queries.jobs_in_view(wanted, int(before) if before.isdecimal() and len(before) < 19 else None)[: PAGE + 1]
    )
    counts, at = queries.count_by_state(in_view=True), real_now()
    context = {
        "jobs": jobs[:PAGE],
        "older_than": jobs[PAGE - 1].pk if len(jobs) > PAGE else None,
        "state": wanted,
        "is_every_state": not wanted,
        "states": [(each.value, each.label, counts[each.value]) for each in State],
        "nobody_works": not queries.is_anybody_working(at),
        "troubles": [gettext(trouble) for trouble in queries.troubles(at)],
        "notices": notices(),
    }
    return render(request, "jobs/list.html", context)


@require_safe
@staff_required
def job_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One job: what it is, how far, what came of it."""
    job = _job(public_id)
    nobody_works = not job.is_over and not queries.is_anybody_working(real_now())
    return render(request, "jobs/job.html", {"job": job, "nobody_works": nobody_works})


@require_safe
@staff_required
def progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The fragment that asks for itself until the job is over; with `?reload=1` the page is loaded anew then."""
    job, reload = _job(public_id), request.GET.get("reload") == "1"
    nobody_works = not job.is_over and not queries.is_anybody_working(real_now())
    context = {"job": job, "reload": reload, "nobody_works": nobody_works}
    response = render(request, "jobs/_progress.html", context)
    if job.is_over and reload:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@owner_required
def retry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Start a dead letter again."""
    job = _job(public_id)
    actions.retry(job)
    messages.success(request, _("The work was started again."))
    return redirect("jobs:job", job.public_id)


@require_POST
@owner_required
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Delete work that nobody is doing."""
    actions.drop(_job(public_id))
    messages.success(request, _("The work was dropped."))
    return redirect("jobs:list")
