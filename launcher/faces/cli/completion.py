"""Shell completion, written by shtab from the tree of commands; imported only to print it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import shtab

from launcher.faces.cli.grammar import FILE_METAVARS, FOLDER_METAVARS
from launcher.faces.cli.parser import build_parser

if TYPE_CHECKING:
    from collections.abc import Iterator


def completion_script(shell: str) -> str:
    """Return the script that a shell reads to complete `arw-cli`; files and folders where they are asked for."""
    parser = build_parser()
    for action in _actions(parser):
        if action.metavar in FILE_METAVARS:
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # how shtab is told
        elif action.metavar in FOLDER_METAVARS:
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
    return str(shtab.complete(parser, shell=shell))


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:  # noqa: SLF001 - argparse has no public list
        yield action
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - nor a public class
            for child in action.choices.values():
                yield from _actions(child)
