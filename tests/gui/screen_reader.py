"""What a screen reader of a Linux desktop knows of the app: its objects, read from another process by AT-SPI."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tests.gui.display import await_
from tests.gui.session_bus import BusError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.gui.session_bus import SessionBus

_ACCESSIBLE: Final = "org.a11y.atspi.Accessible"
_ACTION: Final = "org.a11y.atspi.Action"
_REGISTRY: Final = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
_EVENTS: Final = "org.a11y.atspi.Event.Object"
# AtspiStateType in atspi-constants.h.
STATES: Final = {
    3: "busy", 4: "checked", 8: "enabled", 9: "expandable", 10: "expanded", 11: "focusable", 12: "focused",
    23: "selected", 25: "showing",
}  # fmt: skip
_LABELLED_BY: Final = 2
_NEVER_SHOWN: Final = {"application", "desktop frame"}
_LEAVES: Final = {"label", "list item", "progress bar", "push button"}


class Thing(NamedTuple):
    """An object as it is read out.

    Attributes:
        labels: The names of the labels that say what it is.
        inside: The names of what it is in, from the window inwards.
    """

    to: str
    path: str
    role: str
    name: str
    states: frozenset[str]
    labels: tuple[str, ...]
    inside: tuple[str, ...]

    @property
    def spoken(self) -> str:
        """What is said of it: its labels, its name, what it is."""
        said = [label for label in self.labels if label != self.name]
        return ", ".join(filter(None, [*said, self.name, self.role]))


class Reader:
    """Reads the screen, and presses what is on it."""

    def __init__(self, bus: SessionBus) -> None:
        """Listen to what is announced from now on."""
        self._bus = bus
        bus.listen_to_accessibility("object:announcement", _EVENTS, "Announcement")

    def announcements(self) -> list[str]:
        """Return what was announced so far."""
        return [str(news.words[3]) for news in self._bus.heard("Announcement")]

    def things(self) -> list[Thing]:
        """Return all that is shown, in the order in which it is read."""
        return list(self.read_on())

    def read_on(self) -> Iterator[Thing]:
        """Give what is shown one after the other; who has found what is wanted asks for no more."""
        return self._walk(*_REGISTRY, ())

    def find(self, role: str, name: str) -> Thing | None:
        """Return the first thing of a role whose name is or begins with these words, if there is one now."""
        begins = (f"{name} ", f"{name},")
        things = (thing for thing in self.read_on() if thing.role == role)
        return next((thing for thing in things if thing.name == name or thing.name.startswith(begins)), None)

    def await_(self, role: str, name: str, state: str = "showing") -> Thing:
        """Return a thing once it is there, in a state."""
        found: list[Thing] = []

        def is_there() -> bool:
            thing = self.find(role, name)
            found[:] = [thing] if thing and state in thing.states else []
            return bool(found)

        await_(is_there, f"no {name}, {role}, {state}")
        return found[0]

    def press(self, role: str, name: str) -> None:
        """Do what a thing is for, once it is there and can be used."""
        thing = self.await_(role, name, "enabled")
        (actions,) = self._bus.ask(thing.to, thing.path, _ACTION, "GetActions")
        place = next(place for place, (action, *_) in enumerate(actions) if action in {"Press", "Toggle"})
        assert self._bus.ask(thing.to, thing.path, _ACTION, "DoAction", "(i)", place) == [True]

    def _walk(self, to: str, path: str, inside: tuple[str, ...]) -> Iterator[Thing]:
        try:
            thing = self._find(to, path, inside)
            if thing is None:
                return
            (parts,) = ([],) if thing.role in _LEAVES else self._bus.ask(to, path, _ACCESSIBLE, "GetChildren")
        except BusError:
            return  # gone since its parent told of it
        yield thing
        outer = (*inside, thing.name) if thing.name else inside
        for part in parts:
            yield from self._walk(part[0], part[1], outer)

    def _find(self, to: str, path: str, inside: tuple[str, ...]) -> Thing | None:
        """Return a thing that is shown; of others no more is asked, as each question takes its time."""
        ((low, _high),) = self._bus.ask(to, path, _ACCESSIBLE, "GetState")
        states = frozenset(word for bit, word in STATES.items() if low >> bit & 1)
        if "showing" not in states and inside:
            return None
        (role,) = self._bus.ask(to, path, _ACCESSIBLE, "GetRoleName")
        if "showing" not in states and role not in _NEVER_SHOWN:
            return None
        return Thing(to, path, role, self._text(to, path), states, self._labels(to, path, role), inside)

    def _labels(self, to: str, path: str, role: str) -> tuple[str, ...]:
        if role != "combo box":
            return ()
        (relations,) = self._bus.ask(to, path, _ACCESSIBLE, "GetRelationSet")
        labels = (target for kind, targets in relations if kind == _LABELLED_BY for target in targets)
        return tuple(self._text(to, path) for to, path in labels)

    def _text(self, to: str, path: str) -> str:
        place = (to, path, "org.freedesktop.DBus.Properties", "Get", "(ss)", _ACCESSIBLE, "Name")
        return str(self._bus.ask(*place)[0])
