"""A whole bundle registry as a test double: real archives, real signatures, a real server, and lies on demand.

    with Registry(tmp_path / "registry") as registry:          # from tests.packing import runtime_tree
        registry.publish(Offer(tree=runtime_tree("b1000")))
        ... arw-cli runtime bundles install --catalog {registry.catalog_url}
            with ARW_RUNTIME_BUNDLE_SIGNERS={registry.signers_path} ...

The folder is laid out so that it works over HTTP and, with ``--dir``, as a folder alike (all URLs are relative)::

    bundle_signers.json                                     whom a machine should trust
    bundles.preview.json                                    the signed catalog
    changelog.md                                            the change log that the catalog pins
    llama.cpp-preview/linux-x86_64-cpu/r1/bundle.json       a signed manifest
    llama.cpp-preview/linux-x86_64-cpu/r1/payload.tar.zst   its archive

Ways to lie: `Registry.server` lies about transfers (`tests.lying_server.Lie`); `edit_manifest` and `edit_catalog`
change what is signed, or who signs it, and sign again; `Offer.tree` and `Offer.archives` hold hostile contents.
"""

from __future__ import annotations

import base64
import hashlib
import json
import platform
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from launcher.domain.canonical import parse_document
from launcher.domain.fields import format_time
from launcher.domain.trust import new_secret_key, public_key_of, sign
from tests.lying_server import LyingServer
from tests.packing import Member, index_rows, pack, proof_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from launcher.domain.bundle import ArchiveFormat

LLAMA = "llama.cpp-preview/linux-x86_64-cpu"
WHISPER = "whisper.cpp-preview/linux-x86_64-cpu"
THIS_OS = {"darwin": "macos", "win32": "windows"}.get(sys.platform, "linux")
THIS_ARCH = {"amd64": "x86_64", "aarch64": "arm64"}.get(platform.machine().lower(), platform.machine().lower())


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One bundle in one version, ready to publish.

    Attributes:
        tree: What the archive holds, by path.
        archives: Ready archives to publish as they are, instead of packing ``tree``; ``tree`` is still what the
            signed index says, so that the two may differ.
        has_index: Whether the manifest carries the signed ``files``.
        strip_prefix: Packed in front of every path, and named in the manifest.
        more: Further fields of the ``bundle`` object, over the usual ones.
    """

    tree: Mapping[str, Member]
    id: str = LLAMA
    version: str = "b1000"
    archive_format: ArchiveFormat = "tar.zst"
    accelerator: str = "cpu"
    command: str = "llama-server"
    probe_args: Sequence[str] = ("--version",)
    archives: Sequence[Path] = ()
    has_index: bool = True
    strip_prefix: str | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Key:
    """A signing key. To copy a key id, make one with another secret and the same ``key_id``."""

    key_id: str = "preview-bundle-signing"
    issuer: str = "bundle-ci@test"
    secret: bytes = field(default_factory=new_secret_key)

    def as_signer(self, channels: Sequence[str] = ("preview",), **more: str) -> dict[str, Any]:
        """Return this key's entry in a signer registry; ``more`` is e.g. ``expires_at``."""
        public = base64.b64encode(public_key_of(self.secret)).decode()
        entry = {"key_id": self.key_id, "public_key_b64": public, "issuer": self.issuer, "channels": list(channels)}
        return entry | more

    def signature(self, root: dict[str, Any]) -> dict[str, Any]:
        """Return a signature entry over a document."""
        document = parse_document(json.dumps(root).encode())
        return sign(document, self.secret, at=datetime.now(UTC), issuer=self.issuer, key_id=self.key_id)


class Registry:
    """A registry of one channel in a folder; ``with`` serves it at `url`.

    Attributes:
        root: The folder.
        channel: The channel of its catalog.
        key: Who signs, unless a call names other keys.
        server: The server, which can be told to lie; it runs inside ``with`` only.
        revision: The channel revision that was published last.
    """

    def __init__(self, root: Path, *, channel: str = "preview", key: Key | None = None) -> None:
        """Make an empty folder and a signer registry that trusts ``key`` for the channel."""
        root.mkdir(parents=True, exist_ok=True)
        self.root = root
        self.channel = channel
        self.key = key or Key()
        self.server = LyingServer(root)
        self.revision = 0
        self._offers: dict[str, dict[str, Any]] = {}
        self._change_log: list[str] = []
        self._running = ExitStack()
        self.trust(self.key.as_signer([channel]))

    def __enter__(self) -> Self:
        """Serve the folder."""
        self._running.enter_context(self.server)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving."""
        self._running.close()

    @property
    def catalog_path(self) -> Path:
        """The catalog in the folder."""
        return self.root / f"bundles.{self.channel}.json"

    @property
    def catalog_url(self) -> str:
        """The catalog on the server."""
        return f"{self.server.url}/{self.catalog_path.name}"

    @property
    def signers_path(self) -> Path:
        """The signer registry, for ``ARW_RUNTIME_BUNDLE_SIGNERS``."""
        return self.root / "bundle_signers.json"

    def folder(self, bundle_id: str = LLAMA, revision: int | None = None) -> Path:
        """Return where a bundle's manifest and archives are; of its newest revision where none is named."""
        folders = sorted((self.root / bundle_id).glob("r*"), key=lambda folder: int(folder.name[1:]))
        return folders[-1] if revision is None else self.root / bundle_id / f"r{revision}"

    def manifest_path(self, bundle_id: str = LLAMA, revision: int | None = None) -> Path:
        """Return a bundle's manifest."""
        return self.folder(bundle_id, revision) / "bundle.json"

    def archive_path(self, bundle_id: str = LLAMA, revision: int | None = None) -> Path:
        """Return a bundle's first archive."""
        return next(path for path in sorted(self.folder(bundle_id, revision).iterdir()) if path.name != "bundle.json")

    def trust(self, *signers: Mapping[str, Any], thresholds: Mapping[str, int] | None = None) -> None:
        """Write the signer registry anew with these entries (`Key.as_signer`)."""
        channels = {channel: {"threshold": threshold} for channel, threshold in (thresholds or {}).items()}
        root = {"version": 1, "channels": channels, "signers": list(signers)}
        self.signers_path.write_text(json.dumps(root, indent=2) + "\n", encoding="utf-8")

    def publish(self, *offers: Offer) -> int:
        """Publish bundles as the channel's next revision; the other bundles stay as they were.

        Returns:
            The channel revision.
        """
        self.revision += 1
        for offer in offers:
            folder = self.root / offer.id / f"r{self.revision}"
            folder.mkdir(parents=True)
            root = _manifest_root(offer, folder, self.channel, self.revision)
            self._offers[offer.id] = {**root["bundle"], "release": root["release"], "revision": self.revision}
            self._write_signed(folder / "bundle.json", root, [self.key])
        self.write_catalog()
        return self.revision

    def announce(self, entry: str) -> None:
        """Publish a change log entry (``### 2026-11-18 · preview r42 · action`` and its text), as the next revision."""
        self.revision += 1
        self._change_log.insert(0, entry.strip())
        self.write_catalog()

    def withdraw(self, bundle_id: str) -> None:
        """Offer a bundle no longer, from the next revision on."""
        self.revision += 1
        del self._offers[bundle_id]
        self.write_catalog()

    def edit_manifest(
        self,
        edit: Callable[[dict[str, Any]], None] = lambda _root: None,
        *,
        bundle_id: str = LLAMA,
        keys: Sequence[Key] | None = None,
        sign_again: bool = True,
    ) -> None:
        """Change a bundle's newest manifest in place, sign it again, and let the catalog pin the new bytes.

        Args:
            edit: Changes the parsed manifest.
            bundle_id: Whose.
            keys: Who signs; empty for nobody. The registry's own key where absent.
            sign_again: False keeps the old signatures over the new contents.
        """
        path = self.manifest_path(bundle_id)
        root = json.loads(path.read_bytes())
        edit(root)
        if sign_again:
            self._write_signed(path, root, [self.key] if keys is None else keys)
        else:
            path.write_text(json.dumps(root), encoding="utf-8")
        self.write_catalog()

    def write_catalog(
        self, edit: Callable[[dict[str, Any]], None] = lambda _root: None, *, keys: Sequence[Key] | None = None
    ) -> None:
        """Write and sign the catalog anew, after an edit of its parsed form; ``keys`` is empty for unsigned."""
        now = datetime.now(UTC)
        root: dict[str, Any] = {
            "type": "runtime-catalog",
            "version": 1,
            "channel": self.channel,
            "revision": self.revision,
            "issued_at": format_time(now),
            "expires_at": format_time(now + timedelta(days=30)),
            "notes": "Made by tests/registry.py.",
            "bundles": [self._catalog_entry(bundle_id, bundle) for bundle_id, bundle in sorted(self._offers.items())],
        }
        if self._change_log:
            text = "# Runbook\n\n## Change Log\n\n" + "\n\n".join(self._change_log) + "\n"
            (self.root / "changelog.md").write_bytes(text.encode())
            root["changelog"] = {"url": "changelog.md", "sha256": hashlib.sha256(text.encode()).hexdigest()}
        edit(root)
        self._write_signed(self.catalog_path, root, [self.key] if keys is None else keys)

    def _catalog_entry(self, bundle_id: str, bundle: dict[str, Any]) -> dict[str, Any]:
        manifest = self.manifest_path(bundle_id)
        folder = manifest.parent.relative_to(self.root).as_posix()
        artifacts = [dict(artifact, url=f"{folder}/{artifact['url']}") for artifact in bundle["artifacts"]]
        artifacts.append({"kind": "manifest", "format": "json", "url": f"{folder}/bundle.json", **proof_of(manifest)})
        return {**bundle, "artifacts": artifacts}

    @staticmethod
    def _write_signed(path: Path, root: dict[str, Any], keys: Sequence[Key]) -> None:
        unsigned = {name: value for name, value in root.items() if name != "signatures"}
        signatures = [key.signature(unsigned) for key in keys]
        path.write_text(json.dumps(unsigned | ({"signatures": signatures} if keys else {}), indent=2), encoding="utf-8")


def _manifest_root(offer: Offer, folder: Path, channel: str, revision: int) -> dict[str, Any]:
    archives = [folder / path.name for path in offer.archives]
    for source, copy in zip(offer.archives, archives, strict=True):
        copy.hardlink_to(source)
    if not archives:
        prefix = f"{offer.strip_prefix}/" if offer.strip_prefix else ""
        archives = [pack(offer.tree, offer.archive_format, folder / f"payload.{offer.archive_format}", prefix=prefix)]
    artifacts = [
        {"kind": "archive", "format": _format_of(path), "url": path.name, **proof_of(path)} for path in archives
    ]
    if offer.strip_prefix:
        artifacts = [dict(artifact, strip_prefix=offer.strip_prefix) for artifact in artifacts]
    runtime = offer.id.split("/", maxsplit=1)[0].rsplit("-", 1)[0]
    bundle = {
        "id": offer.id,
        "name": f"{runtime} {offer.accelerator}",
        "description": f"{runtime} for tests, {offer.version}.",
        "adapter": "process",
        "modalities": ["text"],
        "accelerator": offer.accelerator,
        "profiles": ["default"],
        "platforms": [{"os": THIS_OS, "arch": THIS_ARCH}],
        "artifacts": artifacts,
        "notes": ["Made for tests."],
        "license": "MIT",
        "metadata": {
            "process": {
                "command": offer.command,
                "args": [],
                "env": {},
                "probe": {"args": list(offer.probe_args), "expect_status": 0, "timeout_ms": 10_000},
            }
        },
        **offer.more,
    }
    root: dict[str, Any] = {
        "type": "runtime-bundle",
        "version": 1,
        "bundle": bundle,
        "catalog": {"channel": channel, "revision": revision},
        "release": {
            "upstream": runtime,
            "upstream_version": offer.version,
            "issued_at": format_time(datetime.now(UTC)),
        },
    }
    return root | ({"files": index_rows(offer.tree)} if offer.has_index else {})


def _format_of(path: Path) -> str:
    return next(name for name in ("tar.zst", "tar.gz", "zip") if path.name.endswith(name))
