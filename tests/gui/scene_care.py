"""Pictures of Health and Settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from launcher.domain.settings import SETTINGS
from launcher.faces.gui.setting_row import SettingRow
from tests.gui import scene
from tests.gui.scene_runtimes import recent
from tests.gui.studio import settle

if TYPE_CHECKING:
    from tests.gui.screenshots import Scene
    from tests.gui.studio import Studio

SUMMARY: Final = {
    "total": 2, "with_manifest": 2, "verified": 2, "failed": 0, "warnings": 0, "missing_signatures": 0, "trusted": 2,
    "rejected": 0, "trust_shortfall": 0, "ok": True, "enforced": True,
}  # fmt: skip
SOUND: Final = {
    "name": "Disk",
    "status": "ok",
    "sentence": "111.8 GiB of 465.7 GiB are free.",
    "act": None,
    "command": None,
    "path": None,
    "error": None,
}


SIGNER: Final = {
    "key_id": "preview-bundle-signing",
    "issuer": "bundle-ci@arw",
    "channels": ["preview"],
    "state": "valid",
    "not_before": None,
    "expires_at": "2027-01-01T00:00:00Z",
    "days_left": 38,
}
EXPIRING: Final = {
    **SIGNER,
    "key_id": "nightly-bundle-signing",
    "channels": ["nightly"],
    "state": "expiring",
    "expires_at": "2026-12-03T00:00:00Z",
    "days_left": 9,
}


def open_health(studio: Studio, **summary: Any) -> QWidget:  # noqa: ANN401 - whatever a summary holds
    bundles = [scene.installed(name="llama.cpp for CPU"), *scene.workshop()[2:]]
    signatures = {**SUMMARY, **summary}
    studio.stage.script("list", scene.overview(bundles, catalogs=[recent()], signature_summary=signatures))
    registry = {"path": "/etc/arw/bundle_signers.json", "signers": [SIGNER, EXPIRING], "problem": None}
    studio.stage.script("keys", [scene.outcome(result=registry)])
    studio.open()
    return studio.go("health")


def ask(studio: Studio, text: str) -> None:
    studio.press(text)
    studio.wait_for_quiet()


def health_sound(studio: Studio) -> None:
    checked = {"checked_files": 128, "checked_bytes": 48_200_000, "faults": []}
    studio.stage.script("audit", [scene.outcome(result={"ok": True, "items": [checked]})])
    studio.stage.script("doctor", [scene.outcome(result={"ok": True, "checks": [SOUND]})])
    open_health(studio)
    ask(studio, "Audit everything")
    ask(studio, "Check this machine")


def health_problems(studio: Studio) -> None:
    hint = "Install it again, or roll back to a revision that is whole."
    fault = {"code": "damaged-revision", "message": "`bin/llama-server` is not what was signed.", "hint": hint}
    checked = {"checked_files": 128, "checked_bytes": 48_200_000, "faults": [fault]}
    found = scene.outcome("failed", error=fault, result={"ok": False, "items": [checked]})
    studio.stage.script("audit", [found])
    expiring = {
        "name": "Signers",
        "status": "warning",
        "sentence": "`nightly-bundle-signing` of bundle-ci@arw expires 2026-12-03T00:00:00Z.",
        "act": "Ask who runs the channel for a new signer registry.",
        "command": None,
        "path": "/etc/arw/bundle_signers.json",
        "error": None,
    }
    error = {"code": "no-connection", "message": "The proxy `10.0.0.1:3128` does not answer."}
    broken = {**SOUND, "name": "Network", "status": "broken", "sentence": error["message"], "error": error}
    studio.stage.script("doctor", [scene.outcome(result={"ok": True, "checks": [SOUND, expiring, broken]})])
    open_health(studio, ok=False, trusted=1, missing_signatures=1, enforced=False)
    ask(studio, "Audit everything")
    ask(studio, "Check this machine")


def health_disk(studio: Studio) -> None:
    removed = {"id": scene.LLAMA_CPU, "revision": scene.OLD, "size_bytes": 46_900_000}
    studio.stage.script("prune", [scene.outcome(result={"removed": [removed], "kept": [], "freed_bytes": 31_000_000})])
    screen = open_health(studio)
    ask(studio, "What could go?")
    scroll(screen, 1.0)


def scroll(screen: QWidget, share: float) -> None:
    """Scroll a screen to a part of its height."""
    settle()
    bar = max((area.verticalScrollBar() for area in screen.findChildren(QScrollArea)), key=lambda bar: bar.maximum())
    bar.setValue(round(bar.maximum() * share))


def setting_views() -> list[dict[str, object]]:
    values: dict[str, object] = {"channels": ["preview"], "require_signed": True}
    return [
        {
            "name": setting.name,
            "value": values.get(setting.name, _plain(setting.default)),
            "default": _plain(setting.default),
            "is_default": setting.name not in values,
            "kind": setting.kind,
            "allowed": setting.allowed,
            "choices": list(setting.choices),
            "ruled_by": "`ARW_REQUIRE_SIGNED_BUNDLES`" if setting.name == "require_signed" else None,
            "sentence": setting.sentence,
        }
        for setting in SETTINGS
    ]


def open_settings(studio: Studio) -> QWidget:
    studio.stage.script("list", scene.overview(scene.workshop(), catalogs=[recent()]))
    studio.stage.script("settings", [scene.outcome(result={"settings": setting_views()})])
    studio.open()
    screen = studio.go("settings")
    studio.wait_for_quiet()
    return screen


def settings_top(studio: Studio) -> None:
    open_settings(studio)


def settings_middle(studio: Studio) -> None:
    scroll(open_settings(studio), 0.5)


def settings_bottom(studio: Studio) -> None:
    scroll(open_settings(studio), 1.0)


def settings_refused(studio: Studio) -> None:
    """A value that cannot be."""
    error = {"code": "bad-setting", "message": "`keep_newest` cannot be `2`.", "expected": "an integer from 5 up"}
    screen = open_settings(studio)
    calls = len(studio.stage.calls("settings"))
    studio.stage.script("settings", [scene.outcome("failed", error=error)], call=calls + 1)
    row = next(row for row in screen.findChildren(SettingRow) if row.name == "keep_newest")
    line = row.findChildren(QLineEdit)[0]
    line.setText("2")
    line.returnPressed.emit()
    studio.wait(lambda: len(studio.stage.calls("settings")) > calls and not studio.shown.queue.jobs)
    area = next(area for area in screen.findChildren(QScrollArea) if area.isAncestorOf(line))
    area.ensureWidgetVisible(line, 0, area.height() // 2)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


SCENES: Final[tuple[Scene, ...]] = (
    health_sound,
    health_problems,
    health_disk,
    settings_top,
    settings_middle,
    settings_bottom,
    settings_refused,
)
