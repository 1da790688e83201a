"""A bundle of the size of a real GPU runtime: 1 GiB in 3,000 files, about as compressible as programs are."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tests.packing import Executable, Tree
from tests.registry import THIS_ARCH, THIS_OS, Offer

if TYPE_CHECKING:
    from pathlib import Path

GIBIBYTE = 1024**3
BUNDLE_ID = f"llama.cpp-preview/{THIS_OS}-{THIS_ARCH}-cpu"
_BLOCK_BYTES = 64 * 1024
_PROGRAM = Executable(b"#!/bin/sh\necho 'version: benchmark'\n")


def make_tree(
    folder: Path,
    *,
    total_bytes: int = GIBIBYTE,
    files: int = 3_000,
    large: int | None = None,
    small_share: float = 0.1,
    seed: int = 1,
) -> Tree:
    """Write the files below a folder and return the tree; the same seed gives the same bytes.

    Args:
        folder: Where the files are written; the tree names them.
        total_bytes: Of all files together.
        files: How many there are, with the program.
        large: How many of them are large; a tenth by default.
        small_share: Which part of the bytes the others hold together.
        seed: Of the contents.
    """
    source = random.Random(seed)  # noqa: S311 - a benchmark's content
    folder.mkdir(parents=True)
    blocks = [_block(source) for _ in range(64)]
    large = large or max(1, files // 10)
    tree: Tree = {"llama-server": _PROGRAM}
    for number in range(files - 1):
        share = (1 - small_share) / large if number < large else small_share / (files - large)
        path = folder / f"{number:05}.bin"
        _write(path, int(total_bytes * share), blocks, source)
        tree[f"lib/{number % 40:02}/{path.name}"] = path
    return tree


def offer(tree: Tree) -> Offer:
    """Return the bundle of a tree, as tar.zst."""
    return Offer(id=BUNDLE_ID, tree=tree)


def _write(path: Path, size_bytes: int, blocks: list[bytes], source: random.Random) -> None:
    with path.open("wb") as file:
        while size_bytes > 0:
            # A fresh head makes every block another one, so that a long window finds nothing to repeat.
            block = source.randbytes(16 * 1024) + source.choice(blocks)[: _BLOCK_BYTES - 16 * 1024]
            size_bytes -= file.write(block[:size_bytes])


def _block(source: random.Random) -> bytes:
    words = [source.randbytes(source.randint(2, 12)) for _ in range(400)]
    return b"".join(source.choice(words) for _ in range(_BLOCK_BYTES // 4))[:_BLOCK_BYTES]
