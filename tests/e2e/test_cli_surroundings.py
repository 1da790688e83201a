"""What surrounds the program: other programs at its streams, terminals, homes that are not there."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.e2e.program import COMMAND, ROOT, Program, program_for
from tests.packing import runtime_tree
from tests.registry import LLAMA, Offer, Registry

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes, terminals and homes as on POSIX")

BUNDLES = ("runtime", "bundles")
# What no command may import that only reads this machine (2-architecture; 5-store, "What it costs").
SLOW_IMPORTS = {"PySide6", "httpcore", "httpx", "isal", "pydantic", "rich", "shtab", "truststore", "zstandard"}


@pytest.fixture
def arw(tmp_path: Path) -> Program:
    catalogs = tmp_path / "catalogs"
    catalogs.mkdir()
    return Program({"ARW_RUNTIME_BUNDLE_DIR": str(catalogs)})


def _imports(*arguments: str) -> set[str]:
    script = (
        "import sys; from launcher.faces.cli.main import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], env=environ, capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


def _on_terminal(arw: Program, *arguments: str) -> tuple[int, str]:
    """Run the program with a terminal for stdout and stderr; return its status and all that came."""
    leader, follower = pty.openpty()
    environ = {**os.environ, "PYTHONPATH": str(ROOT), **arw.environ, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(
        [*COMMAND, *BUNDLES, *arguments], env=environ, stdout=follower, stderr=follower, stdin=follower
    ) as process:
        os.close(follower)
        pieces = []
        while True:
            try:
                piece = os.read(leader, 65536)
            except OSError:  # how Linux says that the last one who held the terminal is gone
                break
            if not piece:
                break
            pieces.append(piece)
    os.close(leader)
    return process.returncode, b"".join(pieces).decode()


@pytest.mark.parametrize(
    "arguments", [("--help",), (*BUNDLES, "--help"), (*BUNDLES, "list"), (*BUNDLES, "path", LLAMA), (*BUNDLES, "lst")]
)
def test_reading_this_machine_imports_nothing_slow(arguments: tuple[str, ...]) -> None:
    assert _imports(*arguments).isdisjoint(SLOW_IMPORTS)


def test_the_command_line_is_a_part_of_the_program() -> None:
    answer = Program().run("--version")

    assert (answer.status, answer.out, answer.talk) == (0, "arw-cli 0.1.0\n", "")


def test_help_goes_to_stdout(arw: Program) -> None:
    answer = arw.bundles("install", "--help")

    assert (answer.status, answer.talk) == (0, "")
    assert "130  cancelled" in arw.run("--help").out
    assert "arw-cli runtime bundles install llama.cpp-preview/linux-x86_64-cpu --dry-run" in answer.out


def test_a_slip_is_answered_on_stderr_with_status_2(arw: Program) -> None:
    answer = arw.bundles("lst")

    assert (answer.status, answer.out) == (2, "")
    assert answer.talk.splitlines()[0] == "error[usage]: `arw-cli runtime bundles` knows no command `lst`."
    assert answer.talk.splitlines()[-1] == "  hint: Did you mean `list`?"


def test_a_slip_is_answered_in_json_where_that_was_asked_for(arw: Program) -> None:
    answer = arw.bundles("lst", "--json")

    assert (answer.status, answer.json["ok"], answer.json["error"]["code"]) == (2, False, "usage")


@pytest.mark.parametrize("arguments", [("list",), ("list", "--json"), ("list", "--events", "jsonl")])
def test_a_reader_that_has_seen_enough_is_no_error(arw: Program, arguments: tuple[str, ...]) -> None:
    running = arw.start(*arguments)
    assert running.process.stdout is not None
    running.process.stdout.close()
    with running.process as process:
        assert process.stderr is not None
        talk = process.stderr.read()

    assert talk == ""
    assert process.returncode in (1, 130)


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_without_a_stream_it_talks_to_nobody(arw: Program, closed: str) -> None:
    environ = {**os.environ, "PYTHONPATH": str(ROOT), **arw.environ}
    command = ["sh", "-c", f'"$@" {closed}', "sh", *COMMAND, *BUNDLES, "list"]

    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_text_in_any_language_is_printed_in_any_encoding(tmp_path: Path) -> None:
    registry = Registry(tmp_path / "registry")
    registry.publish(Offer(tree=runtime_tree(), more={"notes": ["Größe: 漢字"]}))

    answer = program_for(registry).bundles("list", "--pretty", PYTHONIOENCODING="ascii")

    assert (answer.status, answer.talk) == (0, "")
    assert "Gr\\xf6\\xdfe: \\u6f22\\u5b57" in answer.out


def test_a_hostile_catalog_cannot_steer_the_terminal(tmp_path: Path) -> None:
    registry = Registry(tmp_path / "registry")
    registry.publish(
        Offer(tree=runtime_tree(), more={"description": "a\x1b]0;owned\x07b\r\nc", "license": "\u202egnp"})
    )

    out = program_for(registry).bundles("list", "--pretty").out

    assert "a\\x1b]0;owned\\x07b\\r\\nc" in out
    assert "\\u202egnp" in out
    assert all(line.isprintable() for line in out.splitlines())


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion_is_printed_for_each_shell(arw: Program, shell: str) -> None:
    answer = arw.run("completion", shell)

    assert (answer.status, answer.talk) == (0, "")
    assert "rollback" in answer.out


def test_the_completion_of_bash_works(arw: Program, tmp_path: Path) -> None:
    script = tmp_path / "completion.bash"
    script.write_text(arw.run("completion", "bash").out)
    ask = (
        f'source "{script}"; COMP_WORDS=(arw-cli runtime bundles ro); COMP_CWORD=3; '
        '$(complete -p arw-cli | sed -E "s/.*-F ([^ ]+).*/\\1/") arw-cli ro bundles; echo "${COMPREPLY[@]}"'
    )

    done = subprocess.run(["bash", "--norc", "-c", ask], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["rollback"]


def test_without_a_home_it_still_answers(arw: Program) -> None:
    environ = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"), "")

    answer = arw.bundles("list", "--json", **environ)

    assert answer.status == 0, answer.talk
    assert answer.json["installations"] == []


def test_a_state_folder_that_cannot_be_written_stops_no_job(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    registry = Registry(tmp_path / "registry")
    registry.publish(Offer(tree=runtime_tree()))
    arw = Program({"ARW_RUNTIME_BUNDLE_SIGNERS": str(registry.signers_path), "XDG_STATE_HOME": str(blocked)})

    assert arw.bundles("install", LLAMA, "--dir", registry.root).status == 0


@pytest.mark.parametrize("store", ["file", "below-a-file"])
def test_a_store_that_is_no_folder_is_named(tmp_path: Path, store: str) -> None:
    (tmp_path / "file").write_text("x")
    registry = Registry(tmp_path / "registry")
    registry.publish(Offer(tree=runtime_tree()))
    arw = Program({"ARW_RUNTIME_BUNDLE_SIGNERS": str(registry.signers_path)})
    dest = tmp_path / "file" if store == "file" else tmp_path / "file" / "store"

    answer = arw.bundles("install", LLAMA, "--dir", registry.root, "--dest", dest, "--json")

    assert answer.status == 1
    assert answer.json["error"]["code"] in {"disk-failure", "unsafe-store", "no-permission"}
    assert str(dest) in answer.json["error"]["message"]


def test_damaged_settings_are_named(arw: Program, home: Path) -> None:
    settings = home / ".config" / "arw" / "settings.json"
    settings.parent.mkdir()
    settings.write_text("{")

    answer = arw.bundles("list", "--json")

    assert (answer.status, answer.json["error"]["code"]) == (1, "not-json")


def test_a_log_keeps_what_jobs_said_without_secrets(tmp_path: Path, home: Path) -> None:
    registry = Registry(tmp_path / "registry")
    registry.publish(Offer(tree=runtime_tree()))
    arw = Program({"ARW_RUNTIME_BUNDLE_SIGNERS": str(registry.signers_path), "ARW_ADMIN_TOKEN": LLAMA})

    arw.bundles("install", LLAMA, "--dir", registry.root)
    arw.bundles("install", LLAMA, "--dir", registry.root)

    log = (home / ".local" / "state" / "arw" / "log" / "arw.log").read_text()
    assert "Z unpacking [redacted]\n" in log
    assert "Z install: nothing-to-do: " in log
    assert LLAMA not in log


def test_on_a_terminal_there_is_a_bar_and_colour(tmp_path: Path) -> None:
    registry = Registry(tmp_path / "registry")
    registry.publish(Offer(tree=runtime_tree("b1", extra_bytes=300_000), version="b1"))
    arw = Program({"ARW_RUNTIME_BUNDLE_SIGNERS": str(registry.signers_path)})

    status, seen = _on_terminal(arw, "install", LLAMA, "--dir", str(registry.root))

    assert status == 0
    assert "\x1b[32mInstalled\x1b[0m" in seen
    assert re.search(rf"Unpacking {re.escape(LLAMA)} \(301 kB\)", seen)
    assert seen.rfind("\x1b[?25h") > seen.rfind("\x1b[?25l") >= 0, "the cursor was not shown again"


def test_quiet_is_quiet(tmp_path: Path) -> None:
    registry = Registry(tmp_path / "registry")
    registry.publish(Offer(tree=runtime_tree()))
    arw = Program({"ARW_RUNTIME_BUNDLE_SIGNERS": str(registry.signers_path)})

    answer = arw.bundles("install", LLAMA, "--dir", registry.root, "--quiet", "--json")

    assert (answer.status, answer.talk) == (0, "")
    assert len(json.loads(answer.out)["installed"]) == 1
