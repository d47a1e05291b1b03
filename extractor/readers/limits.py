"""How much a reader takes in: sizes, packed content, XML without entities and without network."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.readers import failures

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_FILE = 200_000_000
"""Bytes of a file. The longest notices with scanned annexes stay far below."""
MAX_PART = 60_000_000
"""Bytes of one XML part once unpacked: a document of some ten million characters."""
MAX_UNPACKED = 400_000_000
"""Bytes of all parts of a packed file together."""
MAX_MEMBERS = 5_000
"""Files in one packed file."""

STRICT_NAMESPACES = (
    # ISO/IEC 29500 strict files differ from the usual ones by these roots only, as far as reading goes.
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)


def load(path: Path) -> bytes:
    """The bytes of a file, refused when too large before they are read. Raises ``ReadError``."""
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            raise failures.too_large(path.name, MAX_FILE)
        with path.open("rb") as file:
            data = file.read(size + 1)  # a read of the greatest size would set that much memory aside
            if len(data) > size:  # it grew, or tells no size
                data += file.read(MAX_FILE + 1 - len(data))
    except OSError as error:
        raise failures.unreadable(path.name, error) from error
    if len(data) > MAX_FILE:
        raise failures.too_large(path.name, MAX_FILE)
    return data


class Package:
    """A zip file whose parts are read within limits. ``what`` names the format in errors."""

    def __init__(self, data: bytes, name: str, what: str) -> None:
        self.name, self.what = name, what
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise failures.corrupt(name, what) from error
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
            raise failures.bomb(name)
        if any(m.flag_bits & 1 for m in members):
            raise failures.encrypted(name)
        self._names = {m.filename.replace("\\", "/").lstrip("/").lower(): m for m in members}

    def entries(self) -> list[tuple[str, int]]:
        """(stored name, flag bits) of every part."""
        return [(m.filename, m.flag_bits) for m in self._zip.infolist() if not m.is_dir()]

    def holds(self, part: str) -> bool:
        """True where there is such a part; case and a leading slash do not matter."""
        return part.lstrip("/").lower() in self._names

    def part(self, part: str, limit: int = MAX_PART) -> bytes | None:
        """The bytes of a part, or nothing where there is none. Raises ``ReadError`` for a damaged or huge one."""
        info = self._names.get(part.lstrip("/").lower())
        if info is None:
            return None
        if info.file_size > limit:
            raise failures.bomb(self.name)
        try:
            with self._zip.open(info) as file:
                data = file.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise failures.corrupt(self.name, self.what) from error
        if len(data) > limit:
            raise failures.bomb(self.name)
        return data

    def xml(self, part: str) -> _Element | None:
        """The root element of an XML part, or nothing where there is none. Raises ``ReadError``."""
        data = self.part(part)
        return None if data is None else parse_xml(data, self.name, self.what)


def parse_xml(data: bytes, name: str, what: str) -> _Element:
    """The root of an XML text: no entity is expanded, no DTD or other file fetched. Raises ``ReadError``."""
    from lxml import etree

    if b"purl.oclc.org/ooxml" in data:
        for strict, usual in STRICT_NAMESPACES:
            data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise failures.corrupt(name, what) from error
    if root.getroottree().docinfo.internalDTD is not None:
        # Office formats have no DTD; where one stands, it is there to define entities that blow up.
        raise failures.bomb(name)
    return root
