"""`arw-cli settings`: every setting of the table, shown and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from launcher.domain.errors import UsageError
from launcher.faces.cli.context import Outcome
from launcher.faces.cli.grammar import suggestion
from launcher.faces.cli.terminal import PLAIN, Style, columns, fact_lines, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from launcher.domain.care_views import SettingView
    from launcher.faces.cli.context import Context
    from launcher.faces.cli.results import SettingsResult


def list_settings(context: Context) -> Outcome:
    """Show every setting with its value."""
    result = _result(context, context.launcher.settings())
    return Outcome(result, lambda screen: setting_lines(printable(result["settings"]), screen.style))


def get_setting(context: Context) -> Outcome:
    """Show one setting; its value alone, for other programs."""
    views = context.launcher.settings()
    name: str = context.arguments.name
    view = next((view for view in views if view["name"] == name), None)
    if view is None:
        known = [view["name"] for view in views]
        raise UsageError(f"There is no setting `{name}`.", expected=", ".join(known), hint=suggestion(name, known))
    result = _result(context, [view])
    return Outcome(
        result, lambda screen: detail_lines(printable(view), screen.style) if screen.is_pretty else _bare(view)
    )


def set_setting(context: Context) -> Outcome:
    """Change one setting."""
    said = context.arguments
    try:
        view = context.launcher.set_setting(said.name, said.values)
    except UsageError as error:
        known = [view["name"] for view in context.launcher.settings()]
        error.hint = suggestion(said.name, known) if said.name not in known else error.hint
        raise
    result = _result(context, [view])
    return Outcome(result, lambda screen: detail_lines(printable(view), screen.style))


def reset_settings(context: Context) -> Outcome:
    """Take the defaults again."""
    result = _result(context, context.launcher.reset_settings(context.arguments.names))
    return Outcome(result, lambda screen: setting_lines(printable(result["settings"]), screen.style))


COMMANDS: Final[Mapping[str, Callable[[Context], Outcome]]] = {
    "list-settings": list_settings,
    "get-setting": get_setting,
    "set-setting": set_setting,
    "reset-settings": reset_settings,
}


def setting_lines(settings: Sequence[SettingView], style: Style = PLAIN) -> list[str]:
    """Return a line for each setting: a mark where it differs from its default, its value, and what it is for."""
    rows = [
        ("*" if not view["is_default"] else "", view["name"], value_text(view["value"]), view["sentence"])
        for view in settings
    ]
    return columns(rows, colours=[("green", "bold", "", "dim")] * len(rows), style=style)


def detail_lines(view: SettingView, style: Style = PLAIN) -> list[str]:
    """Return all about one setting."""
    facts = [
        ("allowed", view["allowed"]),
        ("default", value_text(view["default"])),
        ("decided by", view["ruled_by"]),
        ("what", view["sentence"]),
    ]
    return [f"{style.paint(view['name'], 'bold')} = {value_text(view['value'])}", *fact_lines(facts, style=style)]


def value_text(value: object) -> str:
    """Return a value as a person reads and types it; a dash for nothing."""
    if value is None or value == []:
        return "-"
    if isinstance(value, list):
        return " ".join(map(str, value))
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _result(context: Context, views: list[SettingView]) -> SettingsResult:
    return {"path": str(context.launcher.places.settings), "settings": views}


def _bare(view: SettingView) -> list[str]:
    value = view["value"]
    if isinstance(value, list):
        return value
    return [] if value is None else [value_text(value)]
