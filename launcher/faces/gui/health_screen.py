"""The Health screen: signatures, files, disk and machine, each with its state and what helps (7-screens)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.faces.gui.health_audit import AuditCard
from launcher.faces.gui.health_disk import DiskCard
from launcher.faces.gui.health_doctor import DoctorCard
from launcher.faces.gui.health_signatures import SignaturesCard
from launcher.faces.gui.health_signers import SignersCard
from launcher.faces.gui.page import Page
from launcher.faces.gui.texts import translate

if TYPE_CHECKING:
    from launcher.faces.gui.screens import Desk


class HealthScreen(Page):
    """What is true of this machine's store, and whom it trusts."""

    def __init__(self, desk: Desk) -> None:
        """Show what ``desk`` reads."""
        super().__init__(
            translate("health", "Health"),
            translate("health", "Whether everything is as it was signed, what it takes on the disk, and what helps."),
        )
        signatures, disk = SignaturesCard(), DiskCard(desk)
        doctor = DoctorCard(desk)
        doctor.prune_asked.connect(lambda: self._preview(disk))
        for card in (doctor, AuditCard(desk), signatures, SignersCard(desk), disk):
            self.body.addWidget(card)
        for watching in (signatures, disk):
            desk.reader.changed.connect(watching.show_snapshot)
            if desk.reader.snapshot is not None:
                watching.show_snapshot(desk.reader.snapshot)

    def _preview(self, disk: DiskCard) -> None:
        self.area.ensureWidgetVisible(disk)
        disk.preview()
