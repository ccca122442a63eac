import csv
import json
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.translation import override

from vafa.delivery import tasks
from vafa.delivery.backtest_page import standalone_page
from vafa.delivery.models import BacktestRun
from vafa.delivery.pictures import late_picture, months_picture
from vafa.delivery.tests import make
from vafa.jobs.doing import do_all
from vafa.kit.problems import Problem
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db
TOP = {
    "orders",
    "incumbent",
    "targets",
    "equal_kept",
    "baseline_equal_kept",
    "mae_days",
    "months",
    "places",
    "undecided",
}


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


def _summed_by_gregorian_month(report):
    """The days that the report keeps, added up as the engine adds its months."""
    months = {}
    for row in report["details"]["days"]:
        month = months.setdefault(row["day"][:7], Counter())
        month.update({name: row[name] for name in ("orders", "late", "promised")})
    return [
        (name, sums["orders"], round(sums["late"] / sums["orders"], 4), round(sums["promised"] / sums["orders"], 4))
        for name, sums in sorted(months.items())
    ]


def test_the_watch_writes_its_figures_and_every_look(tmp_path):
    make.a_shop()
    make.orders(420, hours=10)
    backtest("--watch", "--json", str(tmp_path / "report.json"), "--quotes", str(tmp_path / "looks.csv"))
    watch = json.loads((tmp_path / "report.json").read_text())["watch"]
    assert list(watch) == ["10", "5", "2"]
    assert {frozenset(figures) for figures in watch.values()} == {
        frozenset({"open", "late_share", "average_precision", "deciles"})
    }
    rows = list(csv.DictReader((tmp_path / "looks.csv").open()))
    assert len(rows) == sum(figures["open"] for figures in watch.values())
    assert (tmp_path / "looks.csv").read_text().splitlines()[0] == "order,days_before,asked_at,probability_late"


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
    run.refresh_from_db()
    assert _summed_by_gregorian_month(run.report) == [
        (month["month"], month["orders"], round(month["late"], 4), round(month["mean_days"], 4))
        for month in run.report["months"]
    ]
    with override("fa"):
        assert "آذر" in months_picture(run.report)
        assert "دسامبر" not in months_picture(run.report)
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


def test_months_are_those_of_the_readers_calendar_and_a_stump_of_one_is_a_gap():
    day = {"orders": 6, "late": 3, "promised": 12, "theirs": 6, "theirs_late": 6}
    stump = {"orders": 4, "late": 4, "promised": 40, "theirs": 4, "theirs_late": 4}
    days = [{"day": "2026-03-20", **day}, {"day": "2026-03-21", **day}, {"day": "2026-04-21", **stump}]
    report = {"months": [], "details": {"days": days}}
    with override("fa"):
        late = late_picture(report)
    assert "اسفند، وفا: \u061c۵۰٪" in late
    assert "فروردین، وفا: \u061c۵۰٪" in late
    assert "اردیبهشت، وفا" not in late


def test_a_report_without_days_keeps_the_gregorian_months_it_has():
    report = {"months": [{"month": "2026-03", "late": 0.5, "incumbent_late": None, "mean_days": 2.0}], "details": {}}
    with override("fa"):
        assert "مارس" in late_picture(report)
