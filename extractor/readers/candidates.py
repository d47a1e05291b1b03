"""Which files of a folder are notices at all: what is passed over, and why, in words for staff."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath

from extractor.readers import programs, sniffing
from extractor.readers.sets import names

READABLE = names(
    ".txt .text .md .markdown .docx .docm .dotx .doc .dot .wps .wpt .pdf .ofd .html .htm .xhtml .shtml .mht .mhtml "
    ".xlsx .xlsm .xls .et .csv .tsv .zip .rtf .odt"
)
PICTURES = names(".png .jpg .jpeg .tif .tiff .bmp .gif .webp")
DATA = names(".json .jsonl .yaml .yml .toml .ini .cfg .xml .log .lock .py .js .css .ics .sql")
DATABASES = names(".db .sqlite .sqlite3 .db-wal .db-shm .db-journal")


OWN_PART = "docProps/extractor.xml"
HEAD = 65_536
"""Bytes of a file's beginning that are looked at where its name does not say what it is."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Whether a file may be a notice; where not, the reason. True and false like the answer itself."""

    accepted: bool
    chinese: str = ""
    english: str = ""

    def __bool__(self) -> bool:
        return self.accepted


YES = Candidate(True)


def is_notice_candidate(path: Path) -> Candidate:
    """Whether ``path`` is worth reading when a folder is gone through. Looks at the name and the first bytes."""

    if path.suffix.lower() in (".xlsx", ".docx") and _is_ours(path):
        return Candidate(False, "本程序生成的台账", "a register that this program wrote")

    def head() -> bytes:
        try:
            with path.open("rb") as file:
                return file.read(HEAD)
        except OSError:
            return b""

    return judged(path, head)


def _is_ours(path: Path) -> bool:
    """True for a workbook or document with the part that this program puts into what it writes."""
    try:
        with zipfile.ZipFile(path) as package:
            return OWN_PART in package.namelist()
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def judged(path: PurePath, head: Callable[[], bytes]) -> Candidate:
    """The same for a file that is not on the disk: ``head`` gives its first bytes when the name says too little."""
    name, suffix = path.name.lower(), path.suffix.lower()
    if name.startswith("~$") or name.startswith(".~"):
        return Candidate(False, "办公软件的临时锁定文件", "a lock file of an office program")
    if name.startswith(".") or name in ("thumbs.db", "desktop.ini", "__macosx"):
        return Candidate(False, "隐藏文件", "a hidden file")
    if name.split(".")[0] in ("readme", "license", "changelog") or path.stem in ("自述", "使用说明"):
        return Candidate(False, "说明文件，不是通知", "a read-me file, no notice")
    if path.parent.name.lower().endswith(("_files", ".files")):
        return Candidate(False, "网页附带的文件", "a file that belongs to a saved web page")
    if suffix in DATABASES:
        return Candidate(False, "数据库文件", "a database")
    if suffix in DATA:
        return Candidate(False, "数据或程序文件，不是通知", "a data or program file, no notice")
    if suffix in READABLE:
        return YES
    if suffix in PICTURES:
        return _picture()
    return _by_content(path.name, head())


def _picture() -> Candidate:
    if programs.can_recognise():
        return YES
    return Candidate(
        False,
        "图片，需要安装 Tesseract 才能识别文字（见 extractor doctor）",
        "a picture; install Tesseract to recognise its text (see extractor doctor)",
    )


def _by_content(name: str, head: bytes) -> Candidate:
    """A file whose suffix says nothing: taken when its first bytes are those of a document or of Chinese text."""
    from extractor.readers import encoding

    if not head:
        return YES  # empty or not to be opened: the reader will say so
    kind = sniffing.sniff(head, name)
    if kind == sniffing.DATABASE:
        return Candidate(False, "数据库文件", "a database")
    if kind.startswith("image/"):
        return _picture()
    if kind not in (sniffing.TEXT, sniffing.UNKNOWN, sniffing.OTHER_ARCHIVE):
        return YES
    decoded = encoding.decode(head) if kind == sniffing.TEXT else None
    if decoded is not None and encoding.has_chinese(decoded.text):
        return YES
    return Candidate(False, "不是文档格式", "not a document")
