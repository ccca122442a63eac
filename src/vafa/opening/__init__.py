"""The first steps of a new owner: from an empty installation to a shop that sells, in ten minutes.

Owns: how far the owner has come, and what is proposed to him for his country. Refuses: every setting itself; each is
written by the room that knows it, so that whatever was set here can be seen and changed on that room's own pages.
"""
