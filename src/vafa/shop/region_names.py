"""What regions and countries are called in Persian, Arabic and Latin letters. `naming` reads the list.

Those that share the name of their chief city stand in `city_names`.
"""

from __future__ import annotations

# one region a line: Persian | English | Arabic | further spellings
NAMES = """
آذربایجان شرقی|East Azerbaijan|أذربيجان الشرقية|Azarbaijan-e Sharqi
آذربایجان غربی|West Azerbaijan|أذربيجان الغربية|Azarbaijan-e Gharbi
البرز|Alborz|ألبرز
چهارمحال و بختیاری|Chaharmahal and Bakhtiari|جهارمحال وبختياري|Chahar Mahaal and Bakhtiari
خراسان جنوبی|South Khorasan|خراسان الجنوبية
خراسان رضوی|Razavi Khorasan|خراسان الرضوية|Khorasan Razavi
خراسان شمالی|North Khorasan|خراسان الشمالية
خوزستان|Khuzestan|خوزستان|Khouzestan
سیستان و بلوچستان|Sistan and Baluchestan|سيستان وبلوشستان|Sistan and Baluchistan
فارس|Fars|فارس
کردستان|Kurdistan|كردستان|Kordestan
کهگیلویه و بویراحمد|Kohgiluyeh and Boyer-Ahmad|كهكيلويه وبوير أحمد|Kohgiluyeh and Buyer Ahmad
گلستان|Golestan|غلستان
گیلان|Gilan|غيلان|Guilan
لرستان|Lorestan|لرستان|Luristan
مازندران|Mazandaran|مازندران
مرکزی|Markazi|مركزي
هرمزگان|Hormozgan|هرمزغان
افغانستان|Afghanistan|أفغانستان
امارات|United Arab Emirates|الإمارات|UAE
ترکیه|Turkey|تركيا|Türkiye
عراق|Iraq|العراق
"""
