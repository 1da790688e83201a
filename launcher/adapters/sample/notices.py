"""The sample's change log: what the banners of a newcomer say, all of it true."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.domain.bundle import Manifest

_HEAD = """# The sample registry

Written by ARW Launcher when it made this registry; see docs/explanation/sample-registry.md.

## Change Log
"""


def write_change_log(offered: Sequence[Manifest]) -> bytes:
    """Return the change log of one stage of the sample, newest first.

    The same manifests give the same bytes, so that a dismissed notice stays dismissed when the catalog is renewed.

    Args:
        offered: What the stage offers for this machine, with the manifests that it offered before.
    """
    newest_first = sorted(offered, key=lambda manifest: manifest.channel_revision, reverse=True)
    firsts = {manifest.bundle.id: manifest for manifest in newest_first}  # the oldest of each bundle is written last
    entries = [
        _first_entry(manifest) if manifest is firsts[manifest.bundle.id] else _update_entry(manifest)
        for manifest in newest_first
    ]
    return "\n".join([_HEAD, *entries]).encode()


def _first_entry(manifest: Manifest) -> str:
    return f"""{_heading(manifest, "info")}
{manifest.bundle.runtime} {manifest.release.upstream_version} is on the sample registry of this machine.
- bundles: {manifest.bundle.id}
- action: none
The registry and its signing key were made here, at the first start; this key is trusted for the sample and for nothing
else. Install the bundle to see how it is fetched, proven, tested and activated.
"""


def _update_entry(manifest: Manifest) -> str:
    return f"""{_heading(manifest, "action")}
{manifest.bundle.runtime} {manifest.release.upstream_version} is out; the revision that you have stays one click away.
- bundles: {manifest.bundle.id}
- action: update
The sample publishes it once its first revision is installed. *Update* activates it, *Roll back* returns to the one
before, without fetching anything again.
"""


def _heading(manifest: Manifest, severity: str) -> str:
    issued_at = manifest.release.issued_at
    day = issued_at.date().isoformat() if issued_at else "1970-01-01"
    return f"### {day} · {manifest.channel} r{manifest.channel_revision} · {severity}"
