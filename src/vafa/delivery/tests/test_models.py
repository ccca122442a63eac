import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction

from vafa.delivery.actions.fitting import activate_model, ask_fit, fit_model, holidays_of, learn, refresh_records
from vafa.delivery.actions.pooling import keep_pooled
from vafa.delivery.actions.quotes import make_quote
from vafa.delivery.figures import chance_before, figures_of, quick_backtest
from vafa.delivery.models import FittedModel
from vafa.delivery.queries import active_model
from vafa.delivery.queries.history import history
from vafa.delivery.queries.sources import source_at
from vafa.delivery.questions import Asked
from vafa.delivery.tests import make
from vafa.delivery.tests.make import NOW
from vafa.engine.aim import AS_ASKED, asked_for
from vafa.engine.history import Question
from vafa.engine.model import DeliveryModel
from vafa.jobs.models import Job
from vafa.kit.problems import Problem
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db


def a_version(name: str, *, active: bool = False) -> FittedModel:
    return FittedModel.objects.create(
        version=name, fitted_at=NOW, facts_until=NOW, orders=1, artefact=b"", active=active
    )


def test_too_little_history_is_refused_and_nothing_is_kept():
    make.a_shop()
    make.orders(100)
    with pytest.raises(Problem) as refused:
        fit_model(activate=True, at=NOW)
    assert refused.value.code == "too-little-history"
    assert not FittedModel.objects.exists()


def small_models(patch):
    """Models of a few hundred orders, so that tests are quick."""
    patch.setattr("vafa.delivery.actions.fitting.LEAST_DELIVERED", 300)
    patch.setattr("vafa.engine.stated.YOUNG", 50.0)
    patch.setattr("vafa.engine.stated.GROWN", 300.0)


def a_shop_with_a_rare_place():
    """Most orders go to Tehran and Shiraz in some days; sixteen went to Kabul and took twelve."""
    make.a_shop()
    make.orders(400, hours=10)
    make.rare_orders(16)


@pytest.fixture(scope="module")
def kept_fit(django_db_setup, django_db_blocker):
    """The columns of one fitted model, for all tests here: fitting takes seconds. The database is left empty."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        small_models(patch)
        a_shop_with_a_rare_place()
        version = fit_model(at=NOW).version
        row = FittedModel.objects.filter(version=version).values().get()
        transaction.set_rollback(True)
    return {name: value for name, value in row.items() if name != "id"}


@pytest.fixture
def fitted(kept_fit, monkeypatch):
    """The shop with its model, active."""
    small_models(monkeypatch)
    a_shop_with_a_rare_place()
    return FittedModel.objects.create(**{**kept_fit, "active": True})


def test_a_fitted_model_answers_is_refreshed_and_keeps_its_version(fitted):
    quote = make_quote(Asked(to="Shiraz"), at=NOW)
    assert quote.model_version == fitted.version
    assert quote.answers[0]["basis"] == "model"
    assert not quote.answers[0]["refused"]
    refreshed = refresh_records(at=NOW)
    assert (refreshed.version, refreshed.refreshed_at) == (fitted.version, NOW)
    assert active_model().refreshed_at == NOW


def test_the_same_facts_give_the_same_version_which_is_kept_once(fitted):
    again = fit_model(activate=True, at=NOW + timedelta(days=1))
    assert (again.version, again.fitted_at) == (fitted.version, NOW + timedelta(days=1))
    assert FittedModel.objects.count() == 1


def test_the_figures_of_a_fit_come_from_its_own_history(fitted):
    cautions = [point["caution"] for point in fitted.figures["frontier"]]
    days = [point["mean_days"] for point in fitted.figures["frontier"]]
    assert (cautions[0], cautions[-1]) == (0.5, 0.99)
    assert days == sorted(days)
    assert fitted.figures["orders"] >= 20


def test_a_quote_asks_of_its_promise_what_the_outcomes_that_the_figures_count_have_taught(fitted):
    model = DeliveryModel.from_bytes(bytes(fitted.artefact))
    known = history().until(NOW)
    lately = quick_backtest(known, holidays_of(known))
    assert model.calibration == lately.calibration
    assert model.calibration.aim != AS_ASKED
    question = Question(asked_at=NOW, destination=make.SHIRAZ, option="standard")
    curve = source_at(NOW).curves([question], NOW)[0]
    answer = make_quote(Asked(to="Shiraz", caution=0.8), at=NOW).answers[0]
    assert answer["probability"] == pytest.approx(curve.by_day[answer["days"]], abs=1e-4)
    least = curve.aim.least(0.8)
    assert curve.by_day[answer["days"] - 1] < least <= curve.by_day[answer["days"]]


def test_dates_that_would_have_been_kept_are_counted_alike_for_places_and_for_the_caution(fitted):
    known = history().until(NOW)
    lately = quick_backtest(known, holidays_of(known))
    figures = figures_of(lately)
    numbers = asked_for(lately.promises.aims, chance_before(lately.promises.curves, lately.promises.outcomes.took))
    for point in figures["frontier"]:
        assert point["kept"] == pytest.approx((numbers < point["caution"]).mean(), abs=0.0051)


def test_a_place_with_few_orders_is_promised_what_its_own_history_says(fitted):
    keep_pooled(at=NOW)
    answer = make_quote(Asked(to="Kabul"), at=NOW).answers[0]
    assert (answer["basis"], answer["days"] >= 12) == ("pooled", True)
    assert make_quote(Asked(to="Shiraz"), at=NOW).answers[0]["days"] <= 8


def test_where_the_model_knows_plenty_the_pooled_history_is_not_even_read(fitted, monkeypatch):
    monkeypatch.setattr("vafa.engine.stated.PLENTY", 150.0)
    question = Question(asked_at=NOW, destination=make.SHIRAZ, option="standard")
    source = replace(source_at(NOW), pooled=lambda: pytest.fail("it was read"))
    assert source.curves([question], NOW)[0].basis == "model"


def test_what_the_owner_states_counts_for_a_place_without_orders_after_a_model_answers(fitted):
    save_settings(stated_times=[{"place": "Tabriz", "option": "", "seller": "", "days": 9}])
    keep_pooled(at=NOW)
    before = make_quote(Asked(to="Tabriz"), at=NOW).answers[0]
    save_settings(stated_times=[{"place": "Tabriz", "option": "", "seller": "", "days": 20}])
    keep_pooled(at=NOW)
    after = make_quote(Asked(to="Tabriz"), at=NOW).answers[0]
    assert 9 <= before["days"] < 20 <= after["days"]


def test_nothing_jumps_when_the_first_model_becomes_active(fitted, monkeypatch):
    monkeypatch.setattr("vafa.engine.stated.YOUNG", 500.0)
    monkeypatch.setattr("vafa.engine.stated.GROWN", 1500.0)
    keep_pooled(at=NOW)
    places = ["Tehran", "Shiraz", "Kabul"]
    with_model = [make_quote(Asked(to=place), at=NOW).answers[0]["probability"] for place in places]
    FittedModel.objects.update(active=False)
    assert with_model == [make_quote(Asked(to=place), at=NOW).answers[0]["probability"] for place in places]


def test_exactly_one_version_answers_after_going_back():
    a_version("old")
    a_version("new", active=True)
    activate_model(version="old")
    assert list(FittedModel.objects.filter(active=True).values_list("version", flat=True)) == ["old"]
    activate_model(version="old")
    assert FittedModel.objects.filter(active=True).count() == 1


def test_an_unknown_version_changes_nothing():
    a_version("new", active=True)
    with pytest.raises(Problem) as refused:
        activate_model(version="other")
    assert refused.value.code == "unknown-version"
    assert FittedModel.objects.get(active=True).version == "new"


def test_asking_twice_for_a_fit_is_one_job():
    assert ask_fit(at=NOW).pk == ask_fit(at=NOW).pk
    assert Job.objects.count() == 1


def test_refreshing_without_a_model_does_nothing():
    make.a_shop()
    assert refresh_records(at=NOW) is None


def test_the_command_lists_versions_and_goes_back(capsys):
    a_version("old")
    a_version("new", active=True)
    call_command("models", "activate", "old")
    call_command("models")
    shown = capsys.readouterr().out
    assert "old · active" in shown
    assert "new" in shown


def test_answering_never_imports_the_learner():
    script = (
        "import django, sys; django.setup(); import vafa.config.urls;"
        "assert 'sklearn' not in sys.modules, 'the serving path imports scikit-learn'"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "vafa.config.settings", **__import__("os").environ}
    subprocess.run([sys.executable, "-c", script], check=True, env=environment)


def test_a_model_that_this_release_cannot_read_does_not_stop_the_shop(caplog):
    make.a_shop()
    make.orders(60)
    a_version("from-another-release", active=True)
    quote = make_quote(Asked(to="Shiraz"), at=NOW)
    assert (quote.model_version, quote.answers[0]["basis"]) == ("", "pooled")
    assert "cannot be read" in caplog.text


def test_new_orders_of_a_small_shop_ask_for_nothing():
    make.a_shop()
    make.orders(60)
    assert learn(at=NOW) is None
    assert not FittedModel.objects.exists()


def test_new_orders_refresh_a_fresh_model_and_replace_an_old_one(fitted):
    assert learn(at=NOW + timedelta(days=1)).refreshed_at == NOW + timedelta(days=1)
    FittedModel.objects.update(orders=100, version="older")
    assert learn(at=NOW + timedelta(days=2)).fitted_at == NOW + timedelta(days=2)
    assert list(FittedModel.objects.filter(active=True).values_list("version", flat=True)) == [fitted.version]
