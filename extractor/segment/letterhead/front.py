"""What stands before the body: number, title, addressees (版头、标题、主送)."""

from __future__ import annotations

import regex

from extractor.model import Span
from extractor.segment import labels
from extractor.segment.letterhead.agencies import ISSUER, LETTER
from extractor.segment.letterhead.marks import ABOVE_TITLE, ANNEX, SECRET_WORD, asks, is_no_part
from extractor.segment.letterhead.numbers import (
    BARE_ISSUE,
    CIRCULAR,
    COUNCIL_PAPER,
    DATE_LINE,
    ENACTED,
    ISSUE_OF_YEAR,
    MASTHEAD,
    NUMBER_AND_TITLE,
    NUMBER_LINE,
    PASSED,
    TAIWAN_NUMBER,
    TITLE_AND_NUMBER,
)
from extractor.segment.letterhead.page import Page
from extractor.segment.letterhead.titles import may_be_title, run_in_title, title_from
from extractor.segment.lines import trim

# 各区人民政府，市政府各委、办、局，各有关单位：
_ADDRESSEES = regex.compile(r"(?P<to>[^。；！？]{2,160})：")
_ADDRESSEE_WORDS = regex.compile(
    r"各|政府|委|办|局|部|院|镇|乡|街道|单位|部门|组织|支部|公司|学校|医院|村|社区|代表|中心|机构"
)
_BETWEEN_ADDRESSEES = regex.compile(
    r"[，,；;\n]|(?<=[委部局办会院府关位构織织司處处])[、](?=各|有关|有關|驻|駐|[省市县區区镇乡鄉鎮街][直属屬内驻](?![\u4e00-\u9fff]{2,6}镇)|直属|直屬|机关|機關|中央|辖区)"
)
_NOT_ADDRESSEES = regex.compile(r"如下|通知|意见|问题|回复|以下|特此|目标|要求|内容|附件|联系|时间|地点|抄送|主题|来源")


def read_front(page: Page) -> None:
    """Reads the lines before the body."""
    block: list[int] = []
    issue = False
    series: list[tuple[Span, ...]] = []
    k = 0
    while k < len(page.lines):
        line, text = page.lines[k], page.said(k)
        if k in page.used:
            k += 1
            continue
        if line.table is not None:
            break
        # one of these stands in whatever the patterns of numbers, issues and dates know, and in few lines
        numbered, counted, dated = "号" in text, "期" in text, "日" in text
        number = (
            NUMBER_LINE.fullmatch(text)
            or TAIWAN_NUMBER.match(text)
            or ISSUE_OF_YEAR.fullmatch(text)
            or COUNCIL_PAPER.fullmatch(text)
            if numbered or counted
            else None
        )
        circular = CIRCULAR.fullmatch(text) if numbered else None
        if circular:
            title_from(page, block)
            block = []
            start = line.span.start
            # 青溪县人民政府令第12号 is the number as a whole
            named = 0 if circular["number"].startswith("令") else circular.start("number")
            page.number = page.number or Span(start + named, start + circular.end("number"))
            page.issuers = page.issuers or [Span(start, start + circular.end("issuer"))]
            page.used.add(k)
        elif " " in text and (letter := LETTER.fullmatch(text)):
            page.issuers = [Span(line.span.start, line.span.start + letter.end("issuer"))]
            page.letter = (page.issuers[0], trim(page.match, Span(page.issuers[0].end, line.span.end)))
            page.used.add(k)
        elif number:
            group = "bracketed" if text[0] == "（" else "number"
            start = line.span.start
            page.number = page.number or Span(start + number.start(group), start + number.end(group))
            title_from(page, block)
            block = []
            page.used.add(k)
        elif numbered and dated and (enacted := ENACTED.fullmatch(text)):
            title_from(page, block)
            block = []
            start = line.span.start
            page.number = Span(start + enacted.start("number"), start + enacted.end("number"))
            page.issued = Span(start + enacted.start("date"), start + enacted.end("date"))
            page.used.add(k)
        elif counted and BARE_ISSUE.fullmatch(text):
            title_from(page, block)
            block, issue = [], True
            page.used.add(k)
        elif (
            dated
            and (page.number or issue)
            and (signed := MASTHEAD.fullmatch(text))
            and ISSUER.fullmatch(signed["issuer"])
        ):
            # 会议纪要 / 〔2024〕第21期 / 中共青溪县委办公室　　2024年4月19日: the series' name, then the paper's title
            title_from(page, block)
            block, series, page.titles = [], page.titles, []
            start = line.span.start
            page.issuers = page.issuers or [Span(start, start + signed.end("issuer"))]
            page.issued = page.issued or Span(start + signed.start("date"), start + signed.end("date"))
            page.used.add(k)
        elif numbered and not page.titles and (led := NUMBER_AND_TITLE.fullmatch(text)) and page.types.search(text):
            start = line.span.start
            page.number = page.number or Span(start + led.start("number"), start + led.end("number"))
            page.titles.append((Span(start + led.start("title"), line.span.end),))
            page.used.add(k)
        elif text.endswith("号）") and not (page.titles or block) and (closed := TITLE_AND_NUMBER.fullmatch(text)):
            start = line.span.start
            page.number = page.number or Span(start + closed.start("number"), start + closed.end("number"))
            page.titles.append((Span(start, start + closed.end("title")),))
            page.used.add(k)
        elif dated and text.endswith("通过）") and (passed := PASSED.fullmatch(text)):
            title_from(page, block)
            block = []
            page.issued = page.issued or Span(
                line.span.start + passed.start("date"), line.span.start + passed.end("date")
            )
            page.used.add(k)
        elif dated and text[0] == "（" and not (page.titles or block) and DATE_LINE.fullmatch(text):
            page.issued = page.issued or line.span  # （2023年2月19日） above a body whose title line is lost
            page.used.add(k)
        elif dated and (page.titles or block) and DATE_LINE.fullmatch(text):
            title_from(page, block)
            block = []
            if page.titles and not page.addressees:
                page.issued = page.issued or line.span
                page.used.add(k)
            else:
                break
        elif (last := _last_of_addressees(page, k, bool(page.titles or block or page.number))) is not None:
            title_from(page, block)
            block = []
            page.addressees = Span(line.span.start, page.lines[last].span.end - 1)
            page.used.update(range(k, last + 1))
            break
        elif asks(text) or SECRET_WORD.fullmatch(text) or ABOVE_TITLE.fullmatch(text) or is_no_part(text):
            title_from(page, block)
            block = []
            page.used.add(k)
        elif not (page.titles or block) and ANNEX.fullmatch(text) and k not in page.annexes:
            page.used.add(k)
        elif may_be_title(page, k, block):
            block.append(k)
        elif line.heading_level == 1 and not page.titles and not block:
            block.append(k)
            title_from(page, block, sure=True)
            block = []
        else:
            break
        k += 1
    title_from(page, block)
    page.titles = page.titles or series
    if not page.titles:
        run_in_title(page, k)


def _last_of_addressees(page: Page, k: int, announced: bool) -> int | None:
    """The line that the addressees of line ``k`` end in, nothing where it names none: 各乡镇人民政府，县直各单位， / 各国有林场："""
    if _is_addressees(page, k, announced):
        return k
    last = k
    while last < min(k + 4, len(page.lines) - 1) and page.said(last)[-1] in "，、；":
        last += 1
    if last == k or not (announced or k < 3) or any(line.table is not None for line in page.lines[k : last + 1]):
        return None
    said = "".join(page.said(n) for n in range(k, last + 1))
    if said[-1] != "：" or _NOT_ADDRESSEES.search(said) or labels.read(said, 0, len(said)):
        return None
    named = split_addressees(said[:-1])
    return last if all(len(name) <= 30 and _ADDRESSEE_WORDS.search(name) for name in named) else None


def _is_addressees(page: Page, k: int, announced: bool) -> bool:
    text = page.said(k)
    found = _ADDRESSEES.fullmatch(text)
    if not found or not (announced or k < 3):
        return False
    return (
        bool(_ADDRESSEE_WORDS.search(text)) and not _NOT_ADDRESSEES.search(text) and not labels.read(text, 0, len(text))
    )


def split_addressees(text: str) -> tuple[str, ...]:
    """各区人民政府，市政府各委、办、局，各有关单位 -> three; a shared head is not cut."""
    parts = _BETWEEN_ADDRESSEES.split(text)
    return tuple(p.strip() for p in parts if p.strip())
