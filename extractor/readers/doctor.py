"""Which optional readers are there, and how the others are installed: what ``extractor doctor`` shows."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.readers import programs


@dataclass(frozen=True, slots=True)
class OptionalReader:
    """A reader that needs a program from outside. ``install_*`` say how to get it."""

    name: str
    there: bool
    reads_chinese: str
    reads_english: str
    install_chinese: str
    install_english: str


def readers_available() -> tuple[OptionalReader, ...]:
    """The optional readers, there or not."""
    return (
        OptionalReader(
            "tesseract",
            programs.can_recognise(),
            "扫描的 PDF 和照片",
            "scanned PDF files and photographs",
            "Windows：安装 UB Mannheim 的 Tesseract 安装包并勾选简体、繁体中文；Debian/Ubuntu/统信/麒麟：apt install tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-chi-tra",
            "Windows: the Tesseract installer of UB Mannheim with both Chinese scripts; Debian: apt install tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-chi-tra",
        ),
        OptionalReader(
            "libreoffice",
            programs.libreoffice() is not None,
            ".odt、Word XML 和 Word 6/95 的旧文件",
            ".odt, Word XML and files of Word 6 and 95",
            "从 libreoffice.org 安装；Debian/Ubuntu/统信/麒麟：apt install libreoffice-writer",
            "install from libreoffice.org; Debian: apt install libreoffice-writer",
        ),
    )
