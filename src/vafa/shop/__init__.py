"""The shop itself: one per installation, one row of settings, and the places it knows.

Owns: name, zone, working calendar, holidays, languages, currency, stated times, the gazetteer of places.
Refuses: anything about one order, one customer or one promise.
"""
