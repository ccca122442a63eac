import csv
import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from vafa.delivery import tasks
from vafa.delivery.backtest_page import standalone_page
from vafa.delivery.models import BacktestRun
from vafa.delivery.tests import make
from vafa.jobs.doing import do_all
from vafa.kit.problems import Problem
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db
TOP = {"orders", "incumbent", "targets", "equal_kept", "baseline_equal_kept", "mae_days", "months", "places"}


def backtest(*words):
    call_command("backtest", "--first-after", "60", "--every", "60", *words)


def test_an_empty_shop_is_told_so_in_one_sentence():
    make.a_shop()
    with pytest.raises(Problem) as refused:
        backtest()
    assert refused.value.code == "too-little-history"
    assert "0 delivered orders" in str(refused.value)


def test_a_history_that_is_too_short_is_told_so():
    make.a_shop()
    make.orders(200, hours=4)
    with pytest.raises(Problem) as refused:
        backtest()
    assert "covers 33 days" in str(refused.value)


@pytest.mark.parametrize("words", [["--from", "soon"], ["--every", "0"], ["--json", "/nowhere/at/all.json"]])
def test_nonsense_ends_with_exit_code_2_and_writes_nothing(words, tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("backtest", "--quotes", str(tmp_path / "quotes.csv"), *words)
    assert refused.value.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_figures_page_and_every_promised_date(tmp_path):
    make.a_shop()
    make.orders(420, hours=10)
    files = {name: tmp_path / f"report.{name}" for name in ("json", "html", "quotes")}
    backtest(*[word for name, path in files.items() for word in (f"--{name}", str(path))])
    report = json.loads(files["json"].read_text())
    assert set(report) >= TOP
    rows = list(csv.DictReader(files["quotes"].open()))
    assert len(rows) == report["orders"]
    assert list(rows[0]) == [
        "order", "quoted_at", "day_080", "day_090", "day_095", "day_equal_kept", "probability_equal_kept",
    ]  # fmt: skip
    page = files["html"].read_text()
    assert "<svg" in page
    assert "src=" not in page
    assert "<link" not in page
    assert "Simulated shop" not in page
    save_settings(simulated=True)
    assert "Simulated shop: every order here is invented." in standalone_page(report)


@pytest.mark.django_db(transaction=True)  # the heartbeat has a connection of its own and must see the job
def test_the_console_runs_a_backtest_in_the_background_and_shows_it(owner_client):
    make.a_shop()
    make.orders(420, hours=10)
    asked = owner_client.post(reverse("delivery:new-backtest"), {"every": 60, "first_after": 60, "score_from": ""})
    run = BacktestRun.objects.get()
    assert asked.url == reverse("delivery:backtest", args=[run.public_id])
    assert owner_client.get(asked.url).status_code == 200
    do_all({"delivery.backtest": tasks.backtest})
    page = owner_client.get(asked.url)
    assert "<svg" in page.content.decode()
    assert owner_client.get(reverse("delivery:backtest-file", args=[run.public_id])).status_code == 200


@pytest.mark.django_db(transaction=True)  # the heartbeat has a connection of its own and must see the job
def test_a_backtest_that_cannot_be_made_says_why_on_its_page(owner_client):
    make.a_shop()
    asked = owner_client.post(reverse("delivery:new-backtest"), {"every": 28, "first_after": 240})
    do_all({"delivery.backtest": tasks.backtest})
    assert "a backtest needs at least" in owner_client.get(asked.url).content.decode()


def test_an_agent_may_read_backtests_but_not_start_them(agent_client):
    assert agent_client.get(reverse("delivery:backtests")).status_code == 200
    refused = agent_client.post(reverse("delivery:new-backtest"), {"every": 28, "first_after": 240})
    assert refused.status_code == 403
    assert not BacktestRun.objects.exists()
