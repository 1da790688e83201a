"""The operators' pages, followed to the letter: their commands run as they stand, on machines as they describe them."""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.offline_machine import offline_machine
from tests.e2e.program import Program
from tests.packing import runtime_tree
from tests.registry import LLAMA, THIS_ARCH, THIS_OS, Offer, Registry

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif((THIS_OS, THIS_ARCH) != ("linux", "x86_64"), reason="the pages name Linux x86_64")

ROOT = Path(__file__).parents[2]
BANNER = "### 2026-11-18 · preview r2 · action\nRead this before you update.\n- action: none\nMore text."
DONE, FAILED = 0, 1


def blocks(page: str, heading: str) -> list[list[str]]:
    """Return the commands below a heading, block by block, without their comments."""
    text = (ROOT / "docs" / "how-to" / page).read_text(encoding="utf-8")
    section = re.split(rf"^#+ {re.escape(heading)}$", text, maxsplit=1, flags=re.MULTILINE)[1]
    section = re.split(r"^#", section, maxsplit=1, flags=re.MULTILINE)[0]
    found = [re.findall(r"^ {4}(arw-cli .*)$", block, re.MULTILINE) for block in section.split("\n\n")]
    return [commands for commands in found if commands]


class Operator:
    """Somebody at the shell of a machine whose PATH has `arw-cli`, in a folder with a stick and a server's folder."""

    def __init__(self, program: Program, folder: Path) -> None:
        self.folder = folder
        programs = folder / "programs"
        programs.mkdir(parents=True)
        launch = programs / "arw-cli"
        launch.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m launcher cli \"$@\"\n")
        launch.chmod(0o755)
        self._prefix = program.prefix
        self._environ = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            **program.environ,
            "PATH": f"{programs}:{os.environ['PATH']}",
        }
        self.places: dict[str, str] = {}

    def types(self, command: str, status: int = DONE) -> str:
        """Type a command as it stands, but for the places that it names."""
        for place, here in self.places.items():
            command = command.replace(place, here)
        done = subprocess.run(
            [*self._prefix, "sh", "-c", command],
            cwd=self.folder,
            env=self._environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == status, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def active(self) -> str:
        """Return what the active runtime says of itself."""
        return self.types(f'"$(arw-cli runtime bundles path {LLAMA})/llama-server" --version').strip()


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    with Registry(tmp_path / "registry") as registry:
        registry.publish(Offer(tree=runtime_tree("b1"), version="b1"))
        registry.announce(BANNER)
        yield registry


@pytest.fixture
def online(registry: Registry, tmp_path: Path) -> Operator:
    """A machine with a network, and a bundle from it."""
    operator = Operator(Program({"ARW_RUNTIME_BUNDLE_SIGNERS": str(registry.signers_path)}), tmp_path / "online")
    operator.types(f"arw-cli runtime bundles source add {registry.catalog_url}")
    operator.types(f"arw-cli runtime bundles install {LLAMA}")
    return operator


def publish(registry: Registry, online: Operator, version: str) -> None:
    registry.publish(Offer(tree=runtime_tree(version), version=version))
    online.types("arw-cli runtime bundles update")


def machine(name: str, registry: Registry, tmp_path: Path) -> Operator:
    """Return somebody on a machine without a network."""
    return Operator(offline_machine(tmp_path / name, registry.signers_path), tmp_path / name / "work")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_arguments: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()


def test_export_and_import(registry: Registry, online: Operator, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    online.places["/media/stick"] = str(stick)
    (to_file,), (to_folder,) = blocks("offline.md", "Export")
    online.types(to_file)
    online.types(to_folder)
    assert (stick / "runtimes.arwcache").is_file()
    assert (stick / "runtimes" / "arwcache.json").is_file()

    away = machine("away", registry, tmp_path)
    away.places["/media/stick"] = str(stick)
    importing, using, updating = blocks("offline.md", "Import")
    said = [away.types(command) for command in (*importing, *using)]
    assert "accepted" in said[0]
    assert "Nothing was written." in said[0]
    assert "Read this before you update." in said[-1]
    assert away.active() == "version: b1"

    publish(registry, online, "b2")
    online.types(to_file)
    *bringing, back = updating
    for command in bringing:
        away.types(command)
    assert away.active() == "version: b2"
    away.types(back)
    assert away.active() == "version: b1"


def test_archives_instead_of_an_export(registry: Registry, tmp_path: Path) -> None:
    ((command,),) = blocks("offline.md", "Archives instead of an export")
    away = machine("away", registry, tmp_path)
    manifest, archive = command.split()[-2:]
    shutil.copy(registry.manifest_path(), away.folder / manifest)
    shutil.copy(registry.archive_path(), away.folder / archive)
    assert "accepted" in away.types(command)
    away.types(f"arw-cli runtime bundles install {LLAMA}")
    assert away.active() == "version: b1"


@pytest.mark.parametrize("way", ["folder", "server"])
def test_follow_a_folder(registry: Registry, online: Operator, tmp_path: Path, way: str) -> None:
    folder = tmp_path / "srv"
    online.types(f"arw-cli runtime bundles export --output {folder}/")
    (add, plan, install, update), (add_server,) = blocks("offline.md", "Follow a folder")
    with served(folder) as url:
        if way == "folder":
            away = machine("away", registry, tmp_path)
            away.places["file:///srv/runtimes/"] = f"{folder.as_uri()}/"
            away.types(add)
        else:  # the address of a server is for a machine that has a network
            environ = offline_machine(tmp_path / "inside", registry.signers_path).environ
            environ.pop("PYTHONPATH", None)
            away = Operator(Program(environ), tmp_path / "inside" / "work")
            away.places["https://intranet.example/runtimes/"] = url
            away.types(add_server)
        away.types(plan)
        away.types(f"arw-cli runtime bundles path {LLAMA}", FAILED)
        away.types(install)
        assert away.active() == "version: b1"
        publish(registry, online, "b2")
        online.types(f"arw-cli runtime bundles export --output {folder}/")
        away.types(update)
        assert away.active() == "version: b2"


def test_long_term_storage(registry: Registry, online: Operator) -> None:
    publish(registry, online, "b2")
    (export,), (audit,) = blocks("offline.md", "Long-term storage")
    online.types(export)
    assert online.types(audit).count(LLAMA) == 2
    file = online.folder / export.split()[-1]
    content = bytearray(file.read_bytes())
    content[-3000] ^= 1
    file.write_bytes(content)
    online.types(audit, FAILED)


def test_going_back(registry: Registry, online: Operator) -> None:
    publish(registry, online, "b2")
    looking, trying, naming = blocks("roll-back.md", "On the command line")
    revisions = re.findall(r"rev-\d{8}T\d{6}Z", [online.types(command) for command in looking][-1])
    plan, back = trying
    online.types(plan)
    assert online.active() == "version: b2"
    online.types(back)
    assert online.active() == "version: b1"
    online.places["rev-20251009T231500Z"] = revisions[0]
    online.types(naming[0])
    assert online.active() == "version: b2"


def test_a_damaged_revision(online: Operator) -> None:
    ((audit, repair),) = blocks("roll-back.md", "A damaged revision")
    payload = Path(online.types(f"arw-cli runtime bundles path {LLAMA}").strip())
    (payload / "LICENSE").write_bytes(b"changed")
    assert "LICENSE" in online.types(audit, FAILED)
    online.types(repair)
    online.types(audit)
