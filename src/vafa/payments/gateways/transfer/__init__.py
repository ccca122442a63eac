"""Bank transfer: promised now, paid to the shop's account, written down by who saw it there."""

from vafa.payments.gateways.kinds import GatewayKind, Setting

KIND = GatewayKind(
    name="transfer",
    way="transfer",
    labels={"fa": "واریز به حساب", "ar": "تحويل بنكي", "en": "Bank transfer"},
    settings=(
        Setting("holder", {"fa": "صاحب حساب", "ar": "صاحب الحساب", "en": "Account holder"}),
        Setting("bank", {"fa": "بانک", "ar": "المصرف", "en": "Bank"}, required=False),
        Setting("iban", {"fa": "شمارهٔ شبا", "ar": "رقم الآيبان (IBAN)", "en": "IBAN"}),
        Setting("card", {"fa": "شمارهٔ کارت", "ar": "رقم البطاقة", "en": "Card number"}, required=False),
    ),
    notes={
        "fa": "این‌ها به مشتری نشان داده می‌شود. وقتی پول به حساب نشست، در صفحهٔ همان پرداخت ثبتش کنید.",
        "ar": "تُعرض هذه البيانات على الزبون. وحين يصل المال إلى الحساب سجّلوه في صفحة تلك الدفعة.",
        "en": "Customers are shown these. When the money is in the account, write it down on the page of that payment.",
    },
)
