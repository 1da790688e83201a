"""What the system says of the connection to the network."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Connection(QObject):
    """Whether the connection costs by the byte; where the system cannot tell, it does not.

    The system is asked with the first question and not before, since that takes time that the start has not.

    Signals:
        changed: It costs now, or no longer.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Ask nothing yet."""
        super().__init__(parent)
        self._is_asked = False

    def is_metered(self) -> bool:
        """Tell whether it costs; from the first question on, `changed` tells when that is another way."""
        from PySide6.QtNetwork import QNetworkInformation  # noqa: PLC0415 - start-up time: after the first paint

        if not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Metered):
            return False
        information = QNetworkInformation.instance()
        if not self._is_asked:
            self._is_asked = True
            information.isMeteredChanged.connect(self.changed)
        return information.isMetered()
