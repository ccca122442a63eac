"""Names of months as `engine.folding.fold` leaves them, and the words that stand round a date and say nothing."""

from __future__ import annotations

from vafa.engine.folding import fold

_ENGLISH = "january february march april may june july august september october november december"
_SHORT = "jan feb mar apr may jun jul aug sep oct nov dec"
_PORTUGUESE = "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
_PORTUGUESE_SHORT = "jan fev mar abr mai jun jul ago set out nov dez"
_SPANISH = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
_FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_GERMAN = "januar februar märz april mai juni juli august september oktober november dezember"
_ARABIC = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
_PERSIAN = "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر"
_JALALI = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
_HIJRI = [
    "محرم",
    "صفر",
    "ربیعاول",
    "ربیعدوم",
    "جمادیاول",
    "جمادیدوم",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذوالقعده",
    "ذوالحجه",
]

MONTHS: dict[str, tuple[str, int]] = {}
for _names in (_ENGLISH, _SHORT, _PORTUGUESE, _PORTUGUESE_SHORT, _SPANISH, _FRENCH, _GERMAN, _ARABIC, _PERSIAN):
    MONTHS |= {fold(name): ("gregorian", number) for number, name in enumerate(_names.split(), start=1)}
MONTHS |= {fold(name): ("jalali", number) for number, name in enumerate(_JALALI.split(), start=1)}
MONTHS |= {fold(name): ("hijri", number) for number, name in enumerate(_HIJRI, start=1)}
MONTHS |= {"sept": ("gregorian", 9), fold("امرداد"): ("jalali", 5), fold("ابريل"): ("gregorian", 4)}

_ENGLISH_WORDS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun tues thur thurs at on"
)
_PORTUGUESE_WORDS = "segunda terça quarta quinta sexta sábado domingo feira de of t st nd rd th em às h no um"
_PERSIAN_WORDS = "شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه پنج‌شنبه جمعه در ساعت مورخ ماه سال"
_ARABIC_WORDS = "الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الساعة في شهر هـ م"
_WORDS = f"{_ENGLISH_WORDS} {_PORTUGUESE_WORDS} {_PERSIAN_WORDS} {_ARABIC_WORDS}".split()
FILLERS: dict[str, str] = {
    "(\\d+)(st|nd|rd|th)": "\\1",
    "(\\d+)t": "\\1",  # what is left of an ISO text when its time has been taken out
    fold("ربيع الأول"): fold("ربیعاول"),
    fold("ربيع الثاني"): fold("ربیعدوم"),
    fold("ربيع الآخر"): fold("ربیعدوم"),
    fold("جمادى الأولى"): fold("جمادیاول"),
    fold("جمادى الآخرة"): fold("جمادیدوم"),
    fold("ذو القعدة"): fold("ذوالقعده"),
    fold("ذو الحجة"): fold("ذوالحجه"),
    fold("ذیقعده"): fold("ذوالقعده"),
    fold("ذیحجه"): fold("ذوالحجه"),
    fold("سه‌شنبه"): "",
    fold("پنج‌شنبه"): "",
    **{fold(word): "" for word in _WORDS},
}
