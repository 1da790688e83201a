"""How `arw-cli` is spoken to: groups of commands, the options that all of them take, and refusals that help."""

from __future__ import annotations

import argparse
import os
import sys
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NoReturn

from launcher.domain.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

# argparse looks on disk for a translation of each of its own words, in all a twentieth of a short command. What this
# program says on a terminal is English, and half of a help page in another language would help nobody.
argparse._ = str  # type: ignore[attr-defined]
argparse.ngettext = lambda one, many, count: one if count == 1 else many  # type: ignore[attr-defined]

PROG: Final = "arw-cli"
EVENTS_JSONL: Final = "jsonl"
SHELLS: Final = ("bash", "zsh", "tcsh")
FILE_METAVARS: Final = frozenset({"FILE", "PATH", "FILE_OR_URL", "DIR_OR_ARCHIVE", "URL_OR_PATH"})
FOLDER_METAVARS: Final = frozenset({"DIR"})
"""What an argument names on disk, for shell completion; the words are those that `--help` shows."""

EXIT_STATUSES: Final = """\
exit status:
  0    done
  1    refused or failed; the error carries a code
  2    the command makes no sense as given
  3    nothing to do, although something was asked for
  130  cancelled"""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Lays help out for the screen. argparse makes one for every argument, and asks `shutil`, which is slow to load."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_help_width())


class Parser(argparse.ArgumentParser):
    """An argument parser that raises `UsageError` with a suggestion instead of ending the process."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - as argparse has them
        """Take the settings of `argparse.ArgumentParser`; options are never abbreviated."""
        settings.setdefault("formatter_class", _Formatter)
        super().__init__(allow_abbrev=False, **settings)

    def error(self, message: str) -> NoReturn:
        """Refuse the command line.

        Raises:
            UsageError: Always.
        """
        raise UsageError(f"{message[:1].upper()}{message[1:]}.", hint=f"`{self.prog} --help` says what it takes.")

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401 - as in the base class
        # argparse has no public place to put a suggestion; a test holds that this is still called.
        choices = [str(choice) for choice in action.choices or ()]
        if choices and value not in choices:
            what = "command" if isinstance(action.metavar, str) and action.metavar == "COMMAND" else "value"
            raise UsageError(
                f"`{self.prog}` knows no {what} `{value}`.",
                expected=f"one of {', '.join(choices)}",
                hint=suggestion(str(value), choices) or f"`{self.prog} --help` says what it takes.",
            )


def suggestion(asked: str, known: Iterable[str]) -> str | None:
    """Return ``Did you mean `x`?`` for the closest of the known names, or None where none is close."""
    import difflib  # noqa: PLC0415 - start-up time; only after a slip

    close = difflib.get_close_matches(asked, list(known), n=2, cutoff=0.6)
    return f"Did you mean {' or '.join(f'`{name}`' for name in close)}?" if close else None


@cache
def _help_width() -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal():
        return int(columns) - 2
    try:
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns - 2
    except (OSError, ValueError):
        return 80 - 2


def add_group(parent: Parser) -> Any:  # noqa: ANN401 - argparse's private class of subparsers
    """Let commands follow a parser."""
    # required=False: `parse_command_line` says what is missing in better words.
    group = parent.add_subparsers(metavar="COMMAND", title="commands", parser_class=Parser)
    parent.set_defaults(command=None, verbs=group.choices, leaf=parent)
    return group


def add_verb(group: Any, name: str, sentence: str, *, command: str | None = "", epilog: str | None = None) -> Parser:  # noqa: ANN401
    """Add a command; ``command`` is its key in `COMMANDS` where that is not its name, None for a mere group."""
    verb: Parser = group.add_parser(name, help=sentence, description=sentence, epilog=epilog)
    add_shared(verb)
    verb.set_defaults(command=name if command == "" else command, leaf=verb)
    return verb


def add_shared(parser: Parser, *, is_top: bool = False) -> None:
    """Add what every command takes, before or after its verb; the verb's own says nothing unless it is given."""
    group = parser.add_argument_group("for every command")

    def add(name: str, default: object, **settings: Any) -> None:  # noqa: ANN401 - as argparse has them
        group.add_argument(name, default=default if is_top else argparse.SUPPRESS, **settings)

    add("--json", default=False, action="store_true", help="print one JSON object")
    add("--pretty", default=False, action="store_true", help="more for people: details in text, indents in JSON")
    add("--events", default=None, choices=(EVENTS_JSONL,), help="print one event a line, as a worker of the window")
    add("--dest", default=None, metavar="DIR", help="the store to work on instead of the usual one")
    add("--sample", default=False, action="store_true", help="work with the sample registry and its own store")
    add("--quiet", default=False, action="store_true", help="say nothing of the progress")


def add_dry_run(parser: Parser) -> None:
    """Add ``--dry-run``."""
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
