"""Changes of the demo: building it, letting days go by, stopping carriers, emptying it for one's own shop."""

from vafa.demo.actions.asking import ask_tick
from vafa.demo.actions.building import build_shop
from vafa.demo.actions.emptying import empty_simulated_shop
from vafa.demo.actions.living import live_until
from vafa.demo.actions.ordering import place_own_orders
from vafa.demo.actions.replacing import replace_by_own_shop
from vafa.demo.actions.striking import begin_strike, end_strike
from vafa.demo.actions.talking import let_people_talk
from vafa.demo.actions.visiting import let_people_look_around

__all__ = [
    "ask_tick",
    "begin_strike",
    "build_shop",
    "empty_simulated_shop",
    "end_strike",
    "let_people_look_around",
    "let_people_talk",
    "live_until",
    "place_own_orders",
    "replace_by_own_shop",
]
