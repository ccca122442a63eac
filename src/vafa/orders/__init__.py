"""Orders: what was ordered, when, from where, to where, by whom; what buyers said afterwards.

Orders that other systems took are facts without lines; the shop's own have lines, a bill and a recipient.
Refuses: parcels and dates of delivery (delivery), what was promised (promises), baskets and paying (checkout).
"""
