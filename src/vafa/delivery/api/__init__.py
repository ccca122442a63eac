"""JSON doors of the delivery room: quotes, the windows that can be had with them, promises made from them."""

from vafa.delivery.api.quotes import QuestionIn, QuoteOut, promise_on, router
from vafa.delivery.api.windows import router as windows

__all__ = ["QuestionIn", "QuoteOut", "promise_on", "router", "windows"]
