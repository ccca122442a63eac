"""The guides through the shelves, as the shop's people write them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vafa.accounts.access import owner_required, staff_required
from vafa.catalog.actions import forget_question, keep_question
from vafa.catalog.forms.guides import QuestionForm, answers_form
from vafa.catalog.models import Category, GuideQuestion
from vafa.catalog.queries import features_on, guides, questions_of, shelves
from vafa.kit.problems import Problem, show_in_form


@require_safe
@staff_required
def listing(request: HttpRequest) -> HttpResponse:
    """Every shelf, and how many questions its guide asks."""
    known = guides()
    rows = [(shelf, len(known.get(shelf.code, ()))) for shelf in shelves().values()]
    return render(request, "catalog/guides.html", {"rows": rows})


@require_safe
@staff_required
def one(request: HttpRequest, code: str) -> HttpResponse:
    """The questions of one guide in their order."""
    context = {"category": _category(code), "questions": questions_of(code)}
    return render(request, "catalog/guide.html", context)


@require_http_methods(["GET", "POST"])
@owner_required
def question(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """A question with its answers, new or known."""
    category = _category(code)
    known = _question(category, number) if number else None
    features = features_on(code)
    form = QuestionForm(request.POST or None, question=known)
    answers = answers_form(request.POST or None, question=known, features=features)
    if request.method == "POST" and form.is_valid() and answers.is_valid():
        try:
            keep_question(category, form.texts(), answers.terms(), question=known)
        except Problem as problem:
            show_in_form(problem, form)
        else:
            return redirect("catalog:guide", code)
    wrong = bool(form.errors) or (request.method == "POST" and not answers.is_valid())
    context: dict[str, Any] = {
        "category": category,
        "question": known,
        "form": form,
        "answers": answers,
        "back": reverse("catalog:guide", args=[code]),
    }
    return render(request, "catalog/guide_question.html", context, status=422 if wrong else 200)


@require_POST
@owner_required
def forget(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The question is asked no more."""
    forget_question(_question(_category(code), number))
    return redirect("catalog:guide", code)


def _category(code: str) -> Category:
    found = Category.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _question(category: Category, number: int) -> GuideQuestion:
    found = GuideQuestion.objects.filter(category=category, pk=number).first()
    if found is None:
        raise Http404
    return found
