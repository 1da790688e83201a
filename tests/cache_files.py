"""Exported caches made by hand, from docs/reference/cache-file.md and not from the code: honest ones, and lies.

cache = CacheFile()
cache.add_bundle(registry.manifest_path().read_bytes(), tree=runtime_tree("b1"))
cache.write(tmp_path / "x.arwcache")                 # or write_folder
members = cache.members(); ...; write_tar(path, members)   # to lie about the container itself
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.packing import Executable, Link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.packing import Member

Members = list[tuple[str, bytes]]


class CacheFile:
    """A cache that grows; `listing` may be changed before it is written, and so may what `members` returns."""

    def __init__(self) -> None:
        self.listing: dict[str, Any] = {
            "type": "runtime-cache",
            "version": 1,
            "created_at": "2026-11-23T08:00:00Z",
            "items": [],
            "catalogs": [],
            "objects": {},
            "archives": {},
        }
        self.contents: dict[str, bytes] = {}

    def add_bundle(
        self,
        manifest: bytes,
        tree: Mapping[str, Member] | None = None,
        archives: Sequence[bytes] = (),
        **claims: Any,  # noqa: ANN401 - fields of the item
    ) -> None:
        """Add a bundle with the contents of its files, or its archives; ``claims`` are over what its manifest says."""
        root = json.loads(manifest)
        item = {
            "bundle_id": root["bundle"]["id"],
            "revision": f"rev-20261123T0800{len(self.listing['items']):02}Z",
            "channel": root["catalog"]["channel"],
            "channel_revision": root["catalog"].get("revision", 0),
            "upstream_version": root.get("release", {}).get("upstream_version"),
            "index": "recorded" if archives else "signed",
            "manifest": pin(manifest),
            **claims,
        }
        self.listing["items"].append(item)
        self.contents[f"manifests/{item['bundle_id']}/{item['revision']}/bundle.json"] = manifest
        for member in (tree or {}).values():
            if not isinstance(member, Link):
                self.add_object(_bytes_of(member))
        for archive in archives:
            sha256 = hashlib.sha256(archive).hexdigest()
            self.listing["archives"][sha256] = len(archive)
            self.contents[f"archives/{sha256}"] = archive

    def add_object(self, content: bytes) -> None:
        """Add the content of a file."""
        sha256 = hashlib.sha256(content).hexdigest()
        self.listing["objects"][sha256] = len(content)
        self.contents[object_name(content)] = content

    def add_catalog(self, source: str, catalog: bytes, change_log: bytes | None = None) -> None:
        """Add a catalog with its change log."""
        row: dict[str, Any] = {"source": source, "catalog": pin(catalog), "change_log": None}
        self.contents[f"catalogs/{row['catalog']['sha256']}.json"] = catalog
        if change_log is not None:
            row["change_log"] = pin(change_log)
            self.contents[f"changes/{row['change_log']['sha256']}.md"] = change_log
        self.listing["catalogs"].append(row)

    def members(self) -> Members:
        """Return all members in their order."""
        return [("arwcache.json", json.dumps(self.listing).encode()), *self.contents.items()]

    def write(self, path: Path) -> Path:
        """Write the one-file form."""
        return write_tar(path, self.members())

    def write_folder(self, folder: Path) -> Path:
        """Write the folder form."""
        for name, content in self.members():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        return folder


def write_tar(path: Path, members: Sequence[tuple[str, bytes]]) -> Path:
    """Write members as a plain tar, whatever they are called."""
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in members:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def read_tar(path: Path) -> Members:
    """Return the members of a plain tar, in their order."""
    with tarfile.open(path, "r:") as archive:
        members = []
        for member in archive:
            content = archive.extractfile(member)
            assert content is not None, member.name
            members.append((member.name, content.read()))
        return members


def pin(content: bytes) -> dict[str, Any]:
    """Return the pin of a content."""
    return {"sha256": hashlib.sha256(content).hexdigest(), "size_bytes": len(content)}


def object_name(content: bytes) -> str:
    """Return the name of the member that holds a file's content."""
    sha256 = hashlib.sha256(content).hexdigest()
    return f"objects/{sha256[:2]}/{sha256}"


def _bytes_of(member: bytes | Path | Executable) -> bytes:
    content = member.content if isinstance(member, Executable) else member
    return content.read_bytes() if isinstance(content, Path) else content
