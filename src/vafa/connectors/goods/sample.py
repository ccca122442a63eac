"""A table of products to begin with: headings that are understood, in the reader's language and the shop's money."""

from __future__ import annotations

import csv
import io

from vafa.kit.formats.money import TOMAN
from vafa.shop.models import Shop

HEADINGS = {
    "fa": ("کد کالا", "نام کالا", "دسته بندی", "قیمت", "موجودی", "وزن (گرم)", "توضیحات"),
    "ar": ("رمز المنتج", "اسم المنتج", "القسم", "السعر", "المخزون", "الوزن (غرام)", "الوصف"),
    "en": ("code", "title", "category", "price", "stock", "weight (g)", "description"),
}
ROWS = {
    "fa": (
        ("tea-500", "چای لاهیجان، ۵۰۰ گرم", "خوراکی > چای", 26, "20", "520", "برگ بهاره، بستهٔ نیم‌کیلویی"),
        ("honey-1", "عسل آویشن، یک کیلو", "خوراکی > عسل", 68, "8", "1300", ""),
        ("mug-blue", "لیوان سفالی فیروزه‌ای", "خانه", 34, "12", "350", ""),
    ),
    "ar": (
        ("coffee-250", "بنّ محمّص، ٢٥٠ غرامًا", "أغذية > قهوة", 26, "20", "270", "تحميص متوسّط"),
        ("honey-1", "عسل سدر، كيلوغرام واحد", "أغذية > عسل", 68, "8", "1300", ""),
        ("mug-blue", "كوب خزفي أزرق", "المنزل", 34, "12", "350", ""),
    ),
    "en": (
        ("tea-500", "Spring tea, 500 g", "Food > Tea", 26, "20", "520", "First leaves of the year"),
        ("honey-1", "Thyme honey, 1 kg", "Food > Honey", 68, "8", "1300", ""),
        ("mug-blue", "Turquoise clay mug", "Home", 34, "12", "350", ""),
    ),
}
IN_TOMAN, IN_RIAL = 10_000, 100_000  # what one of the prices above is in each


def sample_table(shop: Shop, language: str) -> str:
    """The table as CSV; a heading says toman where the shop writes its prices so."""
    language = language if language in HEADINGS else "en"
    headings = list(HEADINGS[language])
    times = 1
    if shop.currency == "IRR":
        times = IN_TOMAN if shop.shows_toman else IN_RIAL
    if shop.currency == "IRR" and shop.shows_toman:
        headings[3] = f"{headings[3]} ({TOMAN[language]})"
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    for code, title, shelf, price, *others in ROWS[language]:
        writer.writerow([code, title, shelf, price * times, *others])
    return text.getvalue()
