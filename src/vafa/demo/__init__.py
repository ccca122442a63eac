"""The simulated bookshop: a year of orders, so that everything can be seen in a minute.

Owns: the simulation (places, titles, carriers, calendar events), the build of the demo shop from it, the welcoming page
with one-click sign-in, book covers, and the way from the simulated shop to one's own.
Refuses: a database that holds a real shop. Whatever it writes goes through the actions of the rooms below.
"""
