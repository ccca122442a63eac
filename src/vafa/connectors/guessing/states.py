"""Words by which shops say that an order was cancelled or has arrived, as `fold` leaves them."""

from __future__ import annotations

from vafa.engine.folding import fold

_CANCELLED = (
    "cancelled|canceled|cancel|refunded|failed|voided|void|trash|returned|rejected|wc-cancelled|wc-refunded|wc-failed|"
    "لغو شده|لغو|کنسل|کنسل شده|مسترد شده|مرجوع|ناموفق|ملغي|ملغى|ملغاة|مسترد|مرفوض|فشل|cancelado|cancelada|reembolsado"
)
_DELIVERED = (
    "delivered|completed|complete|done|received|wc-completed|تحویل شده|تحویل داده شده|تکمیل شده|انجام شده|"
    "تم التسليم|تم التوصيل|مكتمل|entregue|concluido|concluído"
)
CANCELLED = frozenset(fold(word) for word in _CANCELLED.split("|"))
DELIVERED = frozenset(fold(word) for word in _DELIVERED.split("|"))
