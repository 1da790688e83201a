from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import pytest

from docs.generate import PAGES
from launcher.domain.errors import UsageError
from launcher.faces.cli.commands import find_command
from launcher.faces.cli.grammar import Parser, add_group, suggestion
from launcher.faces.cli.parser import FAMILIES, build_parser, parse_command_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUNDLES = ("runtime", "bundles")
LLAMA = "llama.cpp-preview/linux-x86_64-cpu"
# Each command of the runbook, as it stands there.
RUNBOOK = [
    "runtime bundles manifest verify dist/bundles/x/bundle.json",
    "runtime bundles list --remote --pretty",
    "runtime bundles audit --require-signed",
    "runtime bundles audit --remote --base https://hub.example.com --require-signed",
    "runtime bundles manifest sign dist/bundles/x/bundle.json --key-file k.sk --issuer bundle-ci@arw --key-id preview",
    "runtime bundles list --remote --json",
    "runtime bundles list --pretty",
    f"runtime bundles rollback --bundle {LLAMA} --list",
    f"runtime bundles rollback --bundle {LLAMA} --revision rev-20251009T231500Z --dry-run",
    f"runtime bundles rollback --bundle {LLAMA} --revision rev-20251009T231500Z",
]


def _leaves(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield parser
    for group in groups:
        for child in group.choices.values():
            yield from _leaves(child)


@pytest.mark.parametrize("line", RUNBOOK)
def test_every_command_of_the_runbook_is_understood(line: str) -> None:
    assert parse_command_line(line.split()).command


def test_every_command_that_can_be_said_can_be_done() -> None:
    for leaf in _leaves(build_parser()):
        assert callable(find_command(leaf.get_default("command"))), leaf.prog


@pytest.mark.parametrize(
    "said",
    [
        ["--json", *BUNDLES, "list"],
        [*BUNDLES, "--json", "list"],
        [*BUNDLES, "list", "--json"],
        ["runtime", "--json", "bundles", "list"],
    ],
)
def test_a_shared_option_counts_wherever_it_stands(said: list[str]) -> None:
    assert parse_command_line(said).json is True


def test_a_shared_option_that_nobody_gave_has_its_default() -> None:
    arguments = parse_command_line([*BUNDLES, "list"])

    assert (arguments.json, arguments.events, arguments.dest, arguments.sample) == (False, None, None, False)


def test_the_older_name_of_the_store_option_is_understood() -> None:
    assert parse_command_line([*BUNDLES, "list", "--install-dir", "/store"]).dest == "/store"


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("runtime bundles lst", "`arw-cli runtime bundles` knows no command `lst`.", "Did you mean `list`?"),
        (
            "runtime bundles manifest sing x",
            "`arw-cli runtime bundles manifest` knows no command `sing`.",
            "Did you mean `sign`?",
        ),
        (
            "runtime bundles install x --drry-run",
            "`arw-cli runtime bundles install` does not take `--drry-run`.",
            "Did you mean `--dry-run`?",
        ),
        (
            "runtime bundles list --event=jsonl",
            "`arw-cli runtime bundles list` does not take `--event=jsonl`.",
            "Did you mean `--events` or `--dest`?",
        ),
        (
            "runtime bundles path a b",
            "`arw-cli runtime bundles path` does not take `b`.",
            "`arw-cli runtime bundles path --help` says what it takes.",
        ),
        (
            "runtime bundles rollback",
            "The following arguments are required: --bundle.",
            "`arw-cli runtime bundles rollback --help` says what it takes.",
        ),
        (
            "runtime bundles",
            "`arw-cli runtime bundles` needs a command.",
            "`arw-cli runtime bundles --help` explains them.",
        ),
        ("", "`arw-cli` needs a command.", "`arw-cli --help` explains them."),
        (
            "runtime bundles list --json --events jsonl",
            "`--events` and `--json` exclude each other.",
            "`arw-cli runtime bundles list --help` says what it takes.",
        ),
        (
            "completion fihs",
            "`arw-cli completion` knows no value `fihs`.",
            "`arw-cli completion --help` says what it takes.",
        ),
    ],
)
def test_a_slip_is_answered_with_what_helps(line: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_command_line(line.split())

    assert (refused.value.message, refused.value.hint) == (message, hint)


def test_sources_exclude_each_other() -> None:
    with pytest.raises(UsageError, match="not allowed with"):
        parse_command_line([*BUNDLES, "install", "x", "--dir", "d", "--catalog", "c"])


def test_options_are_never_abbreviated() -> None:
    with pytest.raises(UsageError, match="does not take `--cat`"):
        parse_command_line([*BUNDLES, "install", "x", "--cat", "c"])


def test_nothing_close_is_no_suggestion() -> None:
    assert suggestion("zzz", ["list", "install"]) is None


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_reference_is_current(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == PAGES[path](), "run `python -m docs.generate`"


def test_no_help_is_wider_than_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for leaf in _leaves(build_parser()):
        assert max(len(line) for line in leaf.format_help().splitlines()) <= 90, leaf.prog


def test_every_family_names_its_commands() -> None:
    for family, add_family in FAMILIES.items():
        group = add_group(Parser(prog="x"))
        add_family(group)
        assert set(group.choices) == family


def test_a_slip_is_answered_by_the_whole_tree_whatever_else_was_said() -> None:
    with pytest.raises(UsageError) as caught:
        parse_command_line(["runtime", "bundles", "instal", "list"])
    assert caught.value.hint == "Did you mean `install` or `list`?"
