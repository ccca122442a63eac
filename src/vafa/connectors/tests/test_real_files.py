"""The public data sets beside the project, read but not written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from vafa.connectors.actions.importing import look_through
from vafa.connectors.guessing import guess
from vafa.connectors.mapping import named_mapping
from vafa.connectors.olist import OlistSource
from vafa.connectors.queries.sources import table_source
from vafa.connectors.rejects import RejectsFile
from vafa.connectors.tables import open_table

pytestmark = [pytest.mark.data, pytest.mark.django_db]


def test_olist_loses_only_older_reviews(data_folder, tmp_path):
    with RejectsFile(tmp_path / "r.csv") as lost:
        survey = look_through(OlistSource(data_folder / "olist"), lost)
    assert (survey.orders, survey.promises, survey.delivered) == (26109, 26109, 24207)
    assert survey.last_fact == datetime(2018, 5, 1, 2, 56, tzinfo=UTC)
    assert lost.rows == {"older-review": 95}
    assert lost.values == {
        "no-items": 2797,
        "no-customer-row": 2718,
        "handed-over-after-delivery": 8,
        "delivered-without-date": 5,
        "handed-over-before-placed": 3,
        "cancelled-and-delivered": 2,
    }


def test_scms_needs_only_its_mapping(data_folder, tmp_path):
    source = table_source(data_folder / "scms" / "scms_delivery_history.csv.gz", named_mapping("scms"))
    with RejectsFile(tmp_path / "r.csv") as lost:
        survey = look_through(source, lost)
    assert (survey.orders, survey.promises, survey.delivered) == (5569, 5569, 5569)
    assert lost.rows == {"no-order-date": 2681, "delivered-before-placed": 9}
    assert lost.values == {}


def test_the_columns_of_olists_orders_are_guessed(data_folder):
    found = guess(open_table(data_folder / "olist" / "olist_orders_dataset.csv")).columns
    assert {name: each.heading for name, each in found.items()} == {
        "number": "order_id",
        "customer": "customer_id",
        "status": "order_status",
        "placed_at": "order_purchase_timestamp",
        "handed_over_at": "order_delivered_carrier_date",
        "delivered_at": "order_delivered_customer_date",
        "promised_on": "order_estimated_delivery_date",
    }
