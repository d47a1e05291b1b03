"""Web pages (.html, .mht): charset by content, the page's text by its body, what is around it marked."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.model import Document
from extractor.readers import encoding, failures, sniffing
from extractor.readers.build import TextBuilder
from extractor.readers.html_page import write_page

if TYPE_CHECKING:
    from lxml.html import HtmlElement

META_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*(?P<name>[\w-]{2,30})""", re.IGNORECASE)
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")


def read(data: bytes, name: str) -> Document:
    """The page's text, its body among what is kept around it. Raises ``ReadError``."""
    declared = META_CHARSET.search(data[:8192])
    decoded = encoding.decode(data, declared["name"].decode("ascii") if declared else None)
    if decoded is None:
        raise failures.corrupt(name, "HTML")
    builder = TextBuilder()
    root = _parse(decoded.text, name)
    if root is not None:
        write_page(root, builder)
    for problem in decoded.problems:
        # Its spans count in the file's markup, not in the text made of it: only the warning stands.
        builder.problem(problem.code, problem.message)
    return builder.document(data, name, sniffing.HTML, encoding=decoded.encoding)


def read_mhtml(data: bytes, name: str) -> Document:
    """A web page saved as one file (.mht): its first HTML part. Raises ``ReadError``."""
    import email
    import email.policy

    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                page = read(content, name)
                return replace(page, media_type=sniffing.MHTML, sha256=hashlib.sha256(data).hexdigest())
    raise failures.corrupt(name, "MHT")


def _parse(text: str, name: str) -> HtmlElement | None:
    from lxml import etree
    from lxml import html as lxml_html

    text = XML_DECLARATION.sub("", text.replace("\x00", " "))
    # huge_tree lifts libxml2's limit of 10 MB for one text node; entities of HTML cannot grow.
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = lxml_html.document_fromstring(text, parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if any(e.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for e in parser.error_log):
        # Nested deeper than libxml2 goes: it would leave out the rest of the page without a word.
        raise failures.corrupt(name, "HTML")
    return root
