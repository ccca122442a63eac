"""Addresses of the promises room."""

from __future__ import annotations

from django.urls import path

from vafa.promises.views import guarantees, public, record, remedies, staff

app_name = "promises"
urlpatterns = [
    path("promises/", staff.ledger, name="list"),
    path("promises/<uuid:public_id>/", staff.promise, name="promise"),
    path("promises/<uuid:public_id>/outcome", staff.outcome, name="outcome"),
    path("promises/<uuid:public_id>/revision", staff.revision, name="revision"),
    path("promises/<uuid:public_id>/retraction", staff.retraction, name="retraction"),
    path("promises/<uuid:public_id>/restoration", staff.restoration, name="restoration"),
    path("promises/<uuid:public_id>/cancellation", staff.cancellation, name="cancellation"),
    path("guarantees/", guarantees.listing, name="guarantees"),
    path("guarantees/new/", guarantees.new, name="new-guarantee"),
    path("guarantees/<slug:code>/", guarantees.one, name="guarantee"),
    path("guarantees/<slug:code>/draft/", guarantees.draft, name="guarantee-draft"),
    path("guarantees/<slug:code>/publish", guarantees.publish, name="publish-guarantee"),
    path("guarantees/<slug:code>/end", guarantees.end, name="end-guarantee"),
    path("guarantees/<slug:code>/discard", guarantees.discard, name="discard-draft"),
    path("guarantee/<slug:code>/<int:number>/", guarantees.version, name="guarantee-version"),
    path("remedies/", remedies.listing, name="remedies"),
    path("remedies/<uuid:public_id>/approve", remedies.approve, name="approve-remedy"),
    path("remedies/<uuid:public_id>/refuse", remedies.refuse, name="refuse-remedy"),
    path("remedies/<uuid:public_id>/called", remedies.called, name="called"),
    path("receipt/<uuid:public_id>/", public.receipt, name="receipt"),
    path("receipt/<uuid:public_id>/receipt.json", public.receipt_download, name="receipt-file"),
    path("receipt/<uuid:public_id>/issue", public.receipt_issue, name="receipt-issue"),
    path("receipt/<uuid:public_id>/proof-<int:step>.json", public.proof_download, name="proof"),
    path("verify", public.verify, name="verify"),
    path("record/", record.page, name="record"),
    path("record/badge.html", record.badge_page, name="badge"),
    path("record/badge.svg", record.badge_picture, name="badge-picture"),
    path("record/seals/", public.sealed, name="sealed"),
    path("settings/record/", record.publication, name="publication"),
    path(".well-known/vafa-keys.json", public.keys_file, name="keys"),
    path(".well-known/vafa-seals.json", public.seals_file, name="seals"),
]
