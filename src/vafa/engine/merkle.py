"""The Merkle tree of RFC 6962 over SHA-256: one root for a day's events, and proofs that an event is among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

LEAF, NODE = b"\x00", b"\x01"


@dataclass(frozen=True)
class Proof:
    """That one leaf is in a tree: its `index` (from 0), the tree's `size`, and the hashes beside its way up."""

    index: int
    size: int
    path: tuple[bytes, ...]


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one leaf. Prefixed apart from inner nodes, so that a node can never be shown as a leaf."""
    return sha256(LEAF + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node from those of its two children."""
    return sha256(NODE + left + right).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """The tree's root (32 bytes); of no leaves at all it is the hash of nothing, as the RFC says."""
    stack: list[bytes] = []
    count = 0
    for count, leaf in enumerate(leaves, start=1):
        rising = leaf_hash(leaf)
        # as many subtrees are completed by this leaf as its number has trailing zero bits
        for _ in range((count & -count).bit_length() - 1):
            rising = node_hash(stack.pop(), rising)
        stack.append(rising)
    if not count:
        return sha256(b"").digest()
    top = stack.pop()
    while stack:
        top = node_hash(stack.pop(), top)
    return top


def proof(leaves: Sequence[bytes], index: int) -> Proof:
    """The proof that `leaves[index]` is in the tree of `leaves`; IndexError where there is no such leaf."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"There is no leaf {index} in a tree of {len(leaves)}.")
    level = [leaf_hash(leaf) for leaf in leaves]
    path, place = [], index
    while len(level) > 1:
        if place ^ 1 < len(level):
            path.append(level[place ^ 1])
        pairs = [node_hash(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]  # a last one without a neighbour rises as it is
        place //= 2
    return Proof(index, len(leaves), tuple(path))


def verify(leaf: bytes, shown: Proof, expected_root: bytes) -> bool:
    """Whether `shown` proves that `leaf` is in the tree with `expected_root` (RFC 9162, section 2.1.3.2)."""
    if not 0 <= shown.index < shown.size:
        return False
    place, last = shown.index, shown.size - 1
    rising = leaf_hash(leaf)
    for beside in shown.path:
        if last == 0:
            return False
        if place & 1 or place == last:
            rising = node_hash(beside, rising)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            rising = node_hash(rising, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and rising == expected_root
