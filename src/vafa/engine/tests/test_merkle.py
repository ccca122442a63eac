"""Known answers: the test vectors of the Certificate Transparency reference implementation (RFC 6962)."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vafa.engine.merkle import leaf_hash, node_hash, proof, root, verify

LEAVES = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
trees = st.lists(st.binary(max_size=4), min_size=1, max_size=70)


def recursive_root(leaves: list[bytes]) -> bytes:
    """The definition of RFC 6962, section 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(recursive_root(leaves[:split]), recursive_root(leaves[split:]))


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("count", range(1, 9))
def test_roots_are_those_of_the_reference(count: int) -> None:
    assert root(LEAVES[:count]).hex() == ROOTS[count - 1]


def test_the_path_of_the_reference() -> None:
    shown = proof(LEAVES, 5)
    assert [each.hex() for each in shown.path] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


@given(trees)
def test_the_root_is_the_recursive_one(leaves: list[bytes]) -> None:
    assert root(leaves) == recursive_root(leaves)


@given(trees, st.data())
def test_every_leaf_is_proved_by_a_short_path(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    shown = proof(leaves, index)
    assert verify(leaves[index], shown, root(leaves))
    assert len(shown.path) <= (len(leaves) - 1).bit_length()


@given(trees, st.data())
def test_nothing_else_is_proved(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    shown, top = proof(leaves, index), root(leaves)
    assert not verify(leaves[index] + b"x", shown, top)
    assert not verify(leaves[index], shown, root([*leaves, b"one more"]))
    assert not verify(leaves[index], replace(shown, path=(*shown.path, bytes(32))), top)
    assert not verify(leaves[index], replace(shown, index=len(leaves)), top)
    if shown.path:
        assert not verify(leaves[index], replace(shown, path=shown.path[1:]), top)
        assert not verify(leaves[index], replace(shown, path=(bytes(32), *shown.path[1:])), top)


def test_an_inner_node_is_not_a_leaf() -> None:
    forged = leaf_hash(b"a") + leaf_hash(b"b")
    assert not verify(forged, replace(proof([b"x"], 0), size=1), root([b"a", b"b"]))


def test_there_is_no_proof_of_a_leaf_that_is_not_there() -> None:
    with pytest.raises(IndexError, match="no leaf 3 in a tree of 3"):
        proof([b"a", b"b", b"c"], 3)
