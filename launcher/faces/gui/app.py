"""`arw-launcher`: starts the desktop app."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLoggingCategory
from PySide6.QtWidgets import QApplication

from launcher.faces.gui.bug_dialog import report_bugs
from launcher.faces.gui.garbage import keep_collections_short
from launcher.faces.gui.single_instance import SingleInstance
from launcher.faces.gui.theme import follow_system
from launcher.faces.gui.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str]) -> int:
    """Show the window until it is closed, or raise the one that is there already; return the exit status.

    Args:
        argv: ``--sample``, ``--bundle-from DIR_OR_ARCHIVE`` and ``--dest DIR``; Qt takes its own.
    """
    app = QApplication([sys.argv[0], *argv])
    app.setApplicationName("arw-launcher")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("arw-launcher")
    app.setStyle("Fusion")
    flags, build = parse_arguments(app.arguments()[1:]) if argv else ([], None)
    instance = SingleInstance(flags)
    if instance.knock():
        return 0
    instance.listen()
    report_bugs()
    _hush_qt()
    follow_system(app)
    window = MainWindow(flags, build=build)
    keep_collections_short(window)
    instance.knocked.connect(window.come_to_front)
    app.setQuitOnLastWindowClosed(False)  # the window may close and its jobs, or the tray, go on
    window.left.connect(app.quit)
    window.show()
    status = app.exec()
    # Now and not at the interpreter's end, when the order in which Qt's objects go is anybody's guess.
    window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return status


def _hush_qt() -> None:
    """Keep stderr for what matters.

    Under a screen reader Qt complains of each text that changes and can be selected, and of each reader that asks for
    what has just gone.
    """
    QLoggingCategory.setFilterRules("qt.accessibility.atspi.warning=false")


def parse_arguments(arguments: Sequence[str]) -> tuple[list[str], str | None]:
    """Return the global flags for the workers, and the local build that joins the sample.

    Raises:
        SystemExit: The command line makes no sense, or help was asked for.
    """
    import argparse  # noqa: PLC0415 - start-up time; most starts have no flags

    parser = argparse.ArgumentParser(prog="arw-launcher", description="Installs and runs local inference runtimes.")
    parser.add_argument("--sample", action="store_true", help="work with the sample registry and its own store")
    parser.add_argument("--dest", metavar="DIR", help="the store to work on instead of the usual one")
    parser.add_argument(
        "--bundle-from", metavar="DIR_OR_ARCHIVE", help="with --sample: a locally built runtime that joins the registry"
    )
    said = parser.parse_args(arguments)
    if said.bundle_from and not said.sample:
        parser.error("--bundle-from goes with --sample")
    flags = [*(["--sample"] if said.sample else []), *(["--dest", said.dest] if said.dest else [])]
    return flags, said.bundle_from
