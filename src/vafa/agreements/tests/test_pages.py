"""The pages: who may do what, and what they show."""

import html
from datetime import date

import pytest
from django.urls import reverse

from vafa.agreements import actions
from vafa.agreements.models import Agreement, Claim, Partner, Probe
from vafa.agreements.tests.make import IN_JUNE, draft, home_page, in_force, level, parcels, tipax
from vafa.agreements.tests.test_measuring import APRIL
from vafa.promises.actions import issue_receipt
from vafa.promises.models import Promise
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db
PAGES = ["/agreements/", "/agreements/credits/", "/agreements/uptime/"]


@pytest.fixture(autouse=True)
def _shop():
    save_settings(name="Ketab", zone="Asia/Tehran", holiday_country="", default_language="fa")


def everything():
    probe = home_page()
    host = actions.save_partner("host", name="Host", role="hosting", ref="")
    made = draft(host, code="hosting")
    level(made, measure="uptime", within=None, probe=probe, target=0.999)
    carriage = in_force()
    parcels([1] * 8 + [None] * 2, handed=APRIL)
    actions.promise_and_measure(at=IN_JUNE)
    return made, carriage, probe


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_page_says_what_to_do(agent_client, path):
    assert agent_client.get(path).status_code == 200


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_every_page_opens_in_every_language(owner_client, language):
    made, carriage, probe = everything()
    owner_client.cookies["django_language"] = language
    for path in [
        *PAGES, "/agreements/partners/tipax/", "/agreements/partners/host/", made.get_absolute_url(),
        carriage.get_absolute_url(), f"/agreements/uptime/{probe.pk}/", "/agreements/partners/new/",
        "/agreements/partners/tipax/edit/", "/agreements/partners/tipax/agreement/", "/agreements/uptime/new/",
        "/agreements/uptime/maintenance/", f"{made.get_absolute_url()}edit/", f"{made.get_absolute_url()}levels/new/",
        f"{made.get_absolute_url()}levels/1/",
    ]:  # fmt: skip
        assert owner_client.get(path).status_code == 200, path


def test_an_agent_reads_and_changes_nothing(agent_client):
    made, carriage, probe = everything()
    assert agent_client.get(carriage.get_absolute_url()).status_code == 200
    for path in [
        "/agreements/partners/new/", f"{made.get_absolute_url()}force/", f"/agreements/uptime/{probe.pk}/switch/",
        f"/agreements/credits/{Claim.objects.get().pk}/waived/", "/agreements/uptime/new/",
    ]:  # fmt: skip
        assert agent_client.post(path).status_code == 403
    made.refresh_from_db()
    assert (made.state, Claim.objects.get().state) == ("draft", "due")


def test_an_owner_writes_an_agreement_in_the_browser(owner_client):
    assert (
        owner_client.post(
            "/agreements/partners/new/", {"code": "chapar", "name": "Chapar", "role": "carrier", "ref": "چاپار"}
        ).status_code
        == 302
    )
    written = {
        "code": "chapar",
        "agreed_on": "1405/01/01",
        "valid_from": "1405/01/01",
        "calendar": "jalali",
        "title_fa": "حمل",
    }
    assert owner_client.post("/agreements/partners/chapar/agreement/", written).status_code == 302
    made = Agreement.objects.get()
    assert (made.valid_from, made.title, made.currency) == (date(2026, 3, 21), {"fa": "حمل"}, "IRR")
    wanted = {
        "measure": "delivered", "within": "۳", "target": "۹۵", "length": "month", "minimum": "20", "step": "1",
        "credit": "50000", "cap": "500000",
    }  # fmt: skip
    assert owner_client.post(f"{made.get_absolute_url()}levels/new/", wanted).status_code == 302
    held = made.levels.get()
    assert (held.target, held.within, held.credit_minor, held.cap_minor) == (0.95, 3, 500_000, 5_000_000)
    owner_client.post(f"{made.get_absolute_url()}force/")
    made.refresh_from_db()
    assert made.state == "in_force"


def test_a_wrong_form_is_shown_again_and_nothing_is_written(owner_client):
    tipax()
    written = {
        "code": "x",
        "agreed_on": "1405/02/01",
        "valid_from": "1405/01/01",
        "calendar": "jalali",
        "title_fa": "حمل",
    }
    assert owner_client.post("/agreements/partners/tipax/agreement/", written).status_code == 422
    assert (
        owner_client.post("/agreements/partners/new/", {"code": "tipax", "name": "B", "role": "carrier"}).status_code
        == 422
    )
    assert (
        owner_client.post(
            "/agreements/uptime/new/", {"name": "x", "url": "http://10.9.8.7/", "timeout_seconds": 10}
        ).status_code
        == 422
    )
    assert (Agreement.objects.count(), Partner.objects.get().name, Probe.objects.count()) == (0, "Tipax", 0)


def test_a_credit_is_moved_in_the_browser(owner_client):
    everything()
    claim = Claim.objects.get()
    owner_client.post(f"/agreements/credits/{claim.pk}/claimed/", {"reference": "L-1"})
    assert owner_client.post(f"/agreements/credits/{claim.pk}/paid/", {"amount": "nothing"}).status_code == 422
    owner_client.post(f"/agreements/credits/{claim.pk}/paid/", {"amount": "۹۰۰"})
    claim.refresh_from_db()
    assert (claim.state, claim.received_minor) == ("received", 9_000)


@pytest.mark.parametrize(
    "path",
    ["/agreements/partners/no-such/", "/agreements/00000000-0000-0000-0000-000000000000/", "/agreements/uptime/99/"],
)
def test_what_is_not_there_is_a_clear_404(owner_client, path):
    assert owner_client.get(path).status_code == 404


def test_an_unknown_step_changes_nothing(owner_client):
    made = draft()
    assert owner_client.post(f"{made.get_absolute_url()}explode/").status_code == 404
    everything_else = owner_client.post("/agreements/credits/1/explode/")
    assert everything_else.status_code == 404


def test_the_list_asks_no_more_for_more_agreements(owner_client, django_assert_max_num_queries):
    partner = tipax()
    for number in range(6):
        level(draft(partner, code=f"c{number}"))
    with django_assert_max_num_queries(14):
        owner_client.get("/agreements/")


def partners_promise() -> Promise:
    in_force()
    actions.promise_and_measure(at=IN_JUNE)
    return Promise.objects.filter(subject_type="agreement", state="open").order_by("due_on")[0]


def test_a_promise_of_a_partner_is_named_by_its_words_on_every_page(owner_client):
    promise = partners_promise()
    issue_receipt(promise)
    owner_client.cookies["django_language"] = "en"
    receipt = reverse("promises:receipt", args=[promise.public_id])
    pages = [owner_client.get(path).content.decode() for path in (promise.get_absolute_url(), receipt)]
    kept = owner_client.get(reverse("promises:receipt-file", args=[promise.public_id])).content.decode()
    pages.append(owner_client.post(reverse("promises:verify"), {"text": kept}).content.decode())
    for page in pages:
        assert f"<bdi>{promise.subject_ref}</bdi>" not in page
        assert "Order " not in page.split("<main", 1)[1]
        assert promise.text["en"][:40] in html.unescape(page)


def test_a_promise_of_a_partner_offers_no_form_of_a_customers_and_takes_none(owner_client):
    promise = partners_promise()
    page = owner_client.get(promise.get_absolute_url()).content.decode()
    assert "<form" not in page.split("<main", 1)[1].split("</main>", 1)[0]
    forms = ["promises:outcome", "promises:revision", "promises:cancellation", "promises:retraction"]
    for name in [*forms, "promises:restoration", "delivery:tell", "delivery:called", "delivery:propose-date"]:
        assert owner_client.post(reverse(name, args=[promise.public_id]), {}).status_code == 404, name
    before = promise.state
    promise.refresh_from_db()
    assert (promise.state, before, promise.notices.count()) == ("open", "open", 0)
