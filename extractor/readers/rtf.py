"""Rich text (.rtf, and many an old ``.doc``): text, tables and the labels that the writing program stored.

The format is a tree of groups with control words (Rich Text Format 1.9.1). Characters are bytes of a code page
(``\\'d6\\'d0``), told by the font, or code points (``\\u20013``) followed by stand-ins for old programs. Word stores the
number that it prints before a paragraph in a ``listtext`` group, so nothing need be counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extractor.model import Document
from extractor.readers import failures, sniffing
from extractor.readers.build import CellDraft, Line, TextBuilder
from extractor.readers.docx import PAGE_NUMBER_LINE
from extractor.readers.number_formats import symbol
from extractor.readers.sets import names

TOKEN = re.compile(
    rb"""
    \\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})?[ ]?
    | \\'(?P<hex>[0-9a-fA-F]{2})
    | \\(?P<sign>[^a-z'])
    | (?P<open>\{) | (?P<close>\})
    | (?P<text>[^\\{}\r\n]+)
    | [\r\n]+
    """,
    re.VERBOSE | re.DOTALL,
)
SILENT = names(
    "fonttbl colortbl stylesheet info pict object filetbl listtable listoverridetable revtbl rsidtbl generator themedata "
    "colorschememapping latentstyles datastore xmlnstbl fldinst bkmkstart bkmkend shpinst nonshppict mmathPr pgdsctbl "
    "ftnsep ftnsepc aftnsep annotation atnid atnauthor template"
)
HEADS = names("header headerl headerr headerf footer footerl footerr footerf")
BREAKS = {"par": "\n", "sect": "\n", "page": "\n", "line": "\v", "tab": "\t", "cell": "\a", "nestcell": "\t"}
SIGNS = {
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": "\u2003",
    "enspace": "\u2002",
}
CHARSETS = {134: "gb18030", 136: "big5hkscs", 128: "cp932", 0: "cp1252", 2: "cp1252", 204: "cp1251"}
MAX_DEPTH = 2_000
LEFT_OVER = 20
"""Bytes that may stand behind the outermost group; some programs leave a few."""
DEFAULT_SKIP = 1


@dataclass(frozen=True)
class _State:
    """What a group hands down to the groups in it."""

    silent: bool = False
    label: bool = False
    head: bool = False
    note: bool = False
    hidden: bool = False
    bold: bool = False
    centred: bool = False
    in_table: bool = False
    encoding: str = "cp1252"
    skip: int = DEFAULT_SKIP  # stand-ins that follow a code point


@dataclass
class _Row:
    edges: list[int] = field(default_factory=list)
    continued: list[bool] = field(default_factory=list)
    next_continued: bool = False


def read(data: bytes, name: str) -> Document:
    """The text as the writing program printed it. Raises ``ReadError``."""
    builder = TextBuilder()
    reader = _Reader(data, name, builder)
    reader.write()
    return builder.document(data, name, sniffing.RTF)


class _Reader:
    """One file being read, token by token."""

    def __init__(self, data: bytes, name: str, builder: TextBuilder) -> None:
        self._data, self._name, self._builder = data, name, builder
        self._state = _State(encoding=self._code_page())
        self._fonts = self._font_encodings()
        self._bytes = b""
        self._skip = 0
        self._line = Line()
        self._bold_on = True
        self._bold = 0
        self._cell: list[Line] = []
        self._cells: list[list[Line]] = []
        self._row = _Row()
        self._rows: list[tuple[list[list[Line]], _Row]] = []
        self._heads: list[Line] = []
        self._notes: list[Line] = []

    def _code_page(self) -> str:
        found = re.search(rb"\\ansicpg(\d{3,5})", self._data[:2000])
        pages = {b"936": "gb18030", b"950": "big5hkscs", b"54936": "gb18030", b"65001": "utf-8"}
        return pages.get(found[1], "cp1252") if found else "gb18030"

    def _font_encodings(self) -> dict[int, str]:
        table = self._data[:200_000]
        fonts = re.finditer(rb"\\f(\d{1,5})(?:\\[a-z]+-?\d*){0,6}?\\fcharset(\d{1,3})", table)
        return {int(m[1]): CHARSETS[int(m[2])] for m in fonts if int(m[2]) in CHARSETS and int(m[2]) not in (0, 2)}

    def write(self) -> None:
        """Reads all tokens. Raises ``ReadError`` where the groups do not close."""
        stack: list[_State] = []
        star = False
        for token in TOKEN.finditer(self._data):
            kind = token.lastgroup
            if kind == "open":
                self._flush()
                stack.append(self._state)
                if len(stack) > MAX_DEPTH:
                    raise failures.corrupt(self._name, "RTF")
                self._skip = 0
            elif kind == "close":
                self._flush()
                if not stack:
                    raise failures.corrupt(self._name, "RTF")
                before, self._state = self._state, stack.pop()
                if not stack:
                    if len(self._data[token.end() :].strip(b"\x00\r\n ")) > LEFT_OVER:
                        raise failures.corrupt(self._name, "RTF")  # groups that do not match: the rest would be lost
                    break
                if before.head != self._state.head or before.note != self._state.note:
                    self._end_aside(before)
            elif kind == "sign":
                star = self._sign(token["sign"])
                continue
            elif kind == "hex":
                self._raw(bytes([int(token["hex"], 16)]))
            elif kind == "text":
                self._raw(token["text"])
            elif token["word"]:
                number = int(token["number"]) if token["number"] else None
                self._word(token["word"].decode("ascii"), number, star)
            if kind != "sign":
                star = False
        self._flush()
        if stack:
            raise failures.corrupt(self._name, "RTF")
        self._end_paragraph()
        self._end_table()
        for line in self._notes:
            self._builder.line(line)

    # -- tokens --------------------------------------------------------------------------------------------------------

    def _sign(self, sign: bytes) -> bool:
        """A control sign; true for the one that marks a group which old programs skip."""
        if sign == b"*":
            return True
        if sign in (b"\\", b"{", b"}"):
            self._raw(sign)
        elif sign == b"~":
            self._put("\xa0")
        elif sign == b"_":
            self._put("-")
        elif sign in (b"\n", b"\r"):
            self._end_paragraph()
        return False

    def _raw(self, content: bytes) -> None:
        if self._skip:
            taken = min(self._skip, len(content))
            self._skip -= taken
            content = content[taken:]
        self._bytes += content

    def _flush(self) -> None:
        if self._bytes:
            content, self._bytes = self._bytes, b""
            self._put(content.decode(self._state.encoding, errors="replace"))

    def _word(self, word: str, number: int | None, star: bool) -> None:
        if word == "u" and number is not None:
            self._flush()
            self._skip = 0
            self._put(chr(number & 0xFFFF))
            self._skip = self._state.skip
            return
        self._flush()
        self._skip = 0
        on = number != 0
        state = self._state
        if word in SILENT or (star and word not in ("listtext", "shptxt", "footnote")):
            self._state = replace(state, silent=word != "shppict")
        elif word in HEADS:
            self._begin_aside()
            self._state = replace(state, head=True)
        elif word == "footnote":
            self._state = replace(state, note=True)
        elif word in ("listtext", "pntext"):
            self._state = replace(state, label=True)
        elif word == "uc":
            self._state = replace(state, skip=max(0, number or 0))
        elif word in ("v", "deleted"):
            self._state = replace(state, hidden=on)
        elif word in ("b", "ab"):
            self._state = replace(state, bold=on)
        elif word == "f" and number in self._fonts:
            self._state = replace(state, encoding=self._fonts[number])
        elif word in ("f", "af", "dbch", "loch", "hich"):
            return
        elif word == "plain":
            self._state = replace(state, bold=False, hidden=False)
        elif word == "pard":
            self._state = replace(state, centred=False, in_table=False)
        elif word == "qc":
            self._state = replace(state, centred=True)
        elif word in ("ql", "qr", "qj"):
            self._state = replace(state, centred=False)
        elif word == "intbl":
            self._state = replace(state, in_table=True)
        elif not state.silent:
            self._structure(word, number)

    def _structure(self, word: str, number: int | None) -> None:
        if word == "trowd":
            self._row = _Row()
        elif word == "clvmrg":
            self._row.next_continued = True
        elif word == "cellx" and number is not None:
            self._row.edges.append(number)
            self._row.continued.append(self._row.next_continued)
            self._row.next_continued = False
        elif word in ("row", "nestrow"):
            self._end_row(nested=word == "nestrow")
        elif word in BREAKS:
            mark = BREAKS[word]
            if mark == "\n":
                self._end_paragraph()
            elif mark == "\a":
                self._end_paragraph()
                self._cells.append(self._cell)
                self._cell = []
            else:
                self._put("\n" if mark == "\v" else mark)
        elif word in SIGNS:
            self._put(SIGNS[word])

    # -- text ----------------------------------------------------------------------------------------------------------

    def _put(self, text: str) -> None:
        state = self._state
        if state.silent or state.hidden or not text:
            return
        if state.note:
            self._notes = self._notes or [Line()]
            self._notes[-1].text += text
            return
        if state.label:
            label = text.replace("\t", " ")
            if not self._line.text:
                label = label.lstrip()
            start = len(self._line.text)
            self._line.text += label
            if self._line.marks and self._line.marks[-1][0] == "computed":
                start = self._line.marks.pop()[1]
            self._line.mark("computed", start, len(self._line.text.rstrip()))
            return
        start = len(self._line.text)
        self._line.text += text
        if self._bold_on and (state.bold or not text.strip()):
            self._bold = len(self._line.text)
        elif text.strip():
            self._bold_on = False
        if self._bold_on and state.bold and not any(m[0] == "bold" for m in self._line.marks):
            self._line.marks.append(("bold", start, start, ""))

    def _finished(self) -> Line:
        line = self._line
        halves = line.text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        if len(halves) != len(line.text):  # characters beyond the BMP came in two; marks would be off
            line = Line(halves)
        else:
            marks = []
            for kind, start, end, value in line.marks:
                stop = self._bold if kind == "bold" else end
                if line.text[start:stop].strip():
                    marks.append((kind, start, stop, value))
            line = Line(symbol(line.text), marks)
        if self._state.centred:
            line.mark("centred")
        self._line, self._bold_on, self._bold = Line(), True, 0
        return line

    def _end_paragraph(self) -> None:
        if self._state.note:
            self._notes.append(Line())
            return
        if self._state.head:
            self._heads.append(self._finished())
            return
        line = self._finished()
        if self._state.in_table or self._cells:
            self._cell.append(line)
        else:
            self._end_table()
            self._builder.line(line)

    def _begin_aside(self) -> None:
        if self._line.text.strip():
            self._end_paragraph()

    def _end_aside(self, before: _State) -> None:
        if before.head:
            self._heads.append(self._finished())
            for line in self._heads:
                text = line.text.strip()
                numbered = any(c.isdigit() for c in text) and PAGE_NUMBER_LINE.fullmatch(text)
                self._builder.line(Line(text).mark("page_number" if numbered else "running_head"))
            self._heads = []
        if before.note and self._notes:
            text = self._notes[-1].text.strip()
            self._notes[-1] = Line(text).mark("footnote")
            self._notes.append(Line())

    # -- tables --------------------------------------------------------------------------------------------------------

    def _end_row(self, *, nested: bool) -> None:
        if nested:
            self._put("\n")
            return
        self._rows.append((self._cells, self._row))
        self._cells, self._cell = [], []

    def _end_table(self) -> None:
        rows, self._rows = self._rows, []
        if not rows:
            return
        edges = sorted({e for _, row in rows for e in row.edges})
        columns = [e for k, e in enumerate(edges) if k == 0 or e - edges[k - 1] > 40]
        drafts: list[CellDraft] = []
        open_cells: dict[int, CellDraft] = {}
        for r, (cells, row) in enumerate(rows):
            going_on: dict[int, CellDraft] = {}
            left = 0
            for c, lines in enumerate(cells):
                known = c < len(row.edges)
                right = (
                    1 + min(range(len(columns)), key=lambda k: abs(columns[k] - row.edges[c])) if known else left + 1
                )
                above = open_cells.get(left)
                if known and row.continued[c] and above is not None:
                    above.row_span = r - above.row + 1
                    above.lines += [line for line in lines if line.text.strip()]
                    going_on[left] = above
                else:
                    draft = CellDraft(r, left, lines, 1, max(1, right - left))
                    drafts.append(draft)
                    going_on[left] = draft
                left = max(right, left + 1)
            open_cells = going_on
        self._builder.table(drafts)
