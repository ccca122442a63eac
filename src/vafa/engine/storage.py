"""Arrays and plain values to bytes and back: npz with one JSON text inside, no pickle."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORMAT = 1


def pack(arrays: dict[str, NDArray[Any]], about: dict[str, Any]) -> bytes:
    """Bytes that depend on nothing but the content."""
    text = json.dumps({"format": FORMAT, **about}, sort_keys=True, ensure_ascii=False)
    buffer = io.BytesIO()
    everything: dict[str, Any] = {"about": np.frombuffer(text.encode(), dtype=np.uint8), **arrays}
    np.savez(buffer, **everything)
    return buffer.getvalue()


def unpack(data: bytes) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """What `pack` was given; ValueError for other bytes or another format."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        about = json.loads(arrays.pop("about").tobytes())
    except (OSError, KeyError, EOFError, ValueError, zipfile.BadZipFile) as fault:
        raise ValueError("these bytes are not a stored model") from fault
    if about.get("format") != FORMAT:
        raise ValueError(f"the model is stored in format {about.get('format')}, this version reads {FORMAT}")
    return arrays, about
