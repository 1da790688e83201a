"""Installing 1 GiB in 3,000 files, against fetching, hashing and unpacking the same archive with the usual tools.

``python -m tests.benchmarks.bench_install [--runs N] [--total-mib N]``
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from itertools import count
from pathlib import Path

from tests.benchmarks.big_bundle import BUNDLE_ID, make_tree, offer
from tests.benchmarks.file_server import serving
from tests.benchmarks.measure import Figures, compare, run
from tests.registry import Registry

WANTED_RATIO = 1.15
WANTED_PEAK_BYTES = 200_000_000


def main() -> None:
    """Make the bundle, run both in turn, print the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--total-mib", type=int, default=1024)
    parser.add_argument("--folder", type=Path, default=None, help="where to work; a temporary folder by default")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=said.folder, prefix="bench-install-") as name:
        _compare(Path(name), said.runs, said.total_mib * 1024**2)


def _compare(folder: Path, runs: int, total_bytes: int) -> None:
    registry = Registry(folder / "registry")
    registry.publish(offer(make_tree(folder / "tree", total_bytes=total_bytes)))
    archive = registry.archive_path(BUNDLE_ID)
    print(f"archive: {archive.stat().st_size / 1e6:.0f} MB for {total_bytes / 1e6:.0f} MB in 3,000 files")
    shutil.rmtree(folder / "tree")
    peaks: list[int] = []
    # A new folder for each run, and nothing deleted in between: the file system crawls over freed inodes.
    numbers = count()
    with serving(registry.root) as url:

        def ours() -> Figures:
            os.sync()
            home = folder / f"home-{next(numbers)}"
            figures = run(_install(f"{url}/{registry.catalog_path.name}"), _environ(registry, home))
            peaks.append(figures.peak_bytes)
            return figures

        def reference() -> Figures:
            os.sync()
            out = folder / f"out-{next(numbers)}"
            out.mkdir()
            return run(_by_hand(f"{url}/{archive.relative_to(registry.root)}", out))

        compare("install / curl; openssl dgst; tar --zstd", ours, reference, runs=runs, limit=WANTED_RATIO)
    print(f"install: peak memory {max(peaks) / 1e6:.0f} MB (wanted: at most {WANTED_PEAK_BYTES / 1e6:.0f} MB)")


def _install(catalog_url: str) -> list[str]:
    command = [sys.executable, "-m", "launcher", "cli", "runtime", "bundles", "install", BUNDLE_ID]
    return [*command, "--catalog", catalog_url, "--quiet"]


def _by_hand(url: str, folder: Path) -> list[str]:
    script = 'cd "$1" && curl -s -o f "$2" && openssl dgst -sha256 f && tar --zstd -xf f'
    return ["sh", "-c", script, "sh", str(folder), url]


def _environ(registry: Registry, home: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "ARW_RUNTIME_BUNDLE_SIGNERS": str(registry.signers_path),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }


if __name__ == "__main__":
    main()
