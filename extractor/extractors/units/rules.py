"""Rules of the whole document about units (全文规则): 列第一位者为牵头单位，下同; 以下均需各村落实，不再列出."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.extractors.units.names import Names, split_units
from extractor.extractors.units.values import DirectiveKind, DirectiveValue, Scope
from extractor.lexicon import Lexicon
from extractor.model import Mention, Span
from extractor.patterns import each, searched

_FIRST_LEADS = regex.compile(
    r"""
    (?:责任单位|责任部门|列|排|居|第)[^。；\n，（）]{0,10}?
    (?:第[一1]位?|首位|第[一1]个|首个|最前)[^。；\n，（）]{0,10}?
    (?:为|是|负责|即)[^。；\n，（）]{0,4}?(?:牵头|主办|总牵头)[^。；\n，（）]{0,6}
    | (?:第一(?:责任)?|首(?:位|个|家)|排(?:名|在|序)?(?:第一|首位|最前)|列(?:在)?(?:第一|首位)|排第一位|列第一位)(?:位)?(?:的|者)?(?:责任)?(?:单位|部门)?(?:的)?(?:均)?(?:为|是|负责)(?:总)?牵头(?:单位|部门|责任单位)?
    """,
    regex.VERBOSE,
)
_RESPONSIBLE_LEADS = regex.compile(
    r"""
    (?:(?:未|没有|没|不|无)(?:列|明确|注明|标明|确定|设|写)?(?:出)?(?:有)?牵头(?:单位|部门)?(?:的)?|(?:只有|仅有|仅列)一个责任单位的)
    [^。；\n]{0,12}?责任(?:单位|部门)[^。；\n]{0,8}?牵头 (?:单位|部门)?
    """,
    regex.VERBOSE,
)
_DEFAULT = regex.compile(
    r"""
    (?:以下|上述|以上|下列|本方案)(?:各项|所有|全部)?(?:工作|任务|事项|措施|内容|各项任务)?(?:，)?
    (?:均|都)(?:需|须|由|应|要|应由|需由|须由)?(?P<units>[^。；\n]{2,40}?)
    (?:共同|负责|组织|抓好|具体)*(?:落实|负责|实施|执行)[^。；\n]{0,10}?
    (?:不再|不)(?:一一|逐一|逐项|单独|另行|重复)?(?:列出|列举|注明|列入|标注|列)
    """,
    regex.VERBOSE,
)
_FOLLOWING = regex.compile(r"[^。；\n]{0,8}(?:下同|以下同|以下)")


# what each rule with 第一 and each that leaves units out holds: most notices hold none of it
_FIRST = each(*[rf"{first}[^。；\n]{{0,24}}?(?:牵头|主办)" for first in ("第[一1]", "首[位个家]", "最前")])
_LEFT_OUT = searched("不再?(?:一一|逐一|逐项|单独|另行|重复)?(?:列|注明|标注)")


def directives(match: str, span: Span, lexicon: Lexicon) -> Iterator[Mention]:
    """The document's rules about units, each with its words and its scope."""
    if any(first.search(match, span.start, span.end) for first in _FIRST):
        for found in _FIRST_LEADS.finditer(match, span.start, span.end):
            yield _mention(match, found, "first_is_lead")
    for found in _RESPONSIBLE_LEADS.finditer(match, span.start, span.end):
        yield _mention(match, found, "responsible_is_lead")
    if not _LEFT_OUT.search(match, span.start, span.end):
        return
    names = Names.of(lexicon)
    for found in _DEFAULT.finditer(match, span.start, span.end):
        units = tuple(u.unit for u in split_units(found["units"], lexicon) if names.kind(u.unit))
        if units:
            yield _mention(match, found, "default_unit", units)


def _mention(match: str, found: regex.Match[str], kind: DirectiveKind, units: tuple[str, ...] = ()) -> Mention:
    end = found.end()
    following = _FOLLOWING.match(match, end)
    scope: Scope = "plan"
    if following:
        scope, end = "following", following.end()
    elif kind == "default_unit" and found[0].startswith(("以下", "下列")):
        scope = "following"
    return Mention(DirectiveValue(kind, scope, units), (Span(found.start(), end),), f"units.{kind}")
