import json
from datetime import date, timedelta

import pytest
from django.test import Client
from ninja.responses import NinjaJSONEncoder

from vafa.accounts.models import ApiToken, User
from vafa.api.describe import EXAMPLES, operations
from vafa.delivery.api import QuoteOut
from vafa.delivery.models import Quote
from vafa.delivery.tests import make
from vafa.kit.clock import now, real_now
from vafa.promises.models import Promise

pytestmark = pytest.mark.django_db
QUOTES, PROMISES = "/api/v1/quotes", "/api/v1/promises"


class Till:
    """A program with a token."""

    def __init__(self, *scopes: str) -> None:
        self.key = make.a_key(*scopes)

    def post(self, path, body, **headers):
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return Client().post(
            path, data, content_type="application/json", headers={"Authorization": f"Bearer {self.key}", **headers}
        )

    def get(self, path):
        return Client().get(path, headers={"Authorization": f"Bearer {self.key}"})


@pytest.fixture
def till():
    make.a_shop()
    make.orders(80, until=now())
    return Till()


def refused(response):
    body = response.json()
    assert set(body) == {"code", "message", "field"}
    assert body["message"]
    return response.status_code, body["code"], body["field"]


def test_a_question_is_answered_and_can_be_read_again(till):
    made = till.post(QUOTES, {"to": "Shiraz", "from": "11369", "weight_g": 400, "price_minor": 900_000})
    assert made.status_code == 201
    answer = made.json()["options"][0]
    assert set(answer["reason"]["text"]) == {"fa", "ar", "en"}
    assert answer["promised_on"] > now().date().isoformat()
    assert till.get(f"{QUOTES}/{made.json()['id']}").json() == made.json()


def test_a_quote_is_promised_once_however_often_it_is_sent(till):
    quote = till.post(QUOTES, {"to": "Shiraz"}).json()
    wish = {"quote": quote["id"], "option": "standard", "order": "N1"}
    first = till.post(PROMISES, wish, **{"Idempotency-Key": "n1"})
    again = till.post(PROMISES, wish, **{"Idempotency-Key": "n1"})
    other = till.post(PROMISES, {**wish, "order": "N2"}, **{"Idempotency-Key": "n1"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert refused(other) == (409, "idempotency-key-reused", "Idempotency-Key")
    assert Promise.objects.count() == 1


def test_two_tokens_may_use_the_same_key(till):
    quote = till.post(QUOTES, {"to": "Shiraz"}).json()
    wish = {"quote": quote["id"], "option": "standard"}
    wishes = [(till, {**wish, "order": "N1"}), (Till(), {**wish, "order": "N2"})]
    both = [each.post(PROMISES, asked, **{"Idempotency-Key": "n1"}).status_code for each, asked in wishes]
    assert both == [201, 201]


def test_a_second_promise_for_an_order_is_refused_and_led_to_the_first_ones_revision(till):
    quote = till.post(QUOTES, {"to": "Shiraz"}).json()
    wish = {"quote": quote["id"], "option": "standard", "order": "N1"}
    first = till.post(PROMISES, wish, **{"Idempotency-Key": "n1"}).json()
    second = till.post(PROMISES, wish, **{"Idempotency-Key": "n2"})
    body = second.json()
    assert (second.status_code, body["code"], body["promise"]) == (409, "already-promised", first["id"])
    assert first["id"] in body["message"]
    later = (date.fromisoformat(first["due_on"]) + timedelta(days=1)).isoformat()
    revised = till.post(body["revision"], {"asked_by": "customer", "due_on": later})
    assert (revised.status_code, revised.json()["due_on"]) == (201, later)
    third = till.post(PROMISES, wish, **{"Idempotency-Key": "n3"}).json()
    assert (third["code"], third["promise"]) == ("already-promised", revised.json()["id"])
    assert till.post(PROMISES, wish, **{"Idempotency-Key": "n1"}).json()["id"] == first["id"]


def test_an_order_whose_promise_was_cancelled_can_be_promised_again(till):
    quote = till.post(QUOTES, {"to": "Shiraz"}).json()
    wish = {"quote": quote["id"], "option": "standard", "order": "N1"}
    first = till.post(PROMISES, wish, **{"Idempotency-Key": "n1"}).json()
    till.post(f"{PROMISES}/{first['id']}/cancellation", {})
    assert till.post(PROMISES, wish, **{"Idempotency-Key": "n2"}).status_code == 201


def test_a_promise_without_a_key_is_refused(till):
    response = till.post(
        PROMISES, {"quote": "7950d9ca-71df-4288-950e-92f691dde82f", "option": "standard", "order": "1"}
    )
    assert refused(response) == (422, "missing", "Idempotency-Key")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"to"', (400, "malformed-json", None)),
        ("", (422, "missing", None)),
        ('{"to": "Shiraz", "weight_g": NaN}', (400, "malformed-json", None)),
        ("[" * 50_000, (400, "malformed-json", None)),
        ("\ufeff{}".encode("utf-16"), (400, "malformed-json", None)),
        ([1], (422, "wrong-type", None)),
        ({}, (422, "missing", "to")),
        ({"to": 5}, (422, "wrong-type", "to")),
        ({"to": ""}, (422, "missing", "to")),
        ({"to": "   "}, (422, "missing", "to")),
        ({"to": "x" * 500}, (422, "too-long", "to")),
        ('{"to": "\\ud800"}', (422, "bad-text", "to")),
        ({"to": "a\x00b"}, (422, "bad-text", "to")),
        ({"to": "Atlantis"}, (422, "unknown-place", "to")),
        ({"to": "Tabriz"}, (422, "place-never-served", "to")),
        ({"to": "Shiraz", "from": "Atlantis"}, (422, "unknown-place", "from")),
        ({"to": "Shiraz", "weight_g": -1}, (422, "below-zero", "weight_g")),
        ({"to": "Shiraz", "weight_g": "1"}, (422, "wrong-type", "weight_g")),
        ({"to": "Shiraz", "weight_g": True}, (422, "wrong-type", "weight_g")),
        ({"to": "Shiraz", "weight_g": 1e300}, (422, "out-of-range", "weight_g")),
        ({"to": "Shiraz", "price_minor": 2**80}, (422, "out-of-range", "price_minor")),
        ({"to": "Shiraz", "price_minor": 1.5}, (422, "wrong-type", "price_minor")),
        ({"to": "Shiraz", "items": 0}, (422, "out-of-range", "items")),
        ({"to": "Shiraz", "caution": 1}, (422, "out-of-range", "caution")),
        ({"to": "Shiraz", "colour": "red"}, (422, "unknown-field", "colour")),
        ({"to": "Shiraz", "options": ["rocket"]}, (422, "unknown-option", "options")),
        ({"to": "Shiraz", "at": "2018-01-01T00:00:00Z"}, (422, "date-in-past", "at")),
        ({"to": "Shiraz", "at": "2999-01-01T00:00:00Z"}, (422, "date-too-far", "at")),
        ({"to": "Shiraz", "at": "2018-01-01T00:00:00"}, (422, "no-zone", "at")),
        ({"to": "Shiraz", "at": "soon"}, (422, "bad-time", "at")),
        ({"to": "Shiraz", "at": 1}, (422, "wrong-type", "at")),
        ({"to": "Shiraz", "at": "0001-01-01T00:00:00+14:00"}, (422, "date-in-past", "at")),
    ],
    ids=str,
)
def test_a_question_that_cannot_be_is_refused_with_a_code_and_its_field(till, body, expected):
    assert refused(till.post(QUOTES, body)) == expected
    assert Quote.objects.count() == 0


@pytest.mark.parametrize("length", [400_000, 3_000_000])
def test_a_body_beyond_every_limit_is_refused_in_the_same_way(till, length, caplog):
    assert refused(till.post(QUOTES, {"to": "x" * length})) == (413, "body-too-large", None)
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("key", ["with space", "x" * 201, "سفارش", ""])
def test_a_key_that_cannot_be_is_refused_by_the_name_of_its_header(till, key):
    wish = {"quote": "7950d9ca-71df-4288-950e-92f691dde82f", "option": "standard", "order": "1"}
    status, _code, field = refused(till.post(PROMISES, wish, **{"Idempotency-Key": key}))
    assert (status, field) == (422, "Idempotency-Key")


def test_what_is_answered_is_what_the_description_says(till):
    answered = till.post(QUOTES, {"to": "Shiraz"}).json()
    again = QuoteOut.model_validate(answered).model_dump()
    encoded = json.loads(json.dumps(again, cls=NinjaJSONEncoder))
    assert encoded == answered


def test_a_batch_answers_each_question_or_says_why_not(till):
    answers = till.post(f"{QUOTES}/batch", {"questions": [{"to": "Shiraz"}, {"to": "Atlantis"}]}).json()["answers"]
    assert answers[0]["refused"] is None
    assert answers[0]["options"][0]["promised_on"]
    assert (answers[1]["options"], answers[1]["refused"]["code"]) == ([], "unknown-place")
    assert Quote.objects.count() == 0


def test_a_huge_batch_is_refused(till):
    response = till.post(f"{QUOTES}/batch", {"questions": [{"to": "Shiraz"}] * 101})
    assert refused(response) == (422, "too-many-questions", "questions")


@pytest.mark.parametrize("number", ["9" * 30, "-1", "abc", "7950d9ca-71df-4288-950e-92f691dde82"])
def test_what_is_no_id_is_not_found(till, number):
    assert refused(till.get(f"{QUOTES}/{number}"))[0] == 404


def test_an_unknown_id_is_not_found(till):
    path = f"{QUOTES}/7950d9ca-71df-4288-950e-92f691dde82f"
    assert refused(till.get(path)) == (404, "unknown-quote", "quote_id")


def test_a_token_is_needed_and_must_be_good(till):
    nobody = Client().post(QUOTES, "{}", content_type="application/json")
    assert refused(nobody) == (401, "no-token", "Authorization")
    till.key = "vafa_wrong"
    assert refused(till.post(QUOTES, {"to": "Shiraz"})) == (401, "bad-token", "Authorization")


def test_an_expired_or_revoked_token_opens_nothing(till):
    ApiToken.objects.update(expires_at=real_now() - timedelta(seconds=1))
    assert refused(till.post(QUOTES, {"to": "Shiraz"})) == (401, "token-expired", "Authorization")
    ApiToken.objects.update(expires_at=None, revoked_at=real_now())
    assert refused(till.post(QUOTES, {"to": "Shiraz"})) == (401, "token-revoked", "Authorization")


def test_a_token_whose_maker_was_deactivated_opens_nothing(till):
    User.objects.update(is_active=False)
    assert refused(till.post(QUOTES, {"to": "Shiraz"})) == (401, "token-maker-inactive", "Authorization")
    User.objects.update(is_active=True)
    assert till.post(QUOTES, {"to": "Shiraz"}).status_code == 201


def test_a_token_opens_only_what_its_scopes_say(till):
    reader = Till("quotes:read")
    quote = reader.post(QUOTES, {"to": "Shiraz"}).json()
    wish = {"quote": quote["id"], "option": "standard", "order": "N1"}
    assert refused(reader.post(PROMISES, wish, **{"Idempotency-Key": "n1"})) == (403, "scope-missing", "Authorization")
    assert Promise.objects.count() == 0


@pytest.mark.usefixtures("window_stands")
def test_a_token_that_asks_too_often_must_wait(till, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    statuses = [till.post(QUOTES, {"to": "Shiraz"}).status_code for _ in range(3)]
    assert statuses == [201, 201, 429]


def test_an_unknown_address_and_a_wrong_method_are_refused_in_the_same_shape(till):
    assert refused(till.get("/api/v1/nothing"))[:2] == (404, "not-found")
    wrong = till.get(QUOTES)
    assert refused(wrong)[:2] == (405, "method-not-allowed")
    assert wrong["Allow"] == "POST"


def test_the_page_of_the_api_describes_every_operation(till):
    page = till.get("/api/v1/docs").content.decode()
    assert "POST /api/v1/quotes" in page
    assert "Idempotency-Key" in page
    assert "//cdn" not in page


def test_examples_send_what_is_needed_and_nothing_else():
    described = {f"{each.method} {each.path}": each for each in operations("http://shop")}
    ping = described["GET /api/v1/ping"]
    assert (ping.example, ping.refusals) == ("curl http://shop/api/v1/ping", [])
    revision = described["POST /api/v1/promises/{promise_id}/revision"].example
    assert '"due_on": "2026-05-07"' in revision
    assert "-d" not in described["POST /api/v1/promises/{promise_id}/cancellation"].example
    with_key = [path for path, each in described.items() if "Idempotency-Key" in each.example]
    assert with_key == ["POST /api/v1/quotes/{quote_id}/holds", "POST /api/v1/promises"]
    release = described["DELETE /api/v1/quotes/holds/{hold_id}"].example
    assert "-X DELETE" in release
    assert not [path for path, each in described.items() if "{" in each.example.split(" ")[1]]


def test_the_body_of_every_example_is_one_that_its_operation_takes(till):
    quote = till.post(QUOTES, {"to": "Shiraz"}).json()
    wish = {"quote": quote["id"], "option": "standard", "order": "N1"}
    promise = till.post(PROMISES, wish, **{"Idempotency-Key": "n1"}).json()
    for operation, body in EXAMPLES.items():
        path = operation.removeprefix("POST ").replace("{promise_id}", promise["id"]).replace("{quote_id}", quote["id"])
        code = till.post(path, body, **{"Idempotency-Key": "n2"}).json().get("code")
        assert code in {
            None,
            "unknown-place",
            "unknown-quote",
            "unknown-option",
            "no-such-product",
            "not-told",
            "fulfilled-in-future",
            "fulfilled-before-made",
            "due-in-past",
            "in-future",
        }


def test_a_quote_asks_the_database_the_same_number_of_times_however_long_the_history(till, django_assert_num_queries):
    from vafa.orders.models import Order

    till.post(QUOTES, {"to": "Shiraz"})
    with django_assert_num_queries(8):
        till.post(QUOTES, {"to": "Shiraz"})
    assert Order.objects.count() == 80
