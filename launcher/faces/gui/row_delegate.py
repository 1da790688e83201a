"""How a row of the bundle list looks, and its one button.

Rows are painted instead of being widgets, so that ten thousand of them scroll. What is painted is also there for the
keyboard (Enter does what the button does) and for screen readers (the model's accessible text, and the details panel,
whose first button is a real one that does the same).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from launcher.faces.gui.actions import Action
from launcher.faces.gui.arrange import Entry, Heading
from launcher.faces.gui.bundle_list import Role, count_text
from launcher.faces.gui.chips import bundle_trust_look, chip_size, paint_chip, state_look
from launcher.faces.gui.resources import pixmap
from launcher.faces.gui.texts import action_word, job_text, main_reason, shown_size, version_line
from launcher.faces.gui.theme import GAP_L, GAP_M, GAP_S, Type, colors, font_of, scaled

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtWidgets import QAbstractItemView

    from launcher.faces.gui.chips import Look
    from launcher.faces.gui.jobs import Job

Index = QModelIndex | QPersistentModelIndex
PADDING: Final = 12
TIGHT_PADDING: Final = 8
# With letters so many times as large as usual rows are high enough to be told apart, and what counts is their number.
LARGE_TEXT: Final = 1.5
TILE_PX: Final = 36
BAR_PX: Final = 6
STAR_PX: Final = 14
LOUD: Final = frozenset({Action.INSTALL, Action.UPDATE})


class RowDelegate(QStyledItemDelegate):
    """Paints headings and bundles.

    Signals:
        pressed: The button of a row was clicked; carries the bundle's id and the `Action`.
    """

    pressed = Signal(str, object)

    def __init__(self, view: QAbstractItemView) -> None:
        """Measure the fonts for a view."""
        super().__init__(view)
        self._view = view
        self._hovered = QPersistentModelIndex()
        self._held = QPersistentModelIndex()
        self._fonts = {kind: font_of(kind) for kind in Type}
        self._metrics = {kind: QFontMetrics(font) for kind, font in self._fonts.items()}
        strong, small = self._metrics[Type.STRONG].height(), self._metrics[Type.SMALL].height()
        self._tile, self._bar, self._star = scaled(TILE_PX), scaled(BAR_PX), scaled(STAR_PX)
        self._lines = (strong, small, max(small + GAP_S + 2, chip_size(state_look("active")).height()))
        is_large = scaled(100) >= LARGE_TEXT * 100
        self._padding, self._gap = (TIGHT_PADDING, GAP_S) if is_large else (PADDING, GAP_M)
        row_height = 2 * self._padding + sum(self._lines) + GAP_S + self._gap
        self._row_size = QSize(320, row_height)
        self._best_size = QSize(320, row_height + self._metrics[Type.SMALL].height() + GAP_S)
        self._heading_size = QSize(320, self._metrics[Type.HEADING].height() + GAP_L + GAP_M)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of a heading or a row; the recommended one has a line more, which says why."""
        row = index.data(Role.ROW)
        if isinstance(row, Heading):
            return self._heading_size
        return self._best_size if row.bundle["is_recommended"] else self._row_size

    @property
    def least_width(self) -> int:
        """The width below which a row could not be read."""
        return 24 * self._metrics[Type.BODY].averageCharWidth() + self._tile

    @property
    def is_on_button(self) -> bool:
        """Whether the mouse was on a row's button when it was last heard of."""
        return self._hovered.isValid()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row = index.data(Role.ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # versions and sizes keep their order
        if isinstance(row, Heading):
            self._paint_heading(painter, option, row)
        else:
            self._paint_background(painter, option)
            self._paint_bundle(painter, option, index, row)
        painter.restore()

    def editorEvent(  # noqa: N802 - Qt's name
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Let the button feel the mouse."""
        if not isinstance(event, QMouseEvent):
            return super().editorEvent(event, model, option, index)
        row, action = index.data(Role.ROW), _action_of(index)
        is_over = action is not None and self.button_rect(option, row, action).contains(event.position().toPoint())
        place = QPersistentModelIndex(index) if is_over else QPersistentModelIndex()
        self._hovered = place
        if event.type() is QEvent.Type.MouseButtonPress and event.button() is Qt.MouseButton.LeftButton:
            self._held = place
        elif event.type() is QEvent.Type.MouseButtonRelease:
            was_held, self._held = self._held, QPersistentModelIndex()
            if is_over and was_held == place:
                self.pressed.emit(row.bundle["id"], action)
        self._view.update(index)
        return is_over

    def button_rect(self, option: QStyleOptionViewItem, entry: Entry, action: Action | None) -> QRect:
        """Return where the button of a row that does ``action`` is; empty where it has none.

        It stands beside the lines above the chips, so that these have the whole width: in some languages they need it.
        """
        if action is None:
            return QRect()
        metrics = self._metrics[Type.BODY]
        width = metrics.horizontalAdvance(action_word(action, entry.bundle)) + 2 * PADDING + GAP_M
        height = metrics.height() + PADDING
        row, below = option.rect, self._padding + self._gap + self._lines[-1]
        middle = (row.top() + self._padding + row.bottom() - below) // 2
        place = QRect(row.right() - GAP_L - width, middle - height // 2, width, height)
        return QStyle.visualRect(option.direction, row, place)

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, heading: Heading) -> None:
        area = option.rect.adjusted(GAP_L, GAP_M, -GAP_L, -GAP_S)
        self._text(painter, option, area, heading.runtime, Type.HEADING, colors().text)
        count = count_text(heading)
        width = self._metrics[Type.SMALL].horizontalAdvance(count)
        right = QRect(area.right() - width, area.top(), width + 1, area.height())
        self._text(painter, option, right, count, Type.SMALL, colors().muted)

    @staticmethod
    def _paint_background(painter: QPainter, option: QStyleOptionViewItem) -> None:
        scheme = colors()
        box = option.rect.adjusted(GAP_S, 1, -GAP_S, -1)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(scheme.selected if is_selected else scheme.hover))
            painter.drawRoundedRect(box, 8, 8)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(scheme.accent), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 7, 7)

    def _paint_bundle(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, entry: Entry) -> None:
        job: Job | None = index.data(Role.JOB)
        button = self.button_rect(option, entry, _action_of(index))
        inner = option.rect.adjusted(GAP_L, self._padding, -GAP_L, -self._padding)
        tile = QRect(inner.left(), inner.top() + 2, self._tile, self._tile)
        self._paint_tile(painter, option, tile, entry)
        left = tile.right() + PADDING
        right = inner.right() - (button.width() + GAP_L if button.isValid() else 0)
        first, second, third = self._lines
        title = QRect(left, inner.top(), right - left, first)
        under = QRect(left, title.bottom() + GAP_S, right - left, second)
        why = QRect(left, under.bottom() + GAP_S, right - left, second)
        is_best = entry.bundle["is_recommended"]
        last = QRect(left, (why if is_best else under).bottom() + self._gap, inner.right() - left, third)
        self._paint_title(painter, option, title, entry)
        if is_best:
            self._paint_reason(painter, option, why, main_reason(entry.bundle))
        if job is None:
            self._text(painter, option, under, self._second_line(entry), Type.SMALL, colors().muted)
            self._paint_chips(painter, option, last, entry)
        else:
            self._text(painter, option, under, job_text(job), Type.SMALL, colors().text)
            self._paint_bar(painter, option, last, job)
        if button.isValid():
            self._paint_button(painter, option, index, button)

    def _paint_tile(self, painter: QPainter, option: QStyleOptionViewItem, tile: QRect, entry: Entry) -> None:
        scheme = colors()
        place = QStyle.visualRect(option.direction, option.rect, tile)
        has_it = entry.bundle["active"] is not None
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(scheme.accent_soft if has_it else scheme.neutral_soft))
        painter.drawRoundedRect(place, 8, 8)
        color = QColor(scheme.accent if has_it else scheme.neutral)
        size = scaled(20)
        name = "chip" if entry.family == "cpu" else "gpu"
        picture = pixmap(name, color, size, painter.device().devicePixelRatioF())
        painter.drawPixmap(place.center().x() - size // 2 + 1, place.center().y() - size // 2 + 1, picture)

    def _paint_title(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, entry: Entry) -> None:
        name = entry.bundle["name"]
        self._text(painter, option, area, name, Type.STRONG, colors().text)
        used = self._metrics[Type.STRONG].horizontalAdvance(name) + GAP_M
        # Builds for other systems have the same names as ours.
        more = ["" if entry.bundle["fits"] else ", ".join(entry.bundle["platforms"])]
        if entry.accelerator.casefold() not in name.casefold():
            more.insert(0, entry.accelerator)
        if used < area.width() and any(more):
            text = " ".join(filter(None, more))
            self._text(painter, option, area.adjusted(used, 0, 0, 0), text, Type.BODY, colors().muted)

    def _paint_reason(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, reason: str) -> None:
        scheme = colors()
        size = self._star
        star = QRect(area.left(), area.center().y() - size // 2 + 1, size, size)
        picture = pixmap("recommended", QColor(scheme.accent), size, painter.device().devicePixelRatioF())
        painter.drawPixmap(QStyle.visualRect(option.direction, option.rect, star), picture)
        self._text(painter, option, area.adjusted(size + GAP_S, 0, 0, 0), reason, Type.SMALL, scheme.accent)

    @staticmethod
    def _second_line(entry: Entry) -> str:
        bundle = entry.bundle
        facts = [version_line(bundle), shown_size(bundle)]
        # Where it is, its state says why; what could be chosen needs the reason at once (7-screens, rule 1).
        return " · ".join(fact for fact in facts if fact) if bundle["fits"] else main_reason(bundle)

    def _paint_chips(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, entry: Entry) -> None:
        bundle = entry.bundle
        looks: list[Look] = [state_look(bundle["state"]), bundle_trust_look(bundle)]
        left = area.left()
        for look in looks:
            size = chip_size(look)
            if left + size.width() > area.right() + 1:
                break
            place = QRect(left, area.top(), size.width(), size.height())
            paint_chip(painter, QStyle.visualRect(option.direction, option.rect, place), look, option.direction)
            left += size.width() + GAP_M

    def _paint_bar(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, job: Job) -> None:
        scheme = colors()
        height, radius = self._bar, self._bar / 2
        bar = QRect(area.left(), area.center().y() - height // 2, area.width(), height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(scheme.border))
        painter.drawRoundedRect(QStyle.visualRect(option.direction, option.rect, bar), radius, radius)
        progress = job.progress
        if progress and progress.total_bytes:
            share = min(1.0, progress.done_bytes / progress.total_bytes)
            bar.setWidth(max(height, round(bar.width() * share)))
            painter.setBrush(QColor(scheme.accent))
            painter.drawRoundedRect(QStyle.visualRect(option.direction, option.rect, bar), radius, radius)

    def _paint_button(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        entry: Entry = index.data(Role.ROW)
        action = _action_of(index)
        if action is None:
            return
        scheme = colors()
        is_loud = action in LOUD and (action is Action.UPDATE or entry.bundle["is_recommended"])
        # The mouse may have left the row without moving, when the list moved under it.
        is_hovered = self._hovered == index and bool(option.state & QStyle.StateFlag.State_MouseOver)
        is_held = self._held == index
        ground = (scheme.accent_hover if is_hovered else scheme.accent) if is_loud else scheme.surface
        if not is_loud and (is_hovered or is_held):
            ground = scheme.neutral_soft if is_held else scheme.hover
        painter.setPen(QPen(QColor(scheme.accent if is_loud else scheme.border), 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(rect, 6, 6)
        painter.setFont(self._fonts[Type.STRONG if is_loud else Type.BODY])
        painter.setPen(QColor(scheme.on_accent if is_loud else scheme.text))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, action_word(action, entry.bundle))

    def _text(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, text: str, kind: Type, color: str
    ) -> None:
        font: QFont = self._fonts[kind]
        painter.setFont(font)
        painter.setPen(QColor(color))
        alignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        place = QStyle.visualRect(option.direction, option.rect, area)
        shown = self._metrics[kind].elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(place, QStyle.visualAlignment(option.direction, alignment), shown)


def _action_of(index: Index) -> Action | None:
    """Return what the button of a row does; Qt hands a word over as the plain text that it is."""
    word = index.data(Role.ACTION)
    return None if word is None else Action(word)
