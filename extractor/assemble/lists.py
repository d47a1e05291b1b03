"""Lists that spell out their lead-in (列举): conditions, cases, rights and contents, none of which is a task of its own.

``有下列情形之一的，应当报告：（一）…；（二）…``: the item that announces the list orders something, its parts do not.
``应履行下列职责：（一）…``: here each part does.
"""

from __future__ import annotations

import re
from typing import Literal

from extractor.extractors import acts
from extractor.lexicon import Lexicon

Announced = Literal["conditions", "cases", "contents"]

# 入库专家应具备以下基本条件：    专家享有下列权利：    主任行使下列职权：
_CONDITIONS = re.compile(
    r"""
      (?:具备|符合|满足|达到)(?:以下|下列|如下)[^，。；：]{0,8}(?:条件|资格|标准)[：:。]?$
    | 享有(?:以下|下列|如下)[^，。；：]{0,8}(?:权利|待遇)[：:。]?$ | 行使(?:以下|下列)[^，。；：]{0,4}(?:职权|权力)[：:。]?$
    | 还?应当?具备[：:。]?$
    """,
    re.VERBOSE,
)
# 有下列情形之一的，…    不得有下列行为：    符合下列要求的社会团体予以保留。    对存在下列问题的社会团体要进行整改。    禁止在水源地从事下列活动：
_CASES = re.compile(
    r"""
      (?:以下|下列|如下)[^，。；：]{0,24}之一
    | (?:禁止|严禁|不得|不准|不许|切勿)[^，。；：]{0,24}(?:以下|下列|如下)[^，。；：]{0,12}[：:]?$
    | (?:有|存在|发生|出现|属于|属|具有)(?:以下|下列|如下)[^，。；：]{0,10}(?:情形|情况|行为|问题|现象)
    | (?:符合|具备|满足|达到)(?:以下|下列|如下)[^，。；：]{0,8}(?:条件|要求|标准)(?=[^，。；：]{0,24}(?:的|予以|给予|可以?))
    """,
    re.VERBOSE,
)
# 报告应当包括下列内容：    检查的重点是：    应当符合以下要求：
_CONTENTS = re.compile(
    r"""
      (?:重点|内容|范围|材料|情况)(?:是|为|有|包括|如下)[：:]$
    | (?:载明|写明|包含|包括|提交|提供|针对|符合|满足)(?:以下|下列|如下)[^，。；：]{0,10}[：:。]?$
    """,
    re.VERBOSE,
)


# 财务活动和向社会集资等情况。
_NAMES = re.compile(r"(?:情况|问题|事项|材料|资料|信息)[。；]?$")


# 专家应履行以下义务：    办公室承担下列职责：
_DUTIES = re.compile(
    r"(?:履行|承担|履职|落实|做好|完成|遵守|执行|负有)(?:以下|下列|如下)[^，。；：]{0,8}(?:义务|职责|责任|任务|工作|要求|规定)[：:。]?$"
    r"|(?:主要|工作|具体)?(?:职责|义务)(?:是|为|如下|包括)[：:]?$"
)


def announces_duties(lead: str) -> bool:
    """True for a lead-in (match text) behind which every item is a duty."""
    return _DUTIES.search(lead) is not None


def _orders(lexicon: Lexicon, part: str) -> bool:
    return bool(acts.DUTY.search(part)) or acts.opens_with_act(lexicon, part)


def announced(lexicon: Lexicon, lead: str, parts: list[str]) -> Announced | None:
    """What ``lead`` (match text) announces of the ``parts`` below it; nothing where they are tasks of their own.

    A list of contents or demands is one only where less than half of its parts say what to do.
    """
    if _CASES.search(lead):
        return "cases"
    if _CONDITIONS.search(lead):
        return "conditions"
    if not _CONTENTS.search(lead):
        return None
    ordering = sum(1 for part in parts if not _NAMES.search(part) and _orders(lexicon, part))
    return "contents" if 2 * ordering < len(parts) else None
