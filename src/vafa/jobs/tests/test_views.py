import pytest
from django.urls import reverse
from django.utils import translation

from vafa.jobs import actions
from vafa.jobs.models import Job, State
from vafa.jobs.notes import readable
from vafa.jobs.tests.make import MINUTE, a_job, the_row

pytestmark = pytest.mark.django_db
LIST = reverse("jobs:list")


def address(name, job):
    return reverse(f"jobs:{name}", args=[job.public_id])


def a_dead_letter() -> Job:
    job = a_job()
    actions.fail(actions.claim("w", MINUTE), "The file ends in the middle.", final=True)
    return the_row(job)


def test_strangers_are_sent_to_the_sign_in_page(client):
    job = a_job()
    for page in (LIST, address("job", job), address("progress", job)):
        assert client.get(page)["Location"].startswith("/sign-in/?next=/work/")


def test_a_fragment_asked_for_by_a_stranger_reloads_the_page(client):
    response = client.get(address("progress", a_job()), headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Refresh"]) == (200, "true")


def test_an_agent_sees_the_work(agent_client):
    job = a_job()
    assert job.public_id in {each.public_id for each in agent_client.get(LIST).context["jobs"]}
    assert agent_client.get(address("job", job)).status_code == 200


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("order to hand-over", "یادگیری راه از سفارش تا تحویل به پست"),
        ("2026-09-25", "قول دوباره به سفارش‌های از ۳ مهر ۱۴۰۵"),
        ("Reading the orders", "خواندن سفارش‌ها"),
        ("12 of 30", "12 of 30"),
        ("", ""),
    ],
)
def test_notes_are_read_in_the_language_of_the_reader(note, said):
    with translation.override("fa"):
        assert readable(note) == said


def test_the_pages_of_a_job_show_its_note_translated(agent_client):
    a_job()
    job = actions.claim("w", MINUTE)
    actions.report(job, 0.4, "hand-over to arrival")
    for page in (LIST, address("job", job), address("progress", job)):
        html = agent_client.get(page, headers={"Accept-Language": "ar"}).content.decode()
        assert "تعلّم الطريق من التسليم للناقل إلى الوصول" in html


def test_work_that_is_done_is_not_called_so_twice(agent_client):
    a_job()
    job = actions.claim("w", MINUTE)
    actions.report(job, 1.0, "done")
    assert "Writing down the result" in agent_client.get(address("job", job)).content.decode()
    actions.finish(job, {})
    assert the_row(job).said == ""


def test_the_tab_of_all_work_is_marked_unless_a_state_is_chosen(agent_client):
    marked = '<a href="/work/" aria-current="page" >All</a>'
    assert marked in agent_client.get(LIST).content.decode()
    assert marked not in agent_client.get(LIST + "?state=done").content.decode()


def test_the_tabs_count_what_the_list_shows(agent_client):
    a_job()
    tick = a_job()
    Job.objects.filter(pk=tick.pk).update(periodic=True)
    context = agent_client.get(LIST).context
    assert (len(context["jobs"]), context["states"][0][2]) == (1, 1)


def test_the_list_may_be_narrowed_to_a_state(agent_client):
    dead = a_dead_letter()
    a_job()
    assert agent_client.get(LIST, {"state": "failed"}).context["jobs"] == [dead]


@pytest.mark.parametrize("query", [{"state": "odd"}, {"before": "x"}, {"before": "9" * 30}, {"before": "-1"}])
def test_odd_questions_show_the_whole_list(agent_client, query):
    job = a_job()
    assert agent_client.get(LIST, query).context["jobs"] == [job]


def test_the_list_needs_the_same_number_of_queries_for_one_row_and_for_many(agent_client, django_assert_num_queries):
    a_job()
    with django_assert_num_queries(9):
        agent_client.get(LIST)
    for _ in range(70):
        a_job()
    with django_assert_num_queries(9):
        response = agent_client.get(LIST)
    assert len(response.context["jobs"]) == 50
    older = agent_client.get(LIST, {"before": response.context["older_than"]})
    assert len(older.context["jobs"]) == 21


def test_an_unknown_job_is_not_found(agent_client):
    assert agent_client.get("/work/6a3c5f86-0b1c-4f4e-8f0e-000000000000/").status_code == 404


def test_the_fragment_asks_for_itself_until_the_job_is_over(agent_client):
    job = a_job()
    open_page = agent_client.get(address("progress", job)).content.decode()
    assert f'hx-get="{address("progress", job)}"' in open_page
    actions.finish(actions.claim("w", MINUTE), {"url": "/backtests/7/"})
    page = agent_client.get(address("progress", job)).content.decode()
    assert "hx-get" not in page
    assert 'href="/backtests/7/"' in page


def test_the_page_is_loaded_anew_when_the_job_is_over_and_it_was_asked_for(agent_client):
    job = a_job()
    assert "HX-Refresh" not in agent_client.get(address("progress", job), {"reload": "1"})
    actions.finish(actions.claim("w", MINUTE), None)
    assert agent_client.get(address("progress", job), {"reload": "1"})["HX-Refresh"] == "true"


@pytest.mark.parametrize("url", ["//elsewhere.example/", "https://elsewhere.example", "/\\elsewhere.example", 7])
def test_a_result_links_only_to_pages_of_ours(url):
    assert Job(result={"url": url}).result_url == ""


def test_a_page_says_when_nobody_works(agent_client):
    job = a_job()
    assert agent_client.get(address("job", job)).context["nobody_works"]
    actions.remember_worker("w", 1)
    assert not agent_client.get(address("job", job)).context["nobody_works"]


def test_an_owner_starts_a_dead_letter_again(owner_client):
    dead = a_dead_letter()
    assert owner_client.post(address("retry", dead))["Location"] == address("job", dead)
    assert the_row(dead).state == State.WAITING


def test_an_agent_may_not_and_nothing_changes(agent_client):
    dead = a_dead_letter()
    assert agent_client.post(address("retry", dead)).status_code == 403
    assert agent_client.post(address("drop", dead)).status_code == 403
    assert the_row(dead).state == State.FAILED


def test_work_that_did_not_fail_is_not_started_again(owner_client):
    assert owner_client.post(address("retry", a_job())).status_code == 409


def test_an_owner_drops_what_nobody_does(owner_client):
    assert owner_client.post(address("drop", a_job()))["Location"] == LIST
    assert Job.objects.count() == 0


def test_looking_starts_nothing(owner_client):
    dead = a_dead_letter()
    assert owner_client.get(address("retry", dead)).status_code == 405
    assert the_row(dead).state == State.FAILED


def test_the_list_says_what_keeps_workers_from_working_and_what_other_rooms_have_to_say(agent_client):
    actions.remember_worker("w", 1, "The broker does not answer. Nothing is lost; work waits until it does.")
    page = agent_client.get(LIST)
    assert page.context["troubles"] == ["The broker does not answer. Nothing is lost; work waits until it does."]
    assert "There is no backup yet" in page.content.decode()
    actions.remember_worker("w", 1)
    assert agent_client.get(LIST).context["troubles"] == []


def test_a_dead_letter_says_what_it_was_asked_with(agent_client):
    a_job(file="شعر.csv")
    actions.fail(actions.claim("w", MINUTE), "no", final=True)
    assert (
        "{&quot;file&quot;: &quot;شعر.csv&quot;}"
        in agent_client.get(address("job", Job.objects.get())).content.decode()
    )
