"""Text from pictures (文字识别) through the program Tesseract, where it is installed: scans and photographs.

A page that lies on its side is turned, its lines are put together like those of a PDF page, and every run of
recognised characters is marked ``ocr`` with Tesseract's confidence.
"""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from extractor.errors import ReadError
from extractor.model import Document
from extractor.readers import failures, programs, sniffing
from extractor.readers.build import TextBuilder
from extractor.readers.pdf_flow import write_pages
from extractor.readers.pdf_layout import Page
from extractor.readers.pdf_lines import Box, PrintedLine

if TYPE_CHECKING:
    from PIL.Image import Image

DOTS = 300
"""Dots an inch at which pages are drawn and pictures are taken to be (1.0–1.4 % character errors at 150–300)."""
TIMEOUT = 120
"""Seconds for one page; a usual one takes one or two."""
LEAST_CONFIDENCE = 0.45
"""A page below this in both scripts holds no text that could be used."""
MAX_PIXELS = 120_000_000
TURN = re.compile(r"^Rotate: (?P<degrees>90|180|270|0)\s*$", re.MULTILINE)
LATIN_SIDE = re.compile(r"[A-Za-z0-9]$")
LATIN_START = re.compile(r"^[A-Za-z0-9]")


def read_picture(data: bytes, name: str) -> Document:
    """The text of a picture; the frames of a TIFF file are pages. Raises ``ReadError``."""
    return read_pictures([(data, name)], name)


def read_pictures(pictures: Iterable[tuple[bytes, str]], name: str) -> Document:
    """The text of several pictures in their order, as the pages of one document. Raises ``ReadError``."""
    contents = list(pictures)
    if not contents or not programs.can_recognise():
        raise failures.image_only(name, ocr_there=programs.can_recognise())
    frames = [frame for data, one in contents for frame in _frames(data, one)]
    builder = TextBuilder()
    recognise(frames, builder, name)
    whole = b"".join(data for data, _ in contents)
    return builder.document(whole, name, sniffing.sniff(contents[0][0], contents[0][1]), ocr=True)


def recognise(images: Iterable[Image], builder: TextBuilder, name: str) -> None:
    """Recognises pages and writes them. A page without text is a problem; none at all is a ``ReadError``."""
    recogniser = Recogniser(name)
    pages = [recogniser.page(image, number) for number, image in enumerate(images, 1)]
    if not any(page.body for page in pages):
        raise failures.image_only(name, ocr_there=True)
    silent = [page.number for page in pages if not page.body]
    write_pages(pages, {}, builder)
    for number in silent:
        builder.problem("page_without_text", f"第 {number} 页没有认出文字")


def _frames(data: bytes, name: str) -> Iterator[Image]:
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data)) as picture:
            warnings.simplefilter("ignore")  # flaws of EXIF data do not concern the text
            if picture.width * picture.height > MAX_PIXELS:
                raise failures.bomb(name)
            for frame in ImageSequence.Iterator(picture):
                # A telephone writes down how it was held; the picture itself lies on its side.
                yield ImageOps.exif_transpose(frame).convert("L")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise failures.corrupt(name, "图片") from error


class Recogniser:
    """Tesseract with the script of one document: tried on its first page, kept for the others."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._script: str | None = None

    def page(self, image: Image, number: int) -> Page:
        """The printed lines of a page. Raises ``ReadError`` where Tesseract fails."""
        image = self._upright(image)
        known = [s for s in programs.CHINESE if s in programs.tesseract_languages()]
        candidates = [self._script] if self._script else known
        tried = {script: self._words(image, script) for script in candidates}
        best = max(tried, key=lambda s: _confidence(tried[s]))
        if _confidence(tried[best]) < LEAST_CONFIDENCE:
            return _page([], image, number)
        self._script = best
        return _page(tried[best], image, number)

    def _words(self, image: Image, script: str) -> list[dict[str, str]]:
        told = self._run(image, "-l", script, "--psm", "3", "tsv")
        rows = csv.DictReader(io.StringIO(told), delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in rows if row.get("level") == "5" and (row.get("text") or "").strip()]

    def _upright(self, image: Image) -> Image:
        """The picture turned so that its lines run across, where Tesseract can tell."""
        if "osd" not in programs.tesseract_languages():
            return image
        turn = TURN.search(self._run(image, "--psm", "0"))
        return image.rotate(-int(turn["degrees"]), expand=True) if turn and turn["degrees"] != "0" else image

    def _run(self, image: Image, *options: str) -> str:
        """What Tesseract says of a picture; nothing where it finds too little to say anything."""
        program = programs.tesseract() or "tesseract"
        out = io.BytesIO()
        image.save(out, format="PNG", dpi=(DOTS, DOTS))
        # Its threads wait for one another more than they help, the more so with several files at once.
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        command = [program, "stdin", "stdout", "--dpi", str(DOTS), *options]
        try:
            done = subprocess.run(
                command, input=out.getvalue(), capture_output=True, timeout=TIMEOUT, check=False, env=environment
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise _failed(self._name) from error
        return "" if done.returncode else done.stdout.decode("utf-8", errors="replace")


def _failed(name: str) -> ReadError:
    return ReadError(
        "ocr_failed",
        where=name,
        chinese="文字识别程序 Tesseract 没有完成，请检查它的安装",
        english="the program Tesseract did not finish; check its installation",
    )


def _confidence(words: list[dict[str, str]]) -> float:
    """Mean confidence of the characters, from 0 to 1."""
    weighted = [(float(w["conf"]), len(w["text"])) for w in words]
    total = sum(n for _, n in weighted)
    return sum(c * n for c, n in weighted) / total / 100 if total else 0.0


def _page(words: list[dict[str, str]], image: Image, number: int) -> Page:
    scale = 72 / DOTS
    lines: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    for word in words:
        lines[word["block_num"], word["par_num"], word["line_num"]].append(word)
    body = []
    for parts in lines.values():
        text = parts[0]["text"]
        for part in parts[1:]:
            # Words of Chinese are one run of characters; only Latin ones are parted by blanks.
            blank = LATIN_SIDE.search(text) and LATIN_START.search(part["text"])
            text += (" " if blank else "") + part["text"]
        boxes = [[int(p[k]) * scale for k in ("left", "top", "width", "height")] for p in parts]
        height = image.height * scale
        box = Box(
            min(b[0] for b in boxes),
            height - max(b[1] + b[3] for b in boxes),
            max(b[0] + b[2] for b in boxes),
            height - min(b[1] for b in boxes),
        )
        em = max((box.right - box.left) / max(len(text), 1), 1.0)
        body.append(PrintedLine(text, box, em, page=number, confidence=_confidence(parts)))
    _even_out(body)
    return Page(number, image.width * scale, image.height * scale, [], body, [])


def _even_out(lines: list[PrintedLine]) -> None:
    """Gives lines of about one height the same size of type: widths of recognised characters vary too much."""
    heights = sorted(line.box.top - line.box.bottom for line in lines)
    if not heights:
        return
    middle = heights[len(heights) // 2]
    for line in lines:
        height = line.box.top - line.box.bottom
        line.em = middle if abs(height - middle) < 0.3 * middle else height


def page_image(page: Any) -> Image:
    """A page of pdfium drawn for recognition."""
    width, height = page.get_size()
    scale = min(DOTS / 72, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    image: Image = page.render(scale=scale, grayscale=True).to_pil()
    return image
