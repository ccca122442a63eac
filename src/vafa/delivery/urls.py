"""Addresses of the delivery room."""

from __future__ import annotations

from django.urls import path

from vafa.delivery.views import (
    backtests,
    choosing,
    cities,
    claims,
    fitted,
    guarantees,
    options,
    tracking,
    trying,
    watching,
)

app_name = "delivery"
urlpatterns = [
    path("parcels/", tracking.parcels, name="parcels"),
    path("parcels/<uuid:public_id>/", tracking.order, name="order"),
    path("parcels/<uuid:public_id>/new", tracking.new_parcel, name="new-parcel"),
    path("backtests/", backtests.runs, name="backtests"),
    path("backtests/new/", backtests.ask, name="new-backtest"),
    path("backtests/<uuid:public_id>/", backtests.one, name="backtest"),
    path("backtests/<uuid:public_id>/report.html", backtests.file, name="backtest-file"),
    path("models/", fitted.models, name="models"),
    path("models/fit/", fitted.fit, name="fit"),
    path("models/activate/", fitted.activate, name="activate-model"),
    path("city-table/", cities.table, name="city-table"),
    path("city-table/picture.svg", cities.picture, name="city-picture"),
    path("guarantees/<slug:code>/cost/", guarantees.cost, name="guarantee-cost"),
    path("guarantees/<slug:code>/cost/ask", guarantees.ask, name="ask-guarantee-cost"),
    path("claims/", claims.listing, name="claims"),
    path("claims/new/", claims.new, name="new-claim"),
    path("claims/what-it-takes/", claims.what_it_takes, name="what-it-takes"),
    path("claims/assume", claims.assume, name="assume"),
    path("claims/<uuid:public_id>/", claims.one, name="claim"),
    path("claims/<uuid:public_id>/check", claims.check, name="check-claim"),
    path("claims/<uuid:public_id>/end", claims.end, name="end-claim"),
    path("options/", options.listing, name="options"),
    path("options/new/", options.new, name="new-option"),
    path("options/<slug:code>/", options.edit, name="option"),
    path("at-risk/", watching.at_risk, name="at-risk"),
    path("promises/at-risk/", watching.moved, name="at-risk-moved"),
    path("at-risk/<uuid:public_id>/tell", watching.tell, name="tell"),
    path("at-risk/<uuid:public_id>/called", watching.called, name="called"),
    path("at-risk/<uuid:public_id>/date/", watching.propose_date, name="propose-date"),
    path("at-risk/alerts/<uuid:public_id>/", watching.alert, name="alert"),
    path("at-risk/notices/<uuid:public_id>/not-now", watching.not_now, name="not-now"),
    path("at-risk/notices/<uuid:public_id>/done", watching.done, name="done"),
    path("settings/early-warning/", watching.rules, name="watch-rules"),
    path("choose/<str:word>/", choosing.choose, name="choose"),
    path("try/", trying.try_promise, name="try"),
    path("try/caution/", trying.save_caution, name="save-caution"),
]
