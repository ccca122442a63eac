"""The JSON API, assembled from the rooms' routers."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import NinjaAPI

from vafa.api.errors import JsonParser, answer_with_json
from vafa.catalog.api import router as products
from vafa.delivery.api import promise_on, windows
from vafa.delivery.api import router as quotes
from vafa.messages.api import router as customers
from vafa.promises.api import router as ledger
from vafa.requests.api import router as erasures

api = NinjaAPI(
    title="Vafa",
    version="1",
    urls_namespace="api:v1",
    description="Delivery dates that are kept with a known probability, and the promises made from them.",
    docs_url=None,
    parser=JsonParser(),
)
answer_with_json(api)


@api.get("/ping", summary="Is the API there?", tags=["Ping"])
def ping(request: HttpRequest) -> dict[str, bool]:
    """Needs no token and touches nothing."""
    return {"ok": True}


api.add_router("/quotes", quotes)
api.add_router("/quotes", windows)
promise_on(ledger)
api.add_router("/promises", ledger)
api.add_router("/products", products)
api.add_router("/customers", customers)
api.add_router("/customers", erasures)
