"""What the columns of an unknown table probably mean, from their names and from what stands in them."""

from __future__ import annotations

from vafa.connectors.guessing.guess import ColumnGuess, Guess, guess

__all__ = ["ColumnGuess", "Guess", "guess"]
