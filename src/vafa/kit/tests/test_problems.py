import json

import pytest
from django.http import HttpResponse
from django.utils import translation

from vafa.kit.problems import Problem, ProblemMiddleware

NO_PLACE = Problem("no-such-place", "No place is called Atlantis.", status=404, field="to")


def answer(request) -> HttpResponse:
    return ProblemMiddleware(lambda request: HttpResponse()).process_exception(request, NO_PLACE)


def test_the_api_answers_a_problem_as_json(rf):
    response = answer(rf.get("/api/v1/quotes", headers={"Accept": "text/html"}))
    assert response.status_code == 404
    assert json.loads(response.content) == {
        "code": "no-such-place",
        "message": "No place is called Atlantis.",
        "field": "to",
    }


def test_who_does_not_accept_pages_gets_json(rf):
    assert answer(rf.get("/verify", headers={"Accept": "application/json"}))["Content-Type"] == "application/json"


def test_a_page_shows_the_sentence(rf, db):
    response = answer(rf.get("/verify", headers={"Accept": "text/html"}))
    assert response.status_code == 404
    assert "No place is called Atlantis." in response.content.decode()


def test_the_counts_in_a_sentence_have_the_readers_digits(rf, db):
    middleware = ProblemMiddleware(lambda request: HttpResponse())
    problem = Problem("too-large", "More than 64 MB.", status=413)
    with translation.override("fa"):
        page = middleware.process_exception(rf.get("/", headers={"Accept": "text/html"}), problem)
    assert "More than ۶۴ MB." in page.content.decode()


def test_other_faults_are_left_alone(rf):
    assert ProblemMiddleware(lambda request: HttpResponse()).process_exception(rf.get("/"), ValueError()) is None


@pytest.mark.parametrize("status", [200, 302, 500])
def test_a_problem_is_never_a_fault_of_ours(status):
    with pytest.raises(ValueError, match="400 to 499"):
        Problem("x", "y", status=status)
