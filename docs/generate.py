"""Writes the pages of docs/reference/ that can be read from the code: `python -m docs.generate`.

A test holds that they are current, so none of them is edited by hand.
"""

# ruff: noqa: INP001 - a script beside its pages, not a package

from __future__ import annotations

import argparse
import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from launcher.domain import errors
from launcher.domain.settings import SETTINGS
from launcher.faces.cli.grammar import EXIT_STATUSES
from launcher.faces.cli.parser import build_parser
from launcher.faces.cli.preferences import value_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
VIEWS = ROOT / "launcher" / "domain" / "views.py"
CARE_VIEWS = VIEWS.with_name("care_views.py")
RESULTS = ROOT / "launcher" / "faces" / "cli" / "results.py"
GENERATED = "<!-- Written by docs/generate.py from {source}; do not edit. -->"
ANSWERS = {
    "list": "Overview",
    "install": "InstallResult",
    "update": "UpdateView",
    "rollback": "RollbackView",
    "rollback --list": "RevisionsResult",
    "path": "PathResult",
    "refresh": "RefreshResult",
    "prune": "PruneView",
    "remove": "RemoveResult",
    "pin, unpin": "PinResult",
    "snapshot": "RevisionView",
    "repair": "RepairView",
    "doctor": "DoctorView",
    "run": "RunView",
    "run --revoke-consent": "ConsentResult",
    "stop": "StopView",
    "settings list, get, set, reset": "SettingsResult",
    "notices": "NoticesResult",
    "notices --dismiss, --restore": "DismissResult",
    "audit": "AuditView",
    "audit --remote": "FleetResult",
    "export": "ExportView",
    "import": "ImportView",
    "source add, list, remove": "SourcesResult",
    "smoke": "SmokeView",
    "compare": "ComparisonView",
    "run --dry-run": "RunPlanView",
    "survey": "MachineResult",
    "manifest create, sign": "ManifestResult",
    "manifest verify": "ManifestVerdict",
    "keys new": "KeyResult",
    "sample": "SampleResult",
    "any that failed": "FailureResult",
}


def cli_page() -> str:
    """Return the page about commands and options."""
    parser = build_parser()
    lines = [
        GENERATED.format(source="launcher/faces/cli/parser.py"),
        "# Commands",
        "",
        "stdout is data, stderr is talk: `arw-cli ... --json > file` never mixes them.",
        "",
        "```",
        *EXIT_STATUSES.splitlines(),
        "```",
        "",
        "## For every command",
        "",
        *_table(_shared(parser)),
    ]
    for command in _leaves(parser):
        lines += ["", f"## `{_usage(command)}`", "", command.description or ""]
        own = [action for action in command._actions if not _is_shared(action)]  # noqa: SLF001 - no public list
        lines += ["", *_table(own)] if own else []
        lines += ["", "```", *str(command.epilog).splitlines()[1:], "```"] if command.epilog else []
    return "\n".join(lines) + "\n"


def errors_page() -> str:
    """Return the page about failures."""
    lines = [
        GENERATED.format(source="launcher/domain/errors.py"),
        "# Errors",
        "",
        "Every failure has a code that scripts may rely on. With `--json` it is printed as `FailureResult` (json.md),",
        "and the event stream carries the same object in its outcome.",
    ]
    groups = errors.LauncherError.__subclasses__()
    families = [[kind for group in groups for kind in _family(group) if not group.__subclasses__()]]
    families += [list(_family(group)) for group in groups if group.__subclasses__()]
    for number, family in enumerate(families):
        heading = _first_line(family[0]).rstrip(".") if number else "On their own"
        lines += ["", f"## {heading}", "", "| code | exit status | meaning | what helps |", "|---|---|---|---|"]
        lines += [_error_row(kind) for kind in family]
    return "\n".join(lines) + "\n"


def json_page() -> str:
    """Return the page about the objects of ``--json`` and of the event stream."""
    lines = [
        GENERATED.format(source="launcher/domain/*views.py and launcher/faces/cli/results.py"),
        "# JSON",
        "",
        "`--json` prints one object. Times are UTC texts, sizes are bytes, and a key that does not apply is null.",
        "",
        "| command | prints |",
        "|---|---|",
        *(f"| {command} | [`{name}`](#{name.lower()}) |" for command, name in ANSWERS.items()),
        "",
        "## Events",
        "",
        "`--events jsonl` prints one object a line, each with `v` (1), `t`, `job` and `type`:",
        "",
        "| type | further keys |",
        "|---|---|",
        "| `phase` | `phase`, `subject`, `total_bytes` or null |",
        "| `progress` | `phase`, `done_bytes`, `total_bytes`, `bytes_per_s`, `remaining_s`; at most 20 a second |",
        "| `log` | `message` |",
        "| `row` | `kind` (`catalog`, `bundle`, `installation`, `banner`) and `value`; from `list` only |",
        "| `outcome` | `status`, `exit_status`, `error`, `result`; exactly one, the last line |",
        "",
        "`status` is `done`, `nothing-to-do`, `failed` or `cancelled`. The result of `list` is its `Overview` without",
        "the parts that came as rows.",
        "",
        "A line `cancel` on stdin, Ctrl-C or a termination signal cancels.",
    ]
    for source in (RESULTS, VIEWS, CARE_VIEWS):
        lines += _shapes(source)
    return "\n".join(lines) + "\n"


def settings_page() -> str:
    """Return the page about settings."""
    lines = [
        GENERATED.format(source="launcher/domain/settings.py"),
        "# Settings",
        "",
        "`arw-cli settings list` shows them, `arw-cli settings set NAME VALUE` changes one. They are kept in",
        "`settings.json` in the configuration folder (Linux: `~/.config/arw`); keys that a later version wrote stay.",
        "",
        "| name | what it is for | allowed | default |",
        "|---|---|---|---|",
        *(
            f"| `{row.name}` | {_cell(row.sentence)} | {_cell(row.allowed)} | `{value_text(_listed(row.default))}` |"
            for row in SETTINGS
        ),
        "",
        "`ARW_REQUIRE_SIGNED_BUNDLES` decides `require_signed`, and `--dest` or `ARW_RUNTIME_BUNDLE_ROOT` the store,",
        "whatever the file says.",
    ]
    return "\n".join(lines) + "\n"


PAGES: dict[Path, Callable[[], str]] = {
    REFERENCE / "cli.md": cli_page,
    REFERENCE / "errors.md": errors_page,
    REFERENCE / "json.md": json_page,
    REFERENCE / "settings.md": settings_page,
}


def main() -> int:
    """Write all pages."""
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for path, make in PAGES.items():
        path.write_text(make(), encoding="utf-8")
    return 0


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _leaves(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield the commands below a parser, in the order of `--help`."""
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]  # noqa: SLF001
    if not groups:
        yield parser
    for child in groups[0].choices.values() if groups else ():
        yield from _leaves(child)


def _shared(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if _is_shared(action)]  # noqa: SLF001


def _is_shared(action: argparse.Action) -> bool:
    return action.dest in {"help", "json", "pretty", "events", "sample", "quiet"} or action.option_strings == ["--dest"]


def _usage(command: argparse.ArgumentParser) -> str:
    positional = [_name(action) for action in command._actions if not action.option_strings]  # noqa: SLF001
    return " ".join([command.prog, *positional])


def _name(action: argparse.Action) -> str:
    if action.option_strings:
        takes = action.nargs != 0
        return f"{action.option_strings[-1]} {_value(action)}" if takes else action.option_strings[-1]
    return f"[{_value(action)}]" if action.nargs == "*" else _value(action)


def _value(action: argparse.Action) -> str:
    name = str(action.metavar or ("|".join(action.choices) if action.choices else action.dest.upper()))
    return f"{name}..." if action.nargs in ("+", "*") else name


def _table(actions: list[argparse.Action]) -> list[str]:
    rows = [f"| `{_cell(_name(action))}` | {_cell(_sentence(action))} |" for action in actions]
    return ["| argument | meaning |", "|---|---|", *rows]


def _sentence(action: argparse.Action) -> str:
    return f"{action.help}; required" if action.required and action.option_strings else str(action.help)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _family(kind: type[errors.LauncherError]) -> Iterator[type[errors.LauncherError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _family(child)


def _error_row(kind: type[errors.LauncherError]) -> str:
    return f"| `{kind.code}` | {kind.exit_status} | {_cell(_first_line(kind))} | {_cell(kind.usual_hint)} |"


def _first_line(kind: type) -> str:
    return (kind.__doc__ or "").splitlines()[0].replace("``", "`")


def _shapes(source: Path) -> Iterator[str]:
    """Yield the sections about the types of a module, read from its source, so that no annotation is evaluated."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield from (
                "",
                f"## {node.name}",
                "",
                (ast.get_docstring(node) or "").replace("``", "`"),
                "",
                "| key | type |",
                "|---|---|",
            )
            for field in node.body:
                if isinstance(field, ast.AnnAssign):
                    yield f"| `{ast.unparse(field.target)}` | `{_cell(ast.unparse(field.annotation))}` |"
        elif isinstance(node, ast.Assign):
            yield from ("", f"## {ast.unparse(node.targets[0])}", "", f"`{ast.unparse(node.value)}`")


if __name__ == "__main__":
    sys.exit(main())
