"""The staff's work on the shop's own orders: the list, one order, picking, packing, sending, cancelling, papers.

Owns what lies in which parcel, what was given back, invoices and credit notes with their numbers, notes, the story.
Refuses to move money (payments), to say where a parcel is (delivery) and to keep stock (catalog).
"""
