"""How a failure reads on a terminal, and how one that travelled as JSON becomes an error again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.errors import LauncherError
from launcher.faces.cli.terminal import PLAIN, Style, safe

if TYPE_CHECKING:
    from launcher.domain.views import ErrorView


def error_lines(view: ErrorView, style: Style = PLAIN, *, label: str = "error") -> list[str]:
    """Return a failure as lines: what failed, expected and actual below each other, then the hint.

    ::

        error[wrong-hash]: The archive `x.tar.zst` is not the one that was signed.
          Expected: 2fa797…
          Actual:   95d5d6…
          hint: The file was changed or damaged on its way; …
    """
    colour = "red" if label == "error" else "yellow"
    code = f"{label}[{safe(view['code'])}]:"
    lines = [f"{style.paint(code, colour)} {safe(view['message'])}"]
    if view.get("expected"):
        lines.append(f"  Expected: {safe(view['expected'])}")
    if view.get("actual"):
        lines.append(f"  Actual:   {safe(view['actual'])}")
    if view.get("hint"):
        lines.append(f"  {style.paint('hint:', 'cyan')} {safe(view['hint'])}")
    return lines


def error_from_view(view: ErrorView) -> LauncherError:
    """Return the error that a view was made from; one with an unknown code becomes the base class."""
    kind = _find_class(view["code"], LauncherError) or LauncherError
    return kind(view["message"], expected=view.get("expected"), actual=view.get("actual"), hint=view.get("hint", ""))


def view_of(error: LauncherError) -> ErrorView:
    """Return an error as the view that ``--json`` and the event stream carry."""
    return error.as_json()  # type: ignore[return-value]  # as_json writes exactly these keys


def _find_class(code: str, kind: type[LauncherError]) -> type[LauncherError] | None:
    if kind.code == code:
        return kind
    return next((found for child in kind.__subclasses__() if (found := _find_class(code, child))), None)
