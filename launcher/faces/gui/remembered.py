"""How the window was left, so that it comes back the same way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QByteArray, QSettings

if TYPE_CHECKING:
    from pathlib import Path


MAX_MODELS: Final = 8


class Remembered:
    """A small file beside the settings. It holds nothing that could not be lost; a damaged one counts as empty."""

    def __init__(self, path: Path) -> None:
        """Read and write ``path``."""
        self._kept = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def geometry(self) -> QByteArray:
        """Size and place of the window, as `QWidget.saveGeometry` returns it; empty at first."""
        value = self._kept.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._kept.setValue("geometry", value)

    @property
    def screen(self) -> str:
        """The key of the screen that was shown last; empty at first."""
        return str(self._kept.value("screen", ""))

    @screen.setter
    def screen(self, key: str) -> None:
        self._kept.setValue("screen", key)

    @property
    def appearance(self) -> str:
        """The setting of that name as it was last read, for the first paint: ``system``, ``light`` or ``dark``."""
        return str(self._kept.value("appearance", "system"))

    @appearance.setter
    def appearance(self, value: str) -> None:
        self._kept.setValue("appearance", value)

    @property
    def language(self) -> str:
        """The setting of that name as it was last read, for the first texts: ``system`` or a language."""
        return str(self._kept.value("language", "system"))

    @language.setter
    def language(self, value: str) -> None:
        self._kept.setValue("language", value)

    @property
    def list_filter(self) -> dict[str, Any]:
        """What the list of bundles showed and in which order, as `arrange.Filter` takes it; empty at first."""
        try:
            value = json.loads(str(self._kept.value("filter", "{}")))
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    @list_filter.setter
    def list_filter(self, value: dict[str, Any]) -> None:
        self._kept.setValue("filter", json.dumps(value))

    @property
    def model_folder(self) -> str:
        """The folder whose models the Run screen offers; empty for none."""
        return str(self._kept.value("model_folder", ""))

    @model_folder.setter
    def model_folder(self, path: str) -> None:
        self._kept.setValue("model_folder", path)

    @property
    def fetched(self) -> dict[str, int]:
        """The channel revisions of updates that were downloaded for later, by bundle."""
        try:
            kept = json.loads(str(self._kept.value("fetched", "{}")))
            return {str(name): int(number) for name, number in kept.items()}
        except (ValueError, TypeError, AttributeError):
            return {}

    def add_fetched(self, bundle_id: str, channel_revision: int | None) -> None:
        """Note that an update was downloaded."""
        if channel_revision is not None:
            self._kept.setValue("fetched", json.dumps({**self.fetched, bundle_id: channel_revision}))

    @property
    def models(self) -> list[str]:
        """The model files that were started last, newest first."""
        value = self._kept.value("models", [])
        # A list of one comes back from the file as its one text.
        return [value] if isinstance(value, str) else [str(path) for path in value] if isinstance(value, list) else []

    def add_model(self, path: str) -> None:
        """Put a model file in front."""
        self._kept.setValue("models", [path, *(other for other in self.models if other != path)][:MAX_MODELS])
