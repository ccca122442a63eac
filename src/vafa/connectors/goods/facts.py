"""What a table of products is turned into before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class ArticleFacts:
    """One row: an article that can be bought. None means "not said"."""

    line: int
    sku: str
    choices: dict[str, str] = field(default_factory=dict)
    price_minor: int | None = None
    currency: str = ""
    weight_g: float | None = None
    pieces: int | None = None


@dataclass(slots=True)
class ProductFacts:
    """A product with its articles. Texts are {language: text}; `shelves` are names from the top down, each by language.

    Empty means "not said".
    """

    code: str
    line: int
    title: dict[str, str] = field(default_factory=dict)
    description: dict[str, str] = field(default_factory=dict)
    shelves: list[dict[str, str]] = field(default_factory=list)
    brand: dict[str, str] = field(default_factory=dict)
    articles: list[ArticleFacts] = field(default_factory=list)
