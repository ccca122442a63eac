"""Help in choosing: one question a page, then the few products that fit, with the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from vafa.catalog.queries import Asking, Said, fits, guides, shelves
from vafa.storefront.frame import window

SKIPPED = "-"


@require_safe
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """The next question, or what fits. The answers so far stand in the address: going back is going back."""
    asked = guides().get(code, ())
    if not asked:
        raise Http404
    shelf = shelves()[code]
    given = _given(request.GET.getlist("a"), asked)
    around = {"shelf": shelf, "above": [shelves()[each] for each in shelf.above], "questions": len(asked)}
    answered = [(number, question, answer) for number, (question, answer) in enumerate(zip(asked, given, strict=False))]
    said = [
        (question, _answer(question, answer), _address(code, given[:number])) for number, question, answer in answered
    ]
    if len(given) < len(asked):
        question = asked[len(given)]
        ways = [(choice, _address(code, [*given, str(at)])) for at, choice in enumerate(question.answers)]
        steps = {"number": len(given) + 1, "question": question, "ways": ways, "said": said}
        skip = _address(code, [*given, SKIPPED])
        back = _address(code, given[:-1]) if given else reverse("storefront:shelf", args=[code])
        return window(request, "storefront/guide.html", {**around, **steps, "skip": skip, "back": back})
    wanted = [choice for _question, choice, _again in said if choice]
    found = {"said": said, "fits": fits(code, wanted), "wanted": wanted}
    return window(request, "storefront/guided.html", {**around, **found})


def _given(typed: Sequence[str], asked: Sequence[Asking]) -> list[str]:
    """The answers that can be meant, up to the first that cannot."""
    found: list[str] = []
    for answer, question in zip(typed, asked, strict=False):
        if answer != SKIPPED and _answer(question, answer) is None:
            break
        found.append(answer)
    return found


def _answer(question: Asking, typed: str) -> Said | None:
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 3 else len(question.answers)
    return question.answers[number] if number < len(question.answers) else None


def _address(code: str, given: Sequence[str]) -> str:
    said = urlencode([("a", each) for each in given])
    return reverse("storefront:guide", args=[code]) + (f"?{said}" if said else "")
