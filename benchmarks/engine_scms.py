"""A second domain: SCMS health shipments, promised from the first quote. Prints kept shares and mean days."""

from __future__ import annotations

from engine_data import scms_shipments
from table import Row, finish

from vafa.engine import BacktestOptions, History, backtest


def main() -> None:
    """Measure and print."""
    history = History.of(scms_shipments(), "UTC")
    report = backtest(history, options=BacktestOptions(every=56, first_after=500)).as_json()
    gaps = {target: 100 * (one["kept"] - float(target)) for target, one in report["targets"].items()}
    figure = " / ".join(f"{gap:+.1f}" for gap in gaps.values()) + f" ({report['orders']:,} quotes)"
    ours, theirs = report["equal_kept"]["mean_days"], report["incumbent"]["mean_days"]
    finish(
        [
            Row(
                "SCMS: kept minus target at 0.80 / 0.90 / 0.95", "± 3 points", figure, max(map(abs, gaps.values())) <= 3
            ),
            Row("  at an equal kept rate, mean days against the scheduled", "", f"{ours:.0f} against {theirs:.0f}"),
        ]
    )


if __name__ == "__main__":
    main()
