from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from launcher.domain.errors import BadField, ParseError, UnsafePath
from launcher.domain.fields import Fields
from launcher.domain.index import MAX_FILES, FileEntry, LinkEntry, check_one_tree, find_executable, parse_index

if TYPE_CHECKING:
    from launcher.domain.index import IndexEntry

SHA256 = "cd" * 32
ROW: dict[str, Any] = {"path": "bin/run", "artifact": 1, "size_bytes": 10, "sha256": SHA256, "executable": True}


def parse(*rows: dict[str, Any], artifact_count: int = 2) -> object:
    return parse_index(Fields({"files": list(rows)}, "").children("files"), artifact_count)


def program(path: str, *, executable: bool = True) -> FileEntry:
    return FileEntry(path, 0, 1, SHA256, executable)


def test_rows_become_entries_in_order() -> None:
    assert parse(ROW, {"path": "a", "size_bytes": 0, "sha256": SHA256}, {"path": "run", "link": "bin/run"}) == (
        FileEntry("bin/run", 1, 10, SHA256, executable=True),
        FileEntry("a", 0, 0, SHA256, executable=False),
        LinkEntry("run", "bin/run"),
    )
    assert parse() == ()


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ({**ROW, "path": "../x"}, UnsafePath),
        ({**ROW, "artifact": 2}, BadField),
        ({**ROW, "artifact": -1}, BadField),
        ({**ROW, "size_bytes": -1}, BadField),
        ({**ROW, "size_bytes": 64 * 2**30 + 1}, BadField),
        ({**ROW, "size_bytes": None}, BadField),
        ({**ROW, "sha256": None}, BadField),
        ({**ROW, "sha256": f"sha256:{SHA256}"}, BadField),
        ({**ROW, "executable": 1}, BadField),
        ({"path": "a", "link": "b\x00c"}, BadField),
        ({"path": "a", "link": ""}, BadField),
        ({"link": "b"}, BadField),
    ],
)
def test_wrong_row_is_refused(row: dict[str, Any], error: type[ParseError]) -> None:
    with pytest.raises(error):
        parse(row)


def test_an_index_without_artifacts_has_no_files() -> None:
    with pytest.raises(BadField):
        parse({**ROW, "artifact": 0}, artifact_count=0)


def test_an_index_has_a_limit() -> None:
    rows = [{**ROW, "path": f"f{number}"} for number in range(MAX_FILES + 1)]

    with pytest.raises(BadField, match="`files` is too long"):
        parse(*rows)


@pytest.mark.parametrize(
    "paths",
    [
        ("a", "a"),  # one letter: equal texts are one object in CPython
        ("lib/x", "lib/x"),
        ("F", "f"),
        ("caf\u00e9", "cafe\u0301"),
        ("ß", "ss"),
        ("a", "a/b"),
        ("a/b", "a"),
        ("A", "a/b"),
        ("Lib/x", "lib/y"),
        ("a/b/c", "a/B"),
    ],
)
def test_names_that_clash_are_refused(paths: tuple[str, ...]) -> None:
    with pytest.raises(UnsafePath):
        check_one_tree(paths)
    with pytest.raises(UnsafePath):
        parse(*({**ROW, "path": path} for path in paths))


def test_names_that_do_not_clash_are_one_tree() -> None:
    check_one_tree(["a", "ab", "b/a", "b/c/a", "b/c/b", "b/d"])


@pytest.mark.parametrize(
    ("command", "paths", "found"),
    [
        ("llama-server", ("llama-server", "bin/llama-server"), "llama-server"),
        ("llama-server", ("a/b/llama-server", "b/llama-server"), "b/llama-server"),
        ("llama-server", ("b/llama-server", "a/llama-server"), "a/llama-server"),
        ("llama-server", ("a/b/c/llama-server",), "a/b/c/llama-server"),
        ("llama-server", ("a/b/c/d/llama-server",), None),
        ("llama-server", ("bin/llama-server.exe",), "bin/llama-server.exe"),
        ("bin/llama-server", ("build/llama-server",), "build/llama-server"),
        ("llama-server", ("my-llama-server",), None),
        ("llama-server", (), None),
    ],
)
def test_executable_is_the_named_one_or_the_topmost(command: str, paths: tuple[str, ...], found: str | None) -> None:
    assert find_executable(command, [program(path) for path in paths]) == found


def test_what_is_not_executable_is_no_program() -> None:
    index: list[IndexEntry] = [program("run", executable=False), LinkEntry("bin/run", "../run")]

    assert find_executable("run", index) is None
