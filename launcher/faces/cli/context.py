"""What a command is given, and what it gives back."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping, Sequence

    from launcher.app import Launcher
    from launcher.domain.errors import LauncherError
    from launcher.domain.progress import Observer
    from launcher.faces.cli.terminal import Style


class Screen(NamedTuple):
    """Where text is shown."""

    style: Style
    width: int
    is_pretty: bool


class Outcome(NamedTuple):
    """What a command that came to an end has to say.

    Attributes:
        result: The object that ``--json`` prints.
        lines: Lays the same out for people.
        error: Why the command failed although there is a result, e.g. an audit that found something.
        rows: Parts of ``result`` that the event stream carries one a line: the kind of row, and its key there.
    """

    result: Mapping[str, Any]
    lines: Callable[[Screen], Sequence[str]]
    error: LauncherError | None = None
    rows: Mapping[str, str] = {}


class Context:
    """What a command works with."""

    def __init__(
        self, arguments: Namespace, environ: Mapping[str, str], observer: Observer, warn: Callable[[str], None]
    ) -> None:
        """Keep what was said (``arguments``), who is told, and how to warn."""
        self.arguments = arguments
        self.environ = environ
        self.observer = observer
        self.warn = warn

    @cached_property
    def launcher(self) -> Launcher:
        """The core, wired for what was said; made when a command first needs it.

        Raises:
            LauncherError: The settings or the folders of this machine cannot be used.
        """
        from launcher.app import open_launcher  # noqa: PLC0415 - start-up time; help and completion do not need it

        said = self.arguments
        catalog_dir = getattr(said, "dir", None)
        return open_launcher(
            sample=said.sample or said.command == "sample",
            dest=Path(said.dest) if said.dest else None,
            catalog_dir=Path(catalog_dir) if catalog_dir else None,
            catalog=getattr(said, "catalog", None),
            bundle_from=Path(said.bundle_from) if getattr(said, "bundle_from", None) else None,
            environ=self.environ,
        )
