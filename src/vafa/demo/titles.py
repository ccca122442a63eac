"""What the simulated shop sells: Persian classics in the public domain, a few invented books, and four phones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Shelf = Literal["poetry", "prose", "history", "science", "novel", "children", "phone"]


@dataclass(frozen=True)
class Title:
    """One thing on the shelf. Price in thousand toman, weight in grams; `demand` is its relative share of the sales."""

    name: str
    author: str
    shelf: Shelf
    price: int
    weight_g: int
    demand: float = 1.0
    english: str = ""


BOOKS: tuple[Title, ...] = (
    Title("شاهنامه", "ابوالقاسم فردوسی", "poetry", 1450, 1900, 2.6, "Shahnameh, Ferdowsi"),
    Title("گلستان", "سعدی شیرازی", "prose", 390, 420, 2.4, "Golestan, Saadi"),
    Title("بوستان", "سعدی شیرازی", "poetry", 380, 430, 2.0, "Bustan, Saadi"),
    Title("مثنوی معنوی", "جلال‌الدین محمد بلخی", "poetry", 1250, 1700, 2.5, "Masnavi, Rumi"),
    Title("دیوان حافظ", "خواجه شمس‌الدین حافظ", "poetry", 560, 620, 3.2, "Divan of Hafez"),
    Title("رباعیات خیام", "عمر خیام نیشابوری", "poetry", 290, 260, 2.2, "Rubaiyat, Khayyam"),
    Title("دیوان شمس", "جلال‌الدین محمد بلخی", "poetry", 1100, 1500, 1.3, "Divan of Shams, Rumi"),
    Title("منطق‌الطیر", "عطار نیشابوری", "poetry", 470, 520, 1.6, "Conference of the Birds, Attar"),
    Title("تذکرة‌الاولیا", "عطار نیشابوری", "prose", 690, 900, 0.9, "Memorial of the Saints, Attar"),
    Title("خسرو و شیرین", "نظامی گنجوی", "poetry", 480, 560, 1.4, "Khosrow and Shirin, Nezami"),
    Title("لیلی و مجنون", "نظامی گنجوی", "poetry", 420, 480, 1.4, "Layli and Majnun, Nezami"),
    Title("هفت‌پیکر", "نظامی گنجوی", "poetry", 450, 500, 1.0, "Seven Beauties, Nezami"),
    Title("کلیله و دمنه", "نصرالله منشی", "prose", 520, 640, 1.5, "Kalila and Demna"),
    Title("تاریخ بیهقی", "ابوالفضل بیهقی", "history", 890, 1200, 1.1, "Beyhaqi's History"),
    Title("سفرنامهٔ ناصرخسرو", "ناصرخسرو قبادیانی", "history", 340, 330, 1.2, "Book of Travels, Naser Khosrow"),
    Title("سیاست‌نامه", "خواجه نظام‌الملک", "history", 430, 470, 0.9, "Book of Government, Nezam al-Molk"),
    Title("قابوس‌نامه", "عنصرالمعالی کیکاووس", "prose", 410, 450, 0.9, "Qabus Nama"),
    Title("مرزبان‌نامه", "سعدالدین وراوینی", "prose", 440, 520, 0.6, "Marzban Nama"),
    Title("چهارمقاله", "نظامی عروضی", "prose", 310, 300, 0.6, "Four Discourses"),
    Title("گلشن راز", "شیخ محمود شبستری", "poetry", 280, 240, 0.7, "Rose Garden of Mystery"),
    Title("موش و گربه", "عبید زاکانی", "children", 190, 180, 1.4, "Mouse and Cat, Obeyd"),
    Title("ویس و رامین", "فخرالدین اسعد گرگانی", "poetry", 460, 540, 0.7, "Vis and Ramin"),
    Title("التفهیم", "ابوریحان بیرونی", "science", 620, 800, 0.6, "Book of Instruction, Biruni"),
    Title("دانشنامهٔ علایی", "ابن سینا", "science", 580, 720, 0.7, "Book of Knowledge, Avicenna"),
    Title("هزار و یک شب", "ترجمهٔ عبداللطیف تسوجی", "novel", 1180, 1600, 1.7, "One Thousand and One Nights"),
    Title("امیرارسلان نامدار", "نقیب‌الممالک", "novel", 530, 650, 0.8, "Amir Arsalan"),
    Title("سمک عیار", "فرامرز ارجانی", "novel", 980, 1300, 0.9, "Samak the Ayyar"),
    Title("دیوان پروین", "پروین اعتصامی", "poetry", 370, 400, 1.5, "Divan of Parvin"),
    Title("باغ‌های پنهان تهران", "مهتاب سروستانی", "novel", 480, 380, 1.3, "The Hidden Gardens of Tehran"),
    Title("ایستگاه آخر باران", "آرمان دریابندی", "novel", 420, 340, 1.5, "The Rain's Last Station"),
    Title("نامه‌هایی به خلیج", "ناهید بندری", "novel", 390, 320, 1.0, "Letters to the Gulf"),
    Title("ساعت‌ساز تبریز", "یاشار قره‌داغی", "novel", 460, 370, 1.2, "The Watchmaker of Tabriz"),
    Title("ریاضیات برای شب‌های بلند", "دکتر شیوا کیانی", "science", 540, 460, 0.9, "Mathematics for Long Nights"),
    Title("آسمان کویر", "کاوه یزدانی", "science", 610, 520, 0.9, "The Desert Sky"),
    Title("آشپزی هفت اقلیم", "ماه‌منیر لاهیجی", "science", 750, 980, 1.4, "Cooking of the Seven Climes"),
    Title("قصه‌های خاله سوسکه", "بازگفتهٔ گلی پارسا", "children", 240, 260, 1.6, "Tales of Auntie Beetle"),
    Title("ماهی و ماه", "ترانه نیلگون", "children", 220, 240, 1.5, "The Fish and the Moon"),
    Title("روباه و رودخانه", "سهراب کوهی", "children", 230, 250, 1.2, "The Fox and the River"),
)
PHONES: tuple[Title, ...] = (
    Title("گوشی سیمرغ ۵", "حافظهٔ ۱۲۸ گیگابایت", "phone", 18900, 420, 0.55, "Simorgh 5, 128 GB"),
    Title("گوشی سیمرغ ۵ پلاس", "حافظهٔ ۲۵۶ گیگابایت", "phone", 27500, 470, 0.35, "Simorgh 5 Plus, 256 GB"),
    Title("گوشی هما نوا", "حافظهٔ ۶۴ گیگابایت", "phone", 9800, 380, 0.6, "Homa Nova, 64 GB"),
    Title("گوشی البرز مینی", "حافظهٔ ۱۲۸ گیگابایت", "phone", 14200, 340, 0.4, "Alborz Mini, 128 GB"),
)
TITLES: tuple[Title, ...] = BOOKS + PHONES
BY_NAME = {title.name: title for title in TITLES}
# for the welcoming page: a row that shows every design
SHOWN_FIRST = (
    "شاهنامه",
    "دیوان حافظ",
    "لیلی و مجنون",
    "هزار و یک شب",
    "گلستان",
    "سمک عیار",
    "رباعیات خیام",
    "کلیله و دمنه",
    "ساعت‌ساز تبریز",
    "گوشی سیمرغ ۵",
)
CATEGORY = {
    "poetry": "شعر",
    "prose": "نثر کهن",
    "history": "تاریخ",
    "science": "دانش و زندگی",
    "novel": "داستان",
    "children": "کودک",
    "phone": "گوشی",
}
