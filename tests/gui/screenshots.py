"""Pictures of the window in every state, in both schemes.

    python -m tests.gui.screenshots renew [NAME…]      the baselines that `test_pictures` compares with
    python -m tests.gui.screenshots docs [NAME…]       those of README and tutorial, in all their colours
    python -m tests.gui.screenshots show DIR [NAME…]   all of them, in a folder, to be looked at

`show` takes `language=de`, `text=28` (pixels) and `direction=rtl` among the names, to see what becomes of longer words.
A name chooses the scenes that have it in theirs. One state is painted in both schemes, as when a person switches.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from tests.gui.studio import Studio

    Scene = Callable[[Studio], QWidget | None]

ROOT: Final = Path(__file__).resolve().parents[2]
BASELINES: Final = Path(__file__).with_name("baselines")
DOCS: Final = ROOT / "docs" / "screenshots"
SCHEMES: Final = ("light", "dark")
GROUPS: Final[tuple[str, ...]] = ("runtimes", "problems", "screens", "care", "dialogs", "large")
EVERYTHING: Final = (*GROUPS, "sample")
# The pictures that pages show; nobody compares them.
SHOWN: Final = (
    "activity-dark", "activity-light", "health-sound-light", "installing-dark", "notices-list-light",
    "run-healthy-dark", "run-healthy-light", "runtimes-dark", "runtimes-light", "sample-rolled-back-light",
    "sample-start-light", "sample-update-light", "settings-top-light", "wrong-hash-light",
)  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Take the pictures that are asked for, each group of scenes in a process of its own surroundings."""
    match arguments:
        case ["renew", *names]:
            return take_all(GROUPS, "small", BASELINES, names)
        case ["docs", *names]:
            return take_all(EVERYTHING, "full", DOCS, names or SHOWN)
        case ["show", folder, *words]:
            said = (f"PICTURE_{word}".upper().partition("=") for word in words if "=" in word)
            os.environ.update({name: value for name, _, value in said})  # for `Studio`
            names = [word for word in words if "=" not in word]
            return take_all(EVERYTHING, "full", Path(folder).absolute(), names)
        case ["take", group, how, folder, *names]:
            return take(group, how, Path(folder), names)
        case _:
            print(__doc__, file=sys.stderr)
            return 2


def take_all(groups: Sequence[str], how: str, out: Path, names: Sequence[str]) -> int:
    """Take the pictures of several groups; 0 only if all of them were."""
    return max([take_apart(group, how, out, *names) for group in groups])


def take_apart(group: str, how: str, out: Path, *names: str) -> int:
    """Take the pictures of a group in a process of its own, and return its exit status."""
    from tests.gui.studio import surroundings  # noqa: PLC0415 - Qt, which `--help` does not need

    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "tests.gui.screenshots", "take", group, how, str(out), *names]
        return subprocess.run(command, cwd=ROOT, env=surroundings(Path(home)), check=False).returncode


def take(group: str, how: str, out: Path, names: Sequence[str]) -> int:
    """Take the pictures of a group here, and save them."""
    from tests.gui.picture_files import save, save_small  # noqa: PLC0415 - Qt, in these surroundings only

    for name, picture in pictures(group, names):
        (save_small if how == "small" else save)(picture, out / f"{name}.png")
        print(name, flush=True)
    return 0


def pictures(group: str, names: Sequence[str]) -> Iterator[tuple[str, QImage]]:
    """Yield the pictures of a group whose names have one of ``names`` in them; all of them where there is none."""
    from launcher.faces.gui.theme import apply_scheme  # noqa: PLC0415 - see `take`
    from tests.gui.studio import Studio, furnish, picture_of, settle  # noqa: PLC0415 - the same

    app = furnish()
    for scene in scenes(group):
        name = name_of(scene)
        wanted = [f"{name}-{scheme}" for scheme in SCHEMES]
        wanted = [full for full in wanted if not names or any(part in full for part in names)]
        if not wanted:
            continue
        with tempfile.TemporaryDirectory() as folder:
            for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
                os.environ[variable] = folder
            Studio.dress(app)
            studio = Studio(Path(folder))
            widget = scene(studio) or studio.shown
            for full in wanted:
                apply_scheme(app, is_dark=full.endswith("dark"))
                settle()
                yield full, picture_of(widget)
            studio.close()


def scenes(group: str) -> tuple[Scene, ...]:
    """Return the scenes of a group."""
    import importlib  # noqa: PLC0415 - as late as what it imports

    found: tuple[Scene, ...] = importlib.import_module(f"tests.gui.scene_{group}").SCENES
    return found


def name_of(scene: Scene) -> str:
    """Return a scene's name, as files have it."""
    return scene.__name__.replace("_", "-")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
