"""What the first question of a process would otherwise wait for."""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, connection

from vafa.delivery.queries.fitted import active_model
from vafa.delivery.queries.pooled import beside_the_model
from vafa.kit import clock

log = logging.getLogger(__name__)


def warm_up() -> threading.Thread:
    """Load, in the background, what answers a question: the active model, the pooled history (what is kept of it, else
    the newest orders, pooled now) and the shop's calendar, whose holidays alone take a third of a second to import.
    For web processes.
    """

    def load() -> None:
        try:
            active_model()
            beside_the_model(clock.now())
        except DatabaseError:
            log.warning("The model was not loaded at the start; the first question will load it.")
        finally:
            connection.close()

    thread = threading.Thread(target=load, name="warm-up", daemon=True)
    thread.start()
    return thread
