"""A bundle that nobody knows is refused with the closest one that is known."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from launcher.domain.errors import NoSuchBundle, NotInstalled, ParseError, UsageError
from launcher.faces.cli.grammar import PROG, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from launcher.faces.cli.context import Context


@contextmanager
def suggesting(context: Context, asked: list[str]) -> Iterator[None]:
    """Let a bundle that nobody knows be refused with the closest known one as the hint.

    Raises:
        UsageError: What was asked for is no bundle id at all.
    """
    for bundle_id in asked:
        check_bundle_id(bundle_id)
    try:
        yield
    except (NoSuchBundle, NotInstalled) as error:
        known: list[Any] = [bundle["id"] for bundle in context.launcher.overview()["bundles"]]
        hints = [suggestion(bundle_id, known) for bundle_id in asked if bundle_id not in known]
        error.hint = next(filter(None, hints), error.hint)
        raise


def check_bundle_id(text: str) -> None:
    """Check that a text could be a bundle's id.

    Raises:
        UsageError: It could not.
    """
    from launcher.domain.bundle import parse_bundle_id  # noqa: PLC0415 - start-up time

    try:
        parse_bundle_id(text)
    except ParseError as error:
        raise UsageError(
            f"`{text}` is no bundle's id.",
            expected=error.expected,
            hint=f"`{PROG} runtime bundles list` shows the ids.",
        ) from error
