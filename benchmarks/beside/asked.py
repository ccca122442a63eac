"""Asks the shop of its own process for pages and tells what each cost; the same file for both shops.

First it says the addresses of its shelves and products. Then a line of JSON comes in, `{"paths": […], "as": "again",
"count": false}`, and one goes out: of each page the milliseconds of one processor (what else the machine does is not
counted), or the number of its queries. Who comes `again` keeps his cookies as a browser does; whoever else is named has
no cookies but those he begins with.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping, Sequence
from http.cookies import SimpleCookie

from django.db import connection, reset_queries
from django.test import Client


def serve(*, shelves: Sequence[str], products: Sequence[str], begin_with: Mapping[str, SimpleCookie]) -> None:
    """Answer until there is no more to be asked."""
    again, newcomer = Client(headers={"host": "localhost"}), Client(headers={"host": "localhost"})
    print(json.dumps({"shelves": list(shelves), "products": list(products)}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        tell, told = queries if asked["count"] else milliseconds, []
        for path in asked["paths"]:
            if asked["as"] != "again":  # one client all the same: a new one would load the middleware anew
                newcomer.cookies = SimpleCookie()
                newcomer.cookies.update(begin_with[asked["as"]])
            told.append(tell(again if asked["as"] == "again" else newcomer, path))
        print(json.dumps(told), flush=True)


def milliseconds(client: Client, path: str) -> float:
    began = time.thread_time()
    answer = client.get(path)
    spent = (time.thread_time() - began) * 1000
    assert answer.status_code == 200, (path, answer.status_code)
    return spent


def queries(client: Client, path: str) -> int:
    reset_queries()
    connection.force_debug_cursor = True
    client.get(path)
    connection.force_debug_cursor = False
    return len(connection.queries)
