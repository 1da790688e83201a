"""Where everything lies in the store (docs/explanation/store.md): names only, no disk."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - the dataclasses' fields are documentation at run time too
from typing import Final

from launcher.domain.bundle import parse_bundle_id
from launcher.domain.values import NamedTuple

MANIFEST_NAME: Final = "bundle.json"
RECORD_NAME: Final = "install.json"
PAYLOAD_NAME: Final = "payload"
STATE_NAME: Final = "state.json"


class RevisionFolder(NamedTuple):
    """One installed revision, or a stage that may become one: immutable once it is published."""

    path: Path

    @property
    def manifest(self) -> Path:
        """The signed bytes as they came."""
        return self.path / MANIFEST_NAME

    @property
    def record(self) -> Path:
        """What this machine noted about the installation."""
        return self.path / RECORD_NAME

    @property
    def payload(self) -> Path:
        """The unpacked tree."""
        return self.path / PAYLOAD_NAME


class BundleFolder(NamedTuple):
    """One bundle's folder in the store."""

    bundle_id: str
    path: Path

    @property
    def state(self) -> Path:
        """The pointer: which revision is active."""
        return self.path / STATE_NAME

    @property
    def health(self) -> Path:
        """Which revisions were ever healthy."""
        return self.path / "health.json"

    @property
    def revisions(self) -> Path:
        """The folder of all revisions."""
        return self.path / "revisions"

    @property
    def manifest_copy(self) -> Path:
        """A copy of the active revision's manifest, for people and the older tools; derived."""
        return self.path / MANIFEST_NAME

    @property
    def current(self) -> Path:
        """A link to the active revision, for people; derived."""
        return self.path / "current"

    def revision(self, name: str) -> RevisionFolder:
        """Return the folder of a revision."""
        return RevisionFolder(self.revisions / name)


class StoreLayout(NamedTuple):
    """The store's root and what lies directly in it."""

    root: Path

    @property
    def lock(self) -> Path:
        """The file that the one writer locks; never removed."""
        return self.root / ".lock"

    @property
    def objects(self) -> Path:
        """File contents by digest, shared between revisions."""
        return self.root / ".objects" / "sha256"

    @property
    def downloads(self) -> Path:
        """Partial and finished transfers."""
        return self.root / ".downloads"

    @property
    def stages(self) -> Path:
        """Where revisions are prepared; emptied by recovery."""
        return self.root / ".stage"

    @property
    def trash(self) -> Path:
        """Where revisions go to be deleted; emptied by recovery."""
        return self.root / ".trash"

    @property
    def catalogs(self) -> Path:
        """The last accepted catalogs of the network, for offline use."""
        return self.root / ".catalogs"

    @property
    def floors(self) -> Path:
        """The highest accepted channel revisions."""
        return self.root / "channels.json"

    def bundle(self, bundle_id: str) -> BundleFolder:
        """Return a bundle's folder.

        Raises:
            BadField: The id is not one.
            UnsafePath: The id cannot name a folder.
        """
        return BundleFolder(bundle_id, self.root.joinpath(*parse_bundle_id(bundle_id).split("/")))
