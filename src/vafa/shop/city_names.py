"""What cities are called in Persian, Arabic and Latin letters, so that a name finds its city in whatever script it was
imported. Spellings that `fold` or a missing space explain need not be listed. `naming` reads the list.
"""

from __future__ import annotations

# one city a line: Persian | English | Arabic where it is another word | further spellings
NAMES = """
تهران|Tehran|طهران|Teheran
کرج|Karaj|كرج
اسلام‌شهر|Eslamshahr|إسلام شهر|Islamshahr
شهریار|Shahriar|شهريار|Shahryar
ورامین|Varamin|ورامين
قم|Qom|قم|Ghom|Qum
قزوین|Qazvin|قزوين|Ghazvin
اراک|Arak|أراك
ساوه|Saveh|ساوة|Save
سمنان|Semnan|سمنان
شاهرود|Shahroud|شاهرود|Shahrud|Shahrood
اصفهان|Isfahan|أصفهان|Esfahan|Ispahan
کاشان|Kashan|كاشان
نجف‌آباد|Najafabad|نجف آباد
شیراز|Shiraz|شيراز
جهرم|Jahrom|جهرم
مرودشت|Marvdasht|مرودشت
مشهد|Mashhad|مشهد|Mashad|Meshed
نیشابور|Neyshabur|نيسابور|Nishapur|Neyshaboor|Neishabour
سبزوار|Sabzevar|سبزوار
تبریز|Tabriz|تبريز
مراغه|Maragheh|مراغة|Maraghe
مرند|Marand|مرند
ارومیه|Urmia|أرومية|Orumiyeh|Urmiyeh|Oroomieh
خوی|Khoy|خوي|Khoi
اردبیل|Ardabil|أردبيل|Ardebil
زنجان|Zanjan|زنجان
سنندج|Sanandaj|سنندج
سقز|Saqqez|سقز|Saqez
همدان|Hamadan|همدان|Hamedan
ملایر|Malayer|ملاير
کرمانشاه|Kermanshah|كرمانشاه
خرم‌آباد|Khorramabad|خرم آباد|Khoramabad
بروجرد|Borujerd|بروجرد|Boroujerd
ایلام|Ilam|إيلام
اهواز|Ahvaz|الأهواز|Ahwaz|اهواز
دزفول|Dezful|دزفول|Dezfoul
آبادان|Abadan|عبادان
خرمشهر|Khorramshahr|المحمرة|Khoramshahr
رشت|Rasht|رشت
لاهیجان|Lahijan|لاهيجان
بندر انزلی|Bandar Anzali|بندر أنزلي|Anzali
ساری|Sari|ساري
بابل|Babol|بابل|Babul
آمل|Amol|آمل
قائم‌شهر|Qaem Shahr|قائم شهر|Ghaemshahr
گرگان|Gorgan|غرغان|جرجان
گنبد کاووس|Gonbad-e Kavus|غنبد كاووس|Gonbad Kavous|گنبد
بجنورد|Bojnord|بجنورد|Bojnurd
بیرجند|Birjand|بيرجند
یزد|Yazd|يزد
کرمان|Kerman|كرمان
رفسنجان|Rafsanjan|رفسنجان
سیرجان|Sirjan|سيرجان
شهرکرد|Shahrekord|شهركرد|Shahr-e Kord
یاسوج|Yasuj|ياسوج|Yasouj
بوشهر|Bushehr|بوشهر|Booshehr
بندرعباس|Bandar Abbas|بندر عباس|Bandarabbas
کیش|Kish|كيش
قشم|Qeshm|قشم|Gheshm
زاهدان|Zahedan|زاهدان
زابل|Zabol|زابل
چابهار|Chabahar|تشابهار|Chahbahar
ایرانشهر|Iranshahr|إيرانشهر
استانبول|Istanbul|إسطنبول|Estanbul|استانبول
آنکارا|Ankara|أنقرة
دبی|Dubai|دبي|Dubayy
ابوظبی|Abu Dhabi|أبوظبي
شارجه|Sharjah|الشارقة
دوحه|Doha|الدوحة
مسقط|Muscat|مسقط
کویت|Kuwait City|مدينة الكويت|الكويت
منامه|Manama|المنامة
ریاض|Riyadh|الرياض
جده|Jeddah|جدة|Jidda
مکه|Mecca|مكة|Makkah
مدینه|Medina|المدينة المنورة|المدينة
بغداد|Baghdad|بغداد
بصره|Basra|البصرة|Basrah
نجف|Najaf|النجف
کربلا|Karbala|كربلاء|Kerbala
اربیل|Erbil|أربيل|Arbil|Hawler
سلیمانیه|Sulaymaniyah|السليمانية|Sulaimani|Slemani
موصل|Mosul|الموصل
دمشق|Damascus|دمشق
حلب|Aleppo|حلب
بیروت|Beirut|بيروت
امان|Amman|عمان|عَمّان
قاهره|Cairo|القاهرة
اسکندریه|Alexandria|الإسكندرية
هرات|Herat|هرات
کابل|Kabul|كابول|کابول
مزار شریف|Mazar-i-Sharif|مزار شريف|Mazar Sharif
قندهار|Kandahar|قندهار|Qandahar
باکو|Baku|باكو
ایروان|Yerevan|يريفان
تفلیس|Tbilisi|تبليسي
"""
