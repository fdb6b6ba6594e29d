"""What keys do in the function editor: indentation, and the matching of brackets.

Places are counted as Qt counts them, in UTF-16 units; lines and columns are those of `core.span`.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit

INDENT = 4
_OPEN, _CLOSE = "([{", ")]}"
_PAIR_REACH = 20_000


def position(document: QTextDocument, line: int, column: int) -> int:
    """The place of a line and column, both from 1, kept within the document."""
    block = document.findBlockByNumber(min(max(line, 1), document.blockCount()) - 1)
    before = block.text()[: max(column, 1) - 1]
    return block.position() + len(before.encode("utf-16-le")) // 2


def column(cursor: QTextCursor) -> int:
    """The column of a cursor, in characters from 1."""
    units = cursor.block().text().encode("utf-16-le")[: 2 * cursor.positionInBlock()]
    return len(units.decode("utf-16-le", "ignore")) + 1


def type_key(editor: QPlainTextEdit, event: QKeyEvent) -> bool:
    """Do what the key means for indentation; False where it means nothing special."""
    cursor = editor.textCursor()
    match event.key():
        case Qt.Key.Key_Tab:
            _indent(cursor)
        case Qt.Key.Key_Backtab:
            _shift_lines(cursor, -INDENT)
        case Qt.Key.Key_Return | Qt.Key.Key_Enter:
            cursor.insertText("\n" + next_indent(cursor.block().text()[: cursor.positionInBlock()]))
            editor.setTextCursor(cursor)
            editor.ensureCursorVisible()
        case Qt.Key.Key_Backspace if _within_indent(cursor):
            _unindent(cursor)
        case _:
            return False
    return True


def next_indent(line: str) -> str:
    """The white space with which the line after `line` begins."""
    indent = line[: len(line) - len(line.lstrip())]
    code = line.split("#")[0].rstrip()
    if code.endswith(":"):
        return indent + " " * INDENT
    if code.lstrip().split(" ")[0] in ("return", "break", "continue", "pass"):
        return indent[:-INDENT]
    return indent


def _indent(cursor: QTextCursor) -> None:
    if cursor.hasSelection():
        _shift_lines(cursor, INDENT)
    else:
        cursor.insertText(" " * (INDENT - cursor.positionInBlock() % INDENT))


def _within_indent(cursor: QTextCursor) -> bool:
    before = cursor.block().text()[: cursor.positionInBlock()]
    return not cursor.hasSelection() and before != "" and before.strip(" ") == ""


def _unindent(cursor: QTextCursor) -> None:
    count = (cursor.positionInBlock() - 1) % INDENT + 1
    move, keep = QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor
    cursor.movePosition(move, keep, count)
    cursor.removeSelectedText()


def _shift_lines(cursor: QTextCursor, by: int) -> None:
    """Move every selected line right or left, as one edit."""
    document = cursor.document()
    first = document.findBlock(cursor.selectionStart()).blockNumber()
    last = document.findBlock(cursor.selectionEnd()).blockNumber()
    cursor.beginEditBlock()
    for number in range(first, last + 1):
        block = document.findBlockByNumber(number)
        line = QTextCursor(block)
        if by > 0:
            line.insertText(" " * by)
        else:
            spaces = len(block.text()) - len(block.text().lstrip(" "))
            move, keep = QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor
            line.movePosition(move, keep, min(spaces, -by))
            line.removeSelectedText()
    cursor.endEditBlock()


def bracket_pair(cursor: QTextCursor) -> list[int]:
    """The places of the bracket beside the cursor and of its partner; empty where there are none."""
    document, place = cursor.document(), cursor.position()
    for at in (place - 1, place):
        sign = document.characterAt(at) if at >= 0 else ""
        if sign and sign in _OPEN:
            partner = _partner(document, at, sign, _CLOSE[_OPEN.index(sign)], 1)
        elif sign and sign in _CLOSE:
            partner = _partner(document, at, sign, _OPEN[_CLOSE.index(sign)], -1)
        else:
            continue
        if partner is not None:
            return [at, partner]
    return []


def _partner(document: QTextDocument, start: int, here: str, there: str, direction: int) -> int | None:
    depth = 0
    end = min(max(start + direction * _PAIR_REACH, -1), document.characterCount())
    for at in range(start, end, direction):
        sign = document.characterAt(at)
        depth += (sign == here) - (sign == there)
        if depth == 0:
            return at
    return None
