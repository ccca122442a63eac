"""What visitors search for, for the staff: in vain, and which words mean the same."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vafa.accounts.access import owner_required, staff_required
from vafa.catalog.actions import forget_synonyms, keep_synonyms
from vafa.catalog.forms.synonyms import SynonymsForm
from vafa.catalog.models import Synonyms
from vafa.catalog.queries import misses as misses_of
from vafa.catalog.queries import synonym_groups
from vafa.kit.form_page import form_page

PAGE, MOST_PAGES = 50, 1000


@require_safe
@staff_required
def misses(request: HttpRequest) -> HttpResponse:
    """Searches that found nothing, the most frequent first: what customers want and the shop does not show."""
    typed = request.GET.get("page", "")
    number = int(typed) if typed.isdecimal() and 0 < int(typed) <= MOST_PAGES else 1
    found = list(misses_of()[(number - 1) * PAGE : number * PAGE + 1])
    context = {
        "misses": found[:PAGE],
        "next_page": number + 1 if len(found) > PAGE else None,
        "previous_page": number - 1,
    }
    return render(request, "catalog/misses.html", context)


@require_safe
@staff_required
def synonyms(request: HttpRequest) -> HttpResponse:
    """Words that mean the same, group by group."""
    return render(request, "catalog/synonyms.html", {"groups": synonym_groups()})


@require_http_methods(["GET", "POST"])
@owner_required
def synonyms_group(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """A group, new or known; `with` is a word to begin one with."""
    group = _group(number)
    begun = group.words if group else [word for word in [request.GET.get("with", "")[:80]] if word]
    form = SynonymsForm(request.POST or None, initial={"words": "\n".join(begun)})

    def save() -> str:
        keep_synonyms(form.lines(), group=group)
        return reverse("catalog:synonyms")

    title = _("Words that mean the same")
    return form_page(
        request, form, save, template="catalog/synonyms_group.html", title=title, back=reverse("catalog:synonyms"),
        group=group,
    )  # fmt: skip


@require_POST
@owner_required
def forget(request: HttpRequest, number: int) -> HttpResponse:
    """The words of this group mean different things again."""
    forget_synonyms(number)
    return redirect("catalog:synonyms")


def _group(number: int | None) -> Synonyms | None:
    found = Synonyms.objects.filter(pk=number).first() if number else None
    if number and found is None:
        raise Http404
    return found
