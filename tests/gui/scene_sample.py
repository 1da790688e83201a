"""The sample registry's way of a bundle, as docs/tutorial.md tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.gui import scene
from tests.gui.studio import hours_ago

if TYPE_CHECKING:
    from launcher.domain.views import BundleView, RevisionView, TrustView
    from tests.gui.screenshots import Scene
    from tests.gui.studio import Studio

FIRST, SECOND = "v1.5.5+cli.0.0.2", "v1.5.5+cli.0.0.3"
REVISIONS = {FIRST: "rev-20261123T090000Z", SECOND: "rev-20261123T091500Z"}


def sample_trust() -> TrustView:
    return scene.trust(
        sentence="Signed by sample@this-machine, key sample-signing, trusted for preview until 2027-11-23.",
        issuer="sample@this-machine",
        key_id="sample-signing",
    )


def revision(version: str, **more: object) -> RevisionView:
    number = 1 if version == FIRST else 2
    path = f"/home/ada/.cache/arw/sample/bundles/{scene.WHISPER_CPU}/revisions/{REVISIONS[version]}/payload"
    return scene.revision(
        REVISIONS[version], version, number, size_bytes=1_500_000, signature=sample_trust(), path=path, **more
    )


def whisper(active: str | None, offered: str, *others: RevisionView) -> BundleView:
    best = scene.reason("recommended", "Recommended: CPU, because it needs no GPU.")
    now = revision(active, is_active=True) if active else None
    state = "not-installed" if active is None else "update-available" if not others and active != offered else "active"
    return scene.bundle(
        scene.WHISPER_CPU,
        name="whisper.cpp (CPU)",
        description="Speech recognition: the command line program of whisper.cpp.",
        state=state,
        is_recommended=True,
        reasons=[best],
        signature=sample_trust(),
        offered_upstream_version=offered,
        offered_channel_revision=1 if offered == FIRST else 2,
        download_bytes=612_363,
        active=now,
        rollback_target=others[0] if others else None,
        revisions=[*others, *([now] if now else [])],
        is_update_held=any(other["is_held"] for other in others),
        modalities=["audio"],
        notes=["The program of a wheel, repacked on this machine."],
    )


def show(studio: Studio, bundle: BundleView, title: str, severity: str = "info") -> None:
    catalog = scene.catalog(path="sample", fetched_at=hours_ago(0))
    banner = scene.banner(severity, title=title)
    studio.stage.script("list", scene.overview([bundle], catalogs=[catalog], banners=[banner]))


def sample_start(studio: Studio) -> None:
    show(studio, whisper(None, FIRST), f"whisper.cpp {FIRST} is on the sample registry of this machine.")
    studio.open("--sample")


def sample_update(studio: Studio) -> None:
    title = f"whisper.cpp {SECOND} is out; the revision that you have stays one click away."
    show(studio, whisper(None, FIRST), title, "action")
    probe = "usage: whisper-cpp [options] file0.wav file1.wav ..."
    result = {"installed": [{"upstream_version": FIRST, "fetch_bytes": 612_363, "probe": probe}]}
    studio.stage.script("install", [scene.outcome(result=result)])
    studio.open("--sample")
    show(studio, whisper(FIRST, SECOND), title, "action")
    studio.press(f"Install {FIRST}")
    studio.wait(lambda: studio.stage.calls("install") and not studio.shown.queue.jobs)


def sample_rolled_back(studio: Studio) -> None:
    title = f"whisper.cpp {SECOND} is out; the revision that you have stays one click away."
    show(studio, whisper(SECOND, SECOND, revision(FIRST, is_previous=True)), title, "action")
    result = {
        "revision": REVISIONS[FIRST],
        "upstream_version": FIRST,
        "replaces": REVISIONS[SECOND],
        "replaces_upstream_version": SECOND,
        "is_held": True,
    }
    studio.stage.script("rollback", [scene.outcome(result=result)])
    studio.open("--sample")
    show(studio, whisper(FIRST, SECOND, revision(SECOND, is_held=True, is_previous=True)), title, "action")
    studio.press(f"Roll back to {FIRST}")
    studio.wait(lambda: studio.stage.calls("rollback") and not studio.shown.queue.jobs)


SCENES: Final[tuple[Scene, ...]] = (sample_start, sample_update, sample_rolled_back)
