"""The structures of a Word 97–2003 file ([MS-DOC]): pieces of text, properties of paragraphs and characters, lists.

A file is a compound file with the stream ``WordDocument``, which opens with the FIB (2.5.1): a table of where everything
stands, mostly in the stream ``0Table`` or ``1Table``. Text is in pieces (CLX, 2.9.38), each of one-byte characters of
code page 1252 or of UTF-16; properties hang on byte places of the stream (FKP, 2.9.175 and 2.9.181).

Character places (CP) count UTF-16 units from the document's first character; every damaged structure raises
:class:`DamagedError`.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extractor.readers.counters import Level, List
from extractor.readers.number_formats import BY_CODE

MAGIC = 0xA5EC
WORD_97 = 193
ENCRYPTED, TABLE_1 = 0x0100, 0x0200
# Places of the pairs (fc, lcb) in the FIB, [MS-DOC] 2.5.6.
STYLES, CHARACTERS, PARAGRAPHS, CLX, LISTS, LIST_USES = 0x00A2, 0x00FA, 0x0102, 0x01A2, 0x02E2, 0x02EA
SHAPES, BOXES = 0x01DA, 0x025A
COUNTS = 0x004C
PAGE = 512

# Single property modifiers, 2.6.
IN_TABLE, ROW_END, LIST_LEVEL, LIST_USE, ALIGN_OLD, ALIGN, OUTLINE = (
    0x2416,
    0x2417,
    0x260A,
    0x460B,
    0x2403,
    0x2461,
    0x2640,
)
TABLE_SHAPE, HUGE_OLD, HUGE = 0xD608, 0x6645, 0x6646
DELETED, HIDDEN, BOLD, SPECIAL, SYMBOL = 0x0800, 0x083C, 0x0835, 0x0855, 0x6A09
SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
MAX_PARTS = 5_000_000

Run = tuple[int, int, bytes]
"""First byte, byte behind the last, and what hangs on them."""


class DamagedError(Exception):
    """A structure that points out of the file or contradicts itself."""


def _u16(data: bytes, at: int) -> int:
    if not 0 <= at <= len(data) - 2:
        raise DamagedError
    return int(struct.unpack_from("<H", data, at)[0])


def _u32(data: bytes, at: int) -> int:
    if not 0 <= at <= len(data) - 4:
        raise DamagedError
    return int(struct.unpack_from("<I", data, at)[0])


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters from ``start`` to ``end`` (CP), at byte ``place``, one or two bytes each."""

    start: int
    end: int
    place: int
    width: int


@dataclass(frozen=True, slots=True)
class TableRow:
    """The shape of a row: the edges of its cells (in twentieths of a point) and each cell's merge flags."""

    edges: tuple[int, ...]
    continued: tuple[bool, ...]  # merged with the cell above
    joined: tuple[bool, ...]  # merged with the cell before


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What a paragraph's properties say."""

    style: int = 0
    in_table: bool = False
    row_end: bool = False
    list_use: int = 0
    list_level: int = 0
    centred: bool = False
    outline: int = 0  # from 1; 0 for body text
    row: TableRow | None = None


@dataclass(frozen=True, slots=True)
class Characters:
    """What a run's properties say."""

    hidden: bool = False
    bold: bool = False
    symbol: str | None = None


@dataclass(frozen=True, slots=True)
class Stories:
    """Where the parts of the text stand, as (start, end) in CP: body, footnotes, heads and feet, endnotes, text boxes."""

    body: tuple[int, int]
    footnotes: tuple[int, int]
    heads: tuple[int, int]
    endnotes: tuple[int, int]
    boxes: tuple[int, int]


def modifiers(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(code, operand) of each property modifier of a list of them."""
    at = 0
    while at + 2 <= len(data):
        code = _u16(data, at)
        at += 2
        kind = code >> 13
        if code == TABLE_SHAPE:
            if at + 2 > len(data):
                return
            size = _u16(data, at) + 1
        elif kind == 6:
            if at >= len(data):
                return
            size = data[at] + 1
        else:
            size = SIZES[kind]
        yield code, data[at : at + size]
        at += size


class WordFile:
    """A Word 97–2003 file taken apart. ``main``, ``table`` and ``extra`` are its streams."""

    def __init__(self, main: bytes, table: bytes, extra: bytes) -> None:
        self._main, self._table, self._extra = main, table, extra
        self.pieces = self._read_pieces()
        self.length = self.pieces[-1].end if self.pieces else 0
        self._starts = [p.start for p in self.pieces]
        self._paragraph_runs = self._runs(PARAGRAPHS, self._paragraph_page)
        self._paragraph_keys = [r[0] for r in self._paragraph_runs]
        self._character_runs = self._runs(CHARACTERS, self._character_page)
        self._character_keys = [r[0] for r in self._character_runs]
        self._styles = self._read_styles()
        self.lists, self._list_uses = self._read_lists()

    # -- text ----------------------------------------------------------------------------------------------------------

    def _part(self, entry: int) -> bytes:
        place, size = _u32(self._main, entry), _u32(self._main, entry + 4)
        if place + size > len(self._table):
            raise DamagedError
        return self._table[place : place + size]

    def _read_pieces(self) -> list[Piece]:
        clx = self._part(CLX)
        at = 0
        while at < len(clx) and clx[at] == 1:  # Prc: modifiers for fast-saved pieces
            at += 3 + _u16(clx, at + 1)
        if at >= len(clx) or clx[at] != 2:
            raise DamagedError
        size = _u32(clx, at + 1)
        plc = clx[at + 5 : at + 5 + size]
        count = (len(plc) - 4) // 12
        out = []
        for k in range(count):
            start, end = _u32(plc, 4 * k), _u32(plc, 4 * k + 4)
            place = _u32(plc, 4 * (count + 1) + 8 * k + 2)
            narrow = bool(place & 0x4000_0000)
            place = (place & 0x3FFF_FFFF) // 2 if narrow else place & 0x3FFF_FFFF
            width = 1 if narrow else 2
            if end < start or place + (end - start) * width > len(self._main):
                raise DamagedError
            out.append(Piece(start, end, place, width))
        return out

    def text(self) -> str:
        """All text, one character for each CP; halves of characters beyond the BMP stay apart."""
        out = []
        for piece in self.pieces:
            raw = self._main[piece.place : piece.place + (piece.end - piece.start) * piece.width]
            if piece.width == 1:
                out.append(raw.decode("cp1252", errors="replace"))
            else:
                out.append("".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw))))
        return "".join(out)

    def stories(self) -> Stories:
        """The parts of the text."""
        counts = [_u32(self._main, COUNTS + 4 * k) for k in range(8)]
        starts = [0]
        for count in counts:
            starts.append(min(starts[-1] + count, self.length))
        parts = [(starts[k], starts[k + 1]) for k in range(8)]
        return Stories(parts[0], parts[1], parts[2], parts[5], parts[6])

    def place_of(self, cp: int) -> int:
        """The byte at which a character stands."""
        k = bisect_right(self._starts, cp) - 1
        if k < 0 or cp >= self.pieces[k].end:
            return -1
        piece = self.pieces[k]
        return piece.place + (cp - piece.start) * piece.width

    # -- properties ----------------------------------------------------------------------------------------------------

    def _runs(self, entry: int, page_runs: Callable[[bytes], list[Run]]) -> list[Run]:
        plc = self._part(entry)
        count = max(0, (len(plc) - 4) // 8)
        out: list[Run] = []
        for k in range(count):
            number = _u32(plc, 4 * (count + 1) + 4 * k) & 0x3F_FFFF
            page = self._main[number * PAGE : (number + 1) * PAGE]
            if len(page) < PAGE:
                raise DamagedError
            out += page_runs(page)
            if len(out) > MAX_PARTS:
                raise DamagedError
        out.sort(key=lambda run: run[0])
        return out

    def _paragraph_page(self, page: bytes) -> list[Run]:
        count = page[-1]
        out = []
        for k in range(count):
            first, last = _u32(page, 4 * k), _u32(page, 4 * k + 4)
            at = page[4 * (count + 1) + 13 * k] * 2
            content = b""
            if at:
                size = page[at]
                content = page[at + 1 : at + 2 * size] if size else page[at + 2 : at + 2 + 2 * page[at + 1]]
            out.append((first, last, content))
        return out

    def _character_page(self, page: bytes) -> list[Run]:
        count = page[-1]
        out = []
        for k in range(count):
            first, last = _u32(page, 4 * k), _u32(page, 4 * k + 4)
            at = page[4 * (count + 1) + k] * 2
            out.append((first, last, page[at + 1 : at + 1 + page[at]] if at else b""))
        return out

    def paragraph(self, cp: int) -> Paragraph:
        """The properties of the paragraph that ends with the character at ``cp``."""
        place = self.place_of(cp)
        k = bisect_right(self._paragraph_keys, place) - 1
        if k < 0 or place >= self._paragraph_runs[k][1]:
            return Paragraph()
        content = self._paragraph_runs[k][2]
        if len(content) < 2:
            return self._style(0)
        style = _u16(content, 0)
        return self._modified(self._style(style), content[2:], style)

    def _style(self, number: int) -> Paragraph:
        return self._styles.get(number, Paragraph(style=number))

    def _modified(self, before: Paragraph, content: bytes, style: int) -> Paragraph:
        found: dict[int, int] = {}
        row = None
        pending = [content]
        while pending:
            for code, operand in modifiers(pending.pop()):
                if code in (HUGE, HUGE_OLD):
                    place = _u32(operand, 0) if len(operand) == 4 else len(self._extra)
                    if place + 2 <= len(self._extra):
                        pending.append(self._extra[place + 2 : place + 2 + _u16(self._extra, place)])
                elif code == TABLE_SHAPE:
                    row = _table_row(operand)
                elif operand:
                    found[code] = int.from_bytes(operand[:2], "little")
        align = found.get(ALIGN, found.get(ALIGN_OLD))
        outline = found.get(OUTLINE)
        return Paragraph(
            style=style,
            in_table=bool(found.get(IN_TABLE, before.in_table)),
            row_end=bool(found.get(ROW_END, 0)),
            list_use=found.get(LIST_USE, before.list_use),
            list_level=found.get(LIST_LEVEL, before.list_level) & 0x0F,
            centred=before.centred if align is None else align == 1,
            outline=before.outline if outline is None else (outline + 1 if outline < 9 else 0),
            row=row,
        )

    def runs(self, start: int, end: int) -> Iterator[tuple[int, int, Characters]]:
        """(start, end, properties) of the runs between two CP."""
        cp = start
        while cp < end:
            k = bisect_right(self._starts, cp) - 1
            if k < 0 or cp >= self.pieces[k].end:
                return
            piece = self.pieces[k]
            stop = min(end, piece.end)
            while cp < stop:
                place = piece.place + (cp - piece.start) * piece.width
                r = bisect_right(self._character_keys, place) - 1
                last, content = stop, b""
                if r >= 0 and place < self._character_runs[r][1]:
                    run = self._character_runs[r]
                    last = min(stop, piece.start + (run[1] - piece.place + piece.width - 1) // piece.width)
                    content = run[2]
                elif r + 1 < len(self._character_keys):
                    gap = piece.start + (self._character_keys[r + 1] - piece.place) // piece.width
                    last = min(stop, gap) if gap > cp else stop
                last = max(last, cp + 1)
                yield cp, last, _characters(content)
                cp = last

    # -- styles and lists ----------------------------------------------------------------------------------------------

    def _read_styles(self) -> dict[int, Paragraph]:
        """The paragraph properties of each style, those it is based on included ([MS-DOC] 2.9.271)."""
        sheet = self._part(STYLES)
        if len(sheet) < 6:
            return {}
        header = _u16(sheet, 0)
        count, base_size = _u16(sheet, 2), _u16(sheet, 4)
        raw: dict[int, tuple[int, bytes]] = {}
        at = 2 + header
        for number in range(count):
            if at + 2 > len(sheet):
                break
            size = _u16(sheet, at)
            style = sheet[at + 2 : at + 2 + size]
            at += 2 + size
            if len(style) < base_size + 2 or base_size < 6:
                continue
            kind, based = _u16(style, 2) & 0x0F, _u16(style, 2) >> 4
            if kind != 1:
                continue
            name_length = _u16(style, base_size)
            upx = base_size + 2 + 2 * name_length + 2
            content = b""
            if upx + 2 <= len(style):
                content = style[upx + 2 : upx + 2 + _u16(style, upx)][2:]
            raw[number] = (based, content)
        out: dict[int, Paragraph] = {}

        def resolve(number: int, depth: int) -> Paragraph:
            if number in out:
                return out[number]
            if number not in raw or depth > 20:
                return Paragraph(style=number)
            based, content = raw[number]
            above = resolve(based, depth + 1) if based != 0x0FFF else Paragraph()
            made = self._modified(above, content, number)
            out[number] = made
            return made

        for number in raw:
            resolve(number, 0)
        return out

    def list_of(self, paragraph: Paragraph) -> List | None:
        """The list that a paragraph is in."""
        use = paragraph.list_use
        return self._list_uses[use - 1] if 0 < use <= len(self._list_uses) else None

    def _read_lists(self) -> tuple[dict[int, dict[int, Level]], list[List | None]]:
        """The list definitions by their ids, and the lists that paragraphs name ([MS-DOC] 2.9.131, 2.9.148)."""
        place, size = _u32(self._main, LISTS), _u32(self._main, LISTS + 4)
        definitions: dict[int, dict[int, Level]] = {}
        if size < 2 or place + size > len(self._table):
            return {}, []
        count = _u16(self._table, place)
        heads = [(place + 2 + 28 * k) for k in range(count)]
        at = place + 2 + 28 * count
        for head in heads:
            key = _u32(self._table, head)
            simple = self._table[head + 26 : head + 27] == b"\x01" or bool(self._table[head + 26] & 1)
            levels: dict[int, Level] = {}
            for number in range(1 if simple else 9):
                levels[number], at = self._read_level(at)
            definitions[key] = levels
        return definitions, self._read_list_uses(definitions)

    def _read_level(self, at: int) -> tuple[Level, int]:
        table = self._table
        if at + 28 > len(table):
            raise DamagedError
        start, code, info, follow = _u32(table, at), table[at + 4], table[at + 5], table[at + 15]
        characters, paragraphs, restart = table[at + 24], table[at + 25], table[at + 26]
        text_at = at + 28 + paragraphs + characters
        length = _u16(table, text_at)
        raw = table[text_at + 2 : text_at + 2 + 2 * length].decode("utf-16-le", errors="replace")
        text = "".join(f"%{ord(c) + 1}" if ord(c) < 9 else c for c in raw)
        level = Level(
            start=start if start < 100_000 else 1,
            kind=BY_CODE.get(code, "decimal"),
            text=text,
            suffix=("tab", "space", "nothing")[follow] if follow < 3 else "tab",
            legal=bool(info & 0x04),
            restart_after=restart if info & 0x08 else None,
        )
        return level, text_at + 2 + 2 * length

    def _read_list_uses(self, definitions: dict[int, dict[int, Level]]) -> list[List | None]:
        uses = self._part(LIST_USES)
        if len(uses) < 4:
            return []
        count = _u32(uses, 0)
        if 4 + 16 * count > len(uses):
            raise DamagedError
        at = 4 + 16 * count
        out: list[List | None] = []
        # The levels that a use overrides stand behind all uses, and may be longer than the part says.
        whole = self._table[_u32(self._main, LIST_USES) :]
        for k in range(count):
            key = _u32(uses, 4 + 16 * k)
            overrides = uses[4 + 16 * k + 12]
            levels = dict(definitions.get(key, {}))
            starts: dict[int, int] = {}
            if at + 4 <= len(whole):
                at += 4
                for _ in range(overrides):
                    if at + 8 > len(whole):
                        break
                    start, flags = _u32(whole, at), _u32(whole, at + 4)
                    at += 8
                    number = flags & 0x0F
                    if flags & 0x20:
                        base = _u32(self._main, LIST_USES)
                        levels[number], end = self._read_level(base + at)
                        at = end - base
                    elif flags & 0x10:
                        starts[number] = start
            out.append(List(str(key), levels, starts) if levels else None)
        return out

    # -- text boxes ----------------------------------------------------------------------------------------------------

    def boxes(self) -> list[tuple[int | None, int, int]]:
        """(anchor in the body, start, end) of each text box, in CP; the anchor is unknown for boxes in groups."""
        anchors: dict[int, int] = {}
        shapes = self._part(SHAPES)
        count = max(0, (len(shapes) - 4) // 30)
        for k in range(count):
            anchors[_u32(shapes, 4 * (count + 1) + 26 * k)] = _u32(shapes, 4 * k)
        boxes = self._part(BOXES)
        count = max(0, (len(boxes) - 4) // 26)
        first = self.stories().boxes[0]
        out = []
        for k in range(count):
            shape = _u32(boxes, 4 * (count + 1) + 22 * k + 14)
            start, end = first + _u32(boxes, 4 * k), first + _u32(boxes, 4 * k + 4)
            if end > start:
                out.append((anchors.get(shape), start, min(end, self.length)))
        return out


def _characters(content: bytes) -> Characters:
    hidden = bold = False
    symbol = None
    for code, operand in modifiers(content):
        on = bool(operand) and operand[0] in (1, 0x81)
        if code in (HIDDEN, DELETED):
            hidden = hidden or on
        elif code == BOLD:
            bold = on
        elif code == SYMBOL and len(operand) == 4:
            symbol = chr(_u16(operand, 2))
    return Characters(hidden, bold, symbol)


def _table_row(operand: bytes) -> TableRow | None:
    """The operand of sprmTDefTable ([MS-DOC] 2.9.321)."""
    if len(operand) < 3:
        return None
    count = operand[2]
    at = 3 + 2 * (count + 1)
    if len(operand) < at:
        return None
    edges = struct.unpack_from(f"<{count + 1}h", operand, 3)
    flags = [_u16(operand, at + 20 * k) if at + 20 * k + 2 <= len(operand) else 0 for k in range(count)]
    continued = tuple(bool(f & 0x20) and not f & 0x40 for f in flags)
    joined = tuple(bool(f & 0x02) and not f & 0x01 for f in flags)
    return TableRow(edges, continued, joined)
