"""Records what an operation does to a folder: a program that takes a `Job`, the folder, and the file of the record.

Before each call that changes a disk the interpreter tells (sys.addaudithook), the folder is looked at again, and what
is different is one step. Contents have no such call and are found with the next one. Only the syncs are replaced: they
are noted and not done, which makes recording quick. What is imported decides whose launcher is recorded, so that a
copy of it with a fault can be recorded as well.
"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from launcher.store import durable, objects
from tests.crash import runner
from tests.crash.power_model import ROOT, Name, Naming, Node, Recording, Step, Syncing, Writing

if TYPE_CHECKING:
    from tests.crash.runner import Job

_CHANGING = {"open", "os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.symlink", "os.truncate"}


class Recorder:
    """Looks at a folder and notes what changed."""

    def __init__(self, root: Path) -> None:
        """Look at ``root`` for the first time."""
        self.nodes: dict[int, Node] = {ROOT: Node("folder", 0o700)}
        self.steps: list[Step] = []
        self._root = root
        self._numbers: dict[int, int] = {root.stat().st_ino: ROOT}  # by inode, as long as it has a name
        self._names: dict[Name, int] = {}
        self._contents: dict[int, bytes] = {}
        self._looking = threading.local()
        self._lock = threading.Lock()
        self.look()
        self.before, self.steps = self.steps, []

    def on_event(self, event: str, arguments: tuple[object, ...]) -> None:
        """Look again before a call that changes a disk."""
        if event not in _CHANGING or getattr(self._looking, "now", False):
            return
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        self.look()

    def sync_file(self, descriptor: int) -> None:
        """Note the sync of one file or folder."""
        self.look()
        number = self._numbers.get(os.fstat(descriptor).st_ino)
        if number is not None:
            self.steps.append(Syncing(number))

    def sync_everything(self, root: Path) -> None:
        """Note the sync of the file system that a folder is on."""
        del root
        self.look()
        self.steps.append(Syncing(None))

    def look(self) -> None:
        """Note as steps what is different since the last time."""
        with self._lock:
            self._looking.now = True
            names: dict[Name, int] = {}
            contents: dict[int, bytes] = {}
            inodes: dict[int, int] = {self._root.stat().st_ino: ROOT}
            self._look_into(self._root, ROOT, names, contents, inodes)
            changed = {name: names.get(name) for name in self._names.keys() | names.keys()}
            changed = {name: node for name, node in changed.items() if node != self._names.get(name)}
            if changed:
                self.steps.append(Naming(changed))
            for node, content in contents.items():
                if content != self._contents.get(node, b""):
                    self.steps.append(Writing(node, content))
            self._names, self._contents, self._numbers = names, contents, inodes
            self._looking.now = False

    def _look_into(
        self, folder: Path, number: int, names: dict[Name, int], contents: dict[int, bytes], inodes: dict[int, int]
    ) -> None:
        for path in sorted(folder.iterdir()):
            facts = path.lstat()
            node = inodes[facts.st_ino] = self._number_of(facts, inodes)
            names[Name(number, path.name)] = node
            mode = stat.S_IMODE(facts.st_mode)
            if stat.S_ISLNK(facts.st_mode):
                self.nodes[node] = Node("link", mode, str(path.readlink()))
            elif stat.S_ISDIR(facts.st_mode):
                self.nodes[node] = Node("folder", mode)
                self._look_into(path, node, names, contents, inodes)
            else:
                self.nodes[node] = Node("file", mode)
                contents[node] = path.read_bytes()

    def _number_of(self, facts: os.stat_result, inodes: dict[int, int]) -> int:
        # An inode that lost its last name is another one when it comes again.
        number = inodes.get(facts.st_ino, self._numbers.get(facts.st_ino))
        return len(self.nodes) if number is None else number


def record(job: Job, folder: Path, place: Path, checkout: Path) -> Recording:
    """Run a job with the launcher of a checkout, in a process of its own; return what it did to a folder.

    Args:
        job: What to do; it must succeed.
        folder: The store, or where it exports to.
        place: A file for the record.
        checkout: Where ``launcher`` and ``tests`` lie.
    """
    command = [sys.executable, "-m", "tests.crash.power_recording", str(folder), str(place)]
    subprocess.run(command, cwd=checkout, input=runner.as_line(job), text=True, check=True, timeout=300)
    raw = json.loads(place.read_bytes())
    nodes = {int(number): Node(*node) for number, node in raw["nodes"].items()}
    return Recording(nodes, [_load_step(step) for step in raw["before"]], [_load_step(step) for step in raw["steps"]])


def _dump_step(step: Step) -> list[Any]:
    match step:
        case Naming(names):
            return ["naming", [[*name, node] for name, node in names.items()]]
        case Writing(node, content):
            return ["writing", node, content.hex()]
        case Syncing(node):
            return ["syncing", node]


def _load_step(raw: list[Any]) -> Step:
    kind, *values = raw
    if kind == "naming":
        return Naming({Name(folder, name): node for folder, name, node in values[0]})
    if kind == "writing":
        return Writing(values[0], bytes.fromhex(values[1]))
    return Syncing(values[0])


def main() -> None:
    """Do the job on standard input and write down what it did."""
    if Path.cwd() not in Path(durable.__file__).parents:
        raise ImportError("another launcher than this folder's was imported")
    job = runner.Job(**json.loads(sys.stdin.readline()))
    recorder = Recorder(Path(sys.argv[1]))
    objects.SHARED_FROM_BYTES = runner.SHARED_FROM_BYTES  # type: ignore[misc]
    os.fsync = recorder.sync_file  # type: ignore[assignment]  # a descriptor is all that the store gives
    durable._sync_file_system = recorder.sync_everything
    sys.addaudithook(recorder.on_event)
    runner.operate(job)
    recorder.look()
    result = {
        "nodes": recorder.nodes,
        "before": [_dump_step(step) for step in recorder.before],
        "steps": [_dump_step(step) for step in recorder.steps],
    }
    Path(sys.argv[2]).write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main()
