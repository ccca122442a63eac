"""A refusal that its reader can act on: a sentence for people and a code for programs. Never a 500.

Raise `Problem` anywhere below a view, an API route or a command: pages show it, the API answers with its JSON,
the console script prints the sentence and ends with exit code 2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise as LazyText

Text = str | LazyText


class Problem(Exception):  # noqa: N818 - a refusal, not a fault
    """What was refused and why.

    `code` is stable and machine-readable ("no-such-place"), `sentence` may be lazily translated, `status` is a 4xx,
    `field` names the input at fault where there is one, `about` holds what a program needs to go on (an id).
    """

    def __init__(
        self,
        code: str,
        sentence: Text,
        *,
        status: int = 400,
        field: str | None = None,
        about: Mapping[str, str] | None = None,
    ) -> None:
        if not 400 <= status < 500:
            raise ValueError("a problem of the asker's has a status from 400 to 499")
        self.code = code
        self.sentence = sentence
        self.status = status
        self.field = field
        self.about = dict(about or {})
        super().__init__(code)

    def __str__(self) -> str:
        return str(self.sentence)

    def as_json(self) -> dict[str, str | None]:
        """The body of every JSON refusal."""
        return {"code": self.code, "message": str(self.sentence), "field": self.field, **self.about}


class ProblemMiddleware:
    """Turns a `Problem` raised by a view into a page, or into JSON for those who asked for JSON."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Problem):
            return None
        if request.path.startswith("/api/") or not request.accepts("text/html"):
            return JsonResponse(exception.as_json(), status=exception.status)
        return render(request, "kit/problem.html", {"problem": exception}, status=exception.status)


def show_in_form(problem: Problem, form: BaseForm) -> None:
    """Put a refusal where the person looks: at the form's field of that name, else above the form."""
    field = problem.field if problem.field in form.fields else None
    form.add_error(field, ValidationError(str(problem.sentence), code=problem.code))
