"""Holidays of the region in the languages that the `holidays` package does not give them in.

It names Iran's in Persian and English and the Arab countries' in Arabic and English; an Arabic reader of an Iranian
calendar, or a Persian one of an Arab calendar, is served from here.
"""

from __future__ import annotations

from functools import lru_cache

# one holiday a line: the package's English name | Persian | Arabic
NAMES = """
Islamic Revolution Day|پیروزی انقلاب اسلامی|ذكرى انتصار الثورة الإسلامية
Iranian Oil Industry Nationalization Day|روز ملی شدن صنعت نفت ایران|يوم تأميم صناعة النفط الإيرانية
Nowruz|نوروز|عيد النوروز
Nowruz Holiday|تعطیلات نوروز|عطلة النوروز
Islamic Republic Day|روز جمهوری اسلامی|يوم الجمهورية الإسلامية
Nature's Day|روز طبیعت|يوم الطبيعة
Death of Imam Khomeini|رحلت امام خمینی|ذكرى رحيل الإمام الخميني
15 Khordad Uprising|قیام ۱۵ خرداد|انتفاضة 15 خرداد
Last Day of Year|آخرین روز سال|آخر أيام السنة
Public Holiday|تعطیل رسمی|عطلة رسمية
Tasua|تاسوعا|تاسوعاء
Ashura|عاشورا|عاشوراء
Arbaeen|اربعین|أربعينية الإمام الحسين
Death of Prophet Muhammad and Martyrdom of Hasan ibn Ali|رحلت پیامبر و شهادت امام حسن|وفاة النبي واستشهاد الإمام الحسن
Martyrdom of Ali al-Rida|شهادت امام رضا|استشهاد الإمام الرضا
Martyrdom of Hasan al-Askari|شهادت امام حسن عسکری|استشهاد الإمام الحسن العسكري
Birthday of Muhammad and Imam Ja'far al-Sadiq|میلاد پیامبر و امام جعفر صادق|مولد النبي محمد والإمام جعفر الصادق
Martyrdom of Fatima|شهادت حضرت فاطمه|استشهاد السيدة فاطمة الزهراء
Birthday of Imam Ali|ولادت امام علی|مولد الإمام علي
Martyrdom of Imam Ali|شهادت امام علی|استشهاد الإمام علي
Birthday of Mahdi|ولادت امام مهدی|مولد الإمام المهدي
Martyrdom of Imam Ja'far al-Sadiq|شهادت امام جعفر صادق|استشهاد الإمام جعفر الصادق
Eid al-Ghadir|عید غدیر خم|عيد الغدير
Isra' and Mi'raj|مبعث و معراج|الإسراء والمعراج
Eid al-Fitr|عید فطر|عيد الفطر
Eid al-Fitr Holiday|تعطیلات عید فطر|عطلة عيد الفطر
Eid al-Adha|عید قربان|عيد الأضحى
Eid al-Adha Holiday|تعطیلات عید قربان|عطلة عيد الأضحى
Day of Arafah|روز عرفه|يوم عرفة
First Day of Ramadan|آغاز ماه رمضان|أول أيام رمضان
Islamic New Year|آغاز سال هجری قمری|رأس السنة الهجرية
Islamic New Year Day|آغاز سال هجری قمری|رأس السنة الهجرية
Prophet's Birthday|میلاد پیامبر|المولد النبوي الشريف
New Year's Day|آغاز سال میلادی|رأس السنة الميلادية
Labor Day|روز کارگر|عيد العمال
Labor and Solidarity Day|روز کار و همبستگی|يوم العمل والتضامن
National Day|روز ملی|اليوم الوطني
National Day Holiday|تعطیل روز ملی|عطلة اليوم الوطني
Founding Day Holiday|تعطیل روز تأسیس|عطلة يوم التأسيس
Qatar National Day|روز ملی قطر|اليوم الوطني لدولة قطر
National Sports Day|روز ملی ورزش|اليوم الرياضي للدولة
Sultan's Accession Day|روز جلوس سلطان|يوم تولي السلطان مقاليد الحكم
Independence Day|روز استقلال|عيد الاستقلال
Afghanistan Independence Day|روز استقلال افغانستان|عيد استقلال أفغانستان
Mojahedin's Victory Day|روز پیروزی مجاهدین|يوم انتصار المجاهدين
Islamic Emirate Victory Day|روز پیروزی امارت اسلامی|يوم انتصار الإمارة الإسلامية
American Withdrawal Day|روز خروج نیروهای آمریکایی|يوم الانسحاب الأمريكي
Liberation Day|روز آزادی|عيد التحرير
Victory Day|روز پیروزی|عيد النصر
Republic Day|روز جمهوری|عيد الجمهورية
Army Day|روز ارتش|عيد الجيش
Armed Forces Day|روز نیروهای مسلح|عيد القوات المسلحة
Martyrs' Day|روز شهیدان|عيد الشهداء
Christmas Day|عید میلاد مسیح|عيد الميلاد
Coptic Christmas Day|عید میلاد مسیح (قبطی)|عيد الميلاد عند الأقباط
Spring Festival|جشن بهار|شم النسيم
Sinai Liberation Day|روز آزادی سینا|عيد تحرير سيناء
June 30 Revolution Day|سالگرد انقلاب ۳۰ ژوئن|ثورة 30 يونيو
July 23 Revolution Day|سالگرد انقلاب ۲۳ ژوئیه|ثورة 23 يوليو
January 25th Revolution and National Police Day|سالگرد انقلاب ۲۵ ژانویه و روز پلیس|ثورة 25 يناير وعيد الشرطة
National Sovereignty and Children's Day|روز حاکمیت ملی و کودکان|عيد السيادة الوطنية والطفولة
Commemoration of Atatürk, Youth and Sports Day|یادبود آتاتورک و روز جوانان و ورزش|ذكرى أتاتورك وعيد الشباب والرياضة
Democracy and National Unity Day|روز دموکراسی و وحدت ملی|يوم الديمقراطية والوحدة الوطنية
"""
# what the package adds to a name
REMARKS = {
    "observed, estimated": {"fa": "جایگزین، تخمینی", "ar": "يوم بديل، تقديري"},
    "estimated": {"fa": "تخمینی", "ar": "تقديري"},
    "observed": {"fa": "جایگزین", "ar": "يوم بديل"},
}
COLUMNS = {"fa": 1, "ar": 2}


def named_in(english: str, language: str) -> str | None:
    """The package's English name in `fa` or `ar`; None where a part of it is not listed."""
    column = COLUMNS.get(language)
    parts = [_part(part, language, column) for part in english.split("; ")] if column else [None]
    return None if None in parts else "؛ ".join(part for part in parts if part)


def _part(english: str, language: str, column: int) -> str | None:
    name, opened, remark = english.partition(" (")
    listed = _listed().get(name)
    told = REMARKS.get(remark.rstrip(")"))
    if listed is None or (opened and told is None):
        return None
    return f"{listed[column]} ({told[language]})" if told else listed[column]


@lru_cache(maxsize=1)
def _listed() -> dict[str, tuple[str, ...]]:
    lines = [tuple(line.split("|")) for line in NAMES.strip().splitlines()]
    return {line[0]: line for line in lines}
