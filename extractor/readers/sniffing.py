"""What a file is (格式识别): told by its first bytes; the suffix only breaks ties between kinds of text."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

TEXT = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
MHTML = "multipart/related"
CSV = "text/csv"
TSV = "text/tab-separated-values"
RTF = "application/rtf"
JSON = "application/json"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
WORD_XML = "application/vnd.ms-word.xml"
ODT = "application/vnd.oasis.opendocument.text"
DOC = "application/msword"
WPS = "application/vnd.ms-works"
XLS = "application/vnd.ms-excel"
PPT = "application/vnd.ms-powerpoint"
OFD = "application/ofd"
ENCRYPTED = "application/x-encrypted-office"
OLE = "application/x-ole-storage"
ZIP = "application/zip"
OTHER_ARCHIVE = "application/x-archive"
DATABASE = "application/vnd.sqlite3"
UNKNOWN = "application/octet-stream"

MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"SQLite format 3\x00", DATABASE),
    (b"{\\rtf", RTF),
    (b"Rar!\x1a\x07", OTHER_ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", OTHER_ARCHIVE),
    (b"\x1f\x8b", OTHER_ARCHIVE),
    (b"MZ", UNKNOWN),
    (b"\x7fELF", UNKNOWN),
)
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
HTML_START = re.compile(
    rb"""\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)?
    <(?:!doctype\s+html|html|head|body|meta|title|div|table|article|section|main|p|h[1-6]|center|span|ul|ol|style|script|link)\b""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
MHTML_START = re.compile(rb"(?:[\w-]{1,40}:[^\n]{0,500}\n){0,12}?mime-version:", re.IGNORECASE)
BY_SUFFIX = {
    ".csv": CSV,
    ".tsv": TSV,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".htm": HTML,
    ".html": HTML,
    ".xhtml": HTML,
    ".shtml": HTML,
    ".json": JSON,
}


def sniff(data: bytes, name: str) -> str:
    """The media type of a file's content. ``data`` may be its beginning only, but zip files are told apart by all of it."""
    suffix = PurePath(name).suffix.lower()
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(OLE_MAGIC):
        return _ole(data, suffix)
    if data.startswith(ZIP_MAGIC):
        return _zip(data)
    for magic, kind in MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(b"BM") and data[6:10] == b"\x00\x00\x00\x00":
        return "image/bmp"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    head = data[:4096]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\x00", b"")[2:]
    elif head.startswith(b"\xef\xbb\xbf"):
        head = head[3:]
    if b"office/word/2003/wordml" in head or b"office/2006/xmlPackage" in head:
        return WORD_XML
    if HTML_START.match(head):
        return HTML
    if MHTML_START.match(head) and b"multipart/related" in data[:8192].lower():
        return MHTML
    return BY_SUFFIX.get(suffix, TEXT)


def _zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = {n.lower() for n in package.namelist()}
            if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
                declared = package.read("mimetype").decode("ascii", errors="replace").strip()
                if declared == ODT:
                    return ODT
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, NotImplementedError):
        names = set()
    if "[content_types].xml" in names:
        for folder, kind in (("word/", DOCX), ("xl/", XLSX), ("ppt/", PPTX)):
            if any(n.startswith(folder) for n in names):
                return kind
    if "ofd.xml" in names:
        return OFD
    if not names:  # cut off before its directory: the names of the parts still stand in front of them
        for part, kind in ((b"word/", DOCX), (b"xl/", XLSX), (b"OFD.xml", OFD)):
            if part in data:
                return kind
    return ZIP


def _ole(data: bytes, suffix: str) -> str:
    """The names of an OLE file's streams stand in its directory as UTF-16."""

    def has(stream: str) -> bool:
        return (stream + "\0").encode("utf-16-le") in data

    if has("EncryptedPackage"):
        return ENCRYPTED
    if has("WordDocument"):
        return WPS if suffix == ".wps" else DOC
    if has("Workbook") or has("Book"):
        return XLS
    if has("PowerPoint Document"):
        return PPT
    return OLE
