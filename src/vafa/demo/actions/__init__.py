"""Changes of the demo: building it, emptying it, making room for one's own shop."""

from vafa.demo.actions.building import build_shop
from vafa.demo.actions.emptying import empty_simulated_shop
from vafa.demo.actions.replacing import replace_by_own_shop

__all__ = ["build_shop", "empty_simulated_shop", "replace_by_own_shop"]
