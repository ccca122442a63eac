"""Cash on delivery: promised now, paid at the door, written down by who took it."""

from vafa.payments.gateways.kinds import GatewayKind

KIND = GatewayKind(
    name="cash",
    way="cash",
    labels={"fa": "پرداخت در محل", "ar": "الدفع عند الاستلام", "en": "Cash on delivery"},
    notes={
        "fa": "مشتری هنگام تحویل می‌پردازد؛ وقتی پول به دستتان رسید، در صفحهٔ همان پرداخت ثبتش کنید.",
        "ar": "يدفع الزبون عند الاستلام؛ وحين يصلكم المال سجّلوه في صفحة تلك الدفعة.",
        "en": "The customer pays at the door; when you have the money, write it down on the page of that payment.",
    },
)
