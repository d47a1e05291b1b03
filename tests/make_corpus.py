"""Makes the sample notices of ``corpus/`` and their gold from the annotated texts in ``tests/corpus_texts/``.

    python tests/make_corpus.py            write them
    python tests/make_corpus.py --check    say which differ from what is committed (exit status 1)

An annotated text holds a notice line by line, with what a careful clerk finds in it right below the line where it stands.
Lines are the notice's own but for these:

``#! name value``
    about the file: ``encoding``, ``numbering auto`` (docx: labels computed by Word; ``continuous``: （一）
    goes on over the 一、), ``partial``.
``! name value``
    about the plan: ``title``, ``number``, ``issuer``, ``issued_on``, ``region``, ``addressees a | b``; ``! plan`` opens
    another plan of the same file.
``~ text``
    a line that is in the file but not in the notice (noise); ``⟦text⟧`` is the same within a line.
``+ text``
    a line that the file does not begin anew (a copy that lost its line ends); ``⏎`` within ``⟦⟧`` is a line end.
``| a | b``
    a row of a table; a cell ``^`` is merged with the one above it, ``<`` with the one to the left.
``> …``
    an annotation of what stands right above (a trailing ``?`` on its first word makes it optional):

    ========================  ==========================================================================================
    ``T title``               the line (or table row) is a task; ``T3`` the last three lines; ``T+`` puts an unnumbered
                              lead into its section path. Without a title the lead or first clause is it.
    ``m none`` ``m all``      which sentences are measures: by default all but the heading. ``m -2`` leaves the second
    ``m ?2`` ``m = text``     out, ``m ?2`` makes it optional, ``m = text`` gives them in words (several lines: several)
    ``b``                     the units of the brackets at the line's end, or of the unit lines below it, by their labels
    ``r role A、B | quote``   a responsibility; ``/`` parts units whose names hold 、
    ``d by 2024-06-30 | q``   a deadline: ``by``, ``range a..b``, ``rec M3`` (D W M Y, interval), ``within P30D``; a date
                              that opens with ``~`` is EDTF
    ``t >= 95 % name | q``    a target: operator (with + - * before it for a change), value (``1~2`` a range, ``-`` none),
                              unit (``-`` none), indicator, ``@scope``
    ``G`` ``G 2``             the line's sentences (or the second) are goals; in a task they take its dates and numbers
    ``end``                   the sections end here: what follows stands outside them
    ``hb`` ``hr`` ``hd``      the same at a heading, for all tasks below it (``pr`` ``pd``: of the whole plan); ``ri`` ``di`` inherited from elsewhere
    ========================  ==========================================================================================
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TEXTS = HERE / "corpus_texts"
CORPUS = HERE.parent / "corpus"
FORMATS = (".txt", ".docx", ".pdf", ".html")

LABELS = (  # one for each level of heading, the highest first
    re.compile(r"(?:篇[一二三四五六七八九十]|第[一二三四五六七八九十]+(?:部分|章|篇))[：: 　]?"),
    re.compile(r"[壹貳參肆伍陸柒捌玖拾]、"),
    re.compile(r"[一二三四五六七八九十]+、"),
    re.compile(r"第[一二三四五六七八九十]+条[ 　]?"),
    re.compile(r"[（(][一二三四五六七八九十]+[）)]"),
    re.compile(r"\d+[.．、](?!\d)"),
    re.compile(r"[（(]\d+[）)]"),
    re.compile(r"[①-⑳]"),
)
UNIT_LABEL = (
    r"(?:总?牵头|牽頭|责任|責任|負責|配合|协办|主办|落实|督导|监督|承办|主管|参加|主辦|協辦|责任落实)"
    r"(?:单位|單位|部门|部門|线办|科室|处室|领导|處室|機關|機構|處|人)?"
)
UNIT_LINE = re.compile(rf"(?:{UNIT_LABEL}|(?:完成|办结)(?:时限|时间|時限|時間))[：:]")
UNITS_SAID = rf"(?:{UNIT_LABEL}[：:]|(?:负责|負責|落实|牵头|配合|参与|协办|下同|不再列出)[）)〕】])"
BRACKET = re.compile(
    rf"[（(〔【](?=[^（()）〔〕【】]*{UNITS_SAID})(?:[^（()）〔〕【】]|[（(][^（()）]*[）)])*[）)〕】]"
)
ROLES = (
    ("lead", "牵头|主办|主辦|牽頭"),
    ("support", "配合|协办|協辦|参加|协同"),
    ("supervise", "督导|监督|考核|督查|指导"),
    ("responsible", "."),
)
RESULT_WORDS = re.compile(
    "确保|實現|实现|提升|提高|达到|達到|覆盖|形成|营造|建成|推动|力争|有效|明显|进一步|不断|增强|改善|降低|保障|守牢|做到|"
    "坚决|杜绝|以利|促进|切实|保证|防止|避免|严禁|零|清零|完成|年底|底前|打造|巩固|維護|确保"
)
SENTENCE_END = "。；！？;"
LONGEST_HEADING = 28  # a longer first sentence is an order, not a heading
OPENERS, CLOSERS = "（(“‘《〈「『【", "）)”’》〉」』】"
SKIPPED_COLUMNS = re.compile(
    r"序号|序號|编号|节点|单位|部门|單位|機關|时限|时间|期程|期限|备注|備註|领导|频次|责任人|联系人"
)
SERIAL = ("序号", "序號", "编号")
UNIT_COLUMNS = re.compile(r"单位|部门|單位|機關|领导")


class SourceError(Exception):
    """An annotated text that contradicts itself."""


# -- reading the annotated text ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Line:
    """A line of the notice, or of a table (``cells``), with its annotations."""

    raw: str
    number: int
    noise: bool = False
    joined: bool = False
    cells: list[str] | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def printed(self) -> str:
        return self.raw.replace("⟦", "").replace("⟧", "").replace("⏎", "\n")

    @property
    def clean(self) -> str:
        return re.sub("⟦[^⟧]*⟧", "", self.raw).strip(" 　\t")


@dataclass(slots=True)
class PlanSource:
    """A plan's letterhead and lines."""

    head: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class NoticeSource:
    """An annotated text: the file that it makes, its settings, its plans."""

    path: Path
    settings: dict[str, str]
    plans: list[PlanSource]

    @property
    def lines(self) -> list[Line]:
        return [line for plan in self.plans for line in plan.lines]


def read_source(path: Path) -> NoticeSource:
    """Reads ``NAME.EXT.txt`` (which makes ``NAME.EXT``)."""
    settings: dict[str, str] = {}
    plans = [PlanSource()]
    for number, raw in enumerate(path.read_text("utf-8").splitlines(), 1):
        lines = plans[-1].lines
        if raw.startswith("#!"):
            name, _, value = raw[2:].strip().partition(" ")
            settings[name] = value
        elif raw.startswith("! plan"):
            plans.append(PlanSource())
        elif raw.startswith("! "):
            name, _, value = raw[2:].partition(" ")
            plans[-1].head[name] = value
        elif raw.startswith(">"):
            lines[-1].notes.append(raw[1:].strip())
        elif raw.startswith("~"):
            lines.append(Line(raw[1:].removeprefix(" "), number, noise=True))
        elif raw.startswith("+"):
            lines.append(Line(raw[1:].strip(), number, joined=True))
        elif raw.startswith("|"):
            cells = [c.strip().replace("／n", "\n") for c in raw.strip().removeprefix("|").removesuffix("|").split("|")]
            lines.append(Line(raw, number, cells=cells))
        else:
            lines.append(Line(raw, number))
    return NoticeSource(CORPUS / path.relative_to(TEXTS).with_suffix(""), settings, plans)


# -- gold --------------------------------------------------------------------------------------------------------------


def label_of(text: str) -> tuple[int, str] | None:
    """(level, label) of a numbered line."""
    for level, pattern in enumerate(LABELS):
        found = pattern.match(text)
        if found:
            return level, found[0]
    return None


def sentences(text: str) -> list[str]:
    """Sentences, ended by 。；！？ outside brackets and quotation marks, or by the line's end."""
    out, start, depth = [], 0, 0
    for at, mark in enumerate(text):
        if mark in OPENERS:
            depth += 1
        elif mark in CLOSERS:
            depth = max(0, depth - 1)
        elif mark == "\n" or (mark in SENTENCE_END and depth == 0):
            out.append(text[start : at + 1].strip(" 　\n"))
            start, depth = at + 1, 0
    return [s for s in (*out, text[start:].strip(" 　\n")) if s]


def is_heading(sentence: str) -> bool:
    """True for the short sentence that names an item; a longer one, or one with a duty word, is an order itself."""
    return len(sentence) <= LONGEST_HEADING and not re.search("要|应当|須|须|应|應|负责|請|请", sentence)


def lead_of(text: str) -> str:
    """The heading or lead clause of an item's text without label."""
    first = text.split("\n")[0]
    parts = sentences(first)
    heading = parts[0] if parts else first
    if (len(parts) > 1 or "\n" in text) and heading[-1:] not in "；;" and is_heading(heading):
        return heading.rstrip(SENTENCE_END).split("：")[0]
    return re.split("[，,。；：]", first)[0]


def without_brackets(text: str) -> str:
    """``text`` without the brackets that name units at the ends of its lines and sentences."""
    return re.sub(rf"{BRACKET.pattern}(?=[。；;]|$)", "", text, flags=re.MULTILINE).strip()


def without_units(text: str, quote: str) -> str:
    """``text`` without a bracket that holds the quoted units alone: （县住建局、县水利局）."""
    return re.sub(rf"[（(]{re.escape(quote)}[）)](?=[。；;]?$)", "", text, flags=re.MULTILINE)


def heading_of(line: str) -> str:
    """A heading as a section path names it: label and heading or lead clause, without units and closing mark."""
    found = label_of(line)
    label = found[1] if found else ""
    rest = without_brackets(line[len(label) :])
    parts = sentences(rest)
    return label + (parts[0] if parts else "").rstrip("。；;")


class GoldMaker:
    """Turns one plan's annotated lines into its gold."""

    def __init__(self, plan: PlanSource) -> None:
        self.plan = plan
        self.path: list[tuple[int, str]] = []
        self.inherited: list[tuple[int, str, dict[str, Any]]] = []
        self.tasks: list[dict[str, Any]] = []
        self.goals: list[dict[str, Any]] = []
        self.whole = "\n".join(x.clean for x in plan.lines if not x.noise)
        self.header: list[str] = []
        self.wide = False
        self.above: list[str] = []

    def make(self) -> dict[str, Any]:
        lines = [x for x in self.plan.lines if not x.noise]
        for k, line in enumerate(lines):
            if line.cells is not None:
                self._table_line(lines, k)
            else:
                self.header, self.above = [], []
                self._enter(line.clean)
            owner: dict[str, Any] | None = None
            task: dict[str, Any] | None = None
            for note in line.notes:
                code, _, rest = note.partition(" ")
                optional = code.endswith("?")
                code = code.rstrip("?")
                try:
                    if code.startswith("T"):
                        owner = task = self._task(lines, k, code[1:], rest, optional)
                    elif code == "G":
                        owner = self._goal(line, task, rest, optional)
                    elif code == "end":
                        self.path, self.inherited = [], []
                    elif code == "m":
                        self._measures(task, rest)
                    elif code[0] in "hp":
                        self._inherit(line, code, rest, optional)
                    elif code == "b":
                        self._brackets(task, line, lines[k + 1 :])
                    else:
                        self._value(owner, line, lines[k + 1 :], code, rest, optional)
                except (SourceError, ValueError, IndexError, TypeError) as error:
                    raise SourceError(f"line {line.number}: {note}: {error!r}") from error
            if task is not None:
                task.pop("_last", None)
        for task in self.tasks:
            self._finish(task)
        head = {name: self.plan.head.get(name) for name in ("title", "number", "issuer", "issued_on", "region")}
        addressees = [a.strip() for a in self.plan.head.get("addressees", "").split("|") if a.strip()]
        return {**head, "addressees": addressees, "tasks": self.tasks, "goals": self.goals}

    def _enter(self, text: str) -> None:
        found = label_of(text)
        if found:
            level = found[0]
            self.path = [(n, h) for n, h in self.path if n < level] + [(level, heading_of(text))]
            self.inherited = [x for x in self.inherited if x[0] < level]

    def _table_line(self, lines: list[Line], k: int) -> None:
        cells = lines[k].cells or []
        if not self.header:
            self.header = [c if c != "<" else "" for c in cells]
            self.wide = "<" in cells and any("^" in (below.cells or ()) for below in lines[k + 1 : k + 2])
        elif self.wide:  # the second line of a header on two levels
            self.header = [name if c == "^" else c for name, c in zip(self.header, cells, strict=True)]
            self.wide = False
        if len(cells) > 1 and set(cells[1:]) == {"<"}:
            self._enter(cells[0])
        self.above = [self.above[n] if c == "^" else c for n, c in enumerate(cells)]

    def _task(self, lines: list[Line], k: int, spec: str, title: str, optional: bool) -> dict[str, Any]:
        line = lines[k]
        section = [h for level, h in self.path if level]  # the highest level is the plan's own title
        if line.cells is not None:
            chosen = [
                c
                for name, c in zip(self.header, self.above, strict=True)
                if c not in ("", "<") and not SKIPPED_COLUMNS.search(name)
            ]
            text = "\n".join(chosen)
            below = lines[k + 1].cells if k + 1 < len(lines) else None
            merged = [
                self.above[n]
                for n, c in enumerate(line.cells)
                if "^" in (c, below[n] if below else "") and not SKIPPED_COLUMNS.search(self.header[n])
            ]
            section += merged
            own = [c for c in chosen if c not in merged] or chosen
            title = title or re.split("[，,。；：]", own[0])[0]
        else:
            count = int(re.sub(r"\D", "", spec) or 1)
            block = [x for x in lines[: k + 1] if x.clean and not UNIT_LINE.match(x.clean)][-count:]
            found = label_of(block[0].clean)
            text = without_brackets("\n".join(x.clean for x in block)[len(found[1]) if found else 0 :])
            title = title or lead_of(text)
            if not found and "+" in spec:
                section.append(title)
            elif found:
                section = [h for level, h in self.path if level and level <= found[0]]  # its own list is no section
                first = sentences(text)[0]
                section[-1] = section[-1] if "\n" in text or (first != text and is_heading(first)) else found[1] + title
        task: dict[str, Any] = {
            "title": title,
            "section": section,
            "text": text,
            "measures": [],
            "responsibilities": [],
            "deadlines": [],
            "targets": [],
        }
        if optional:
            task["optional"] = True
        parts = sentences(text)
        bare = "\n" in text and text.startswith(f"{parts[0]}\n") and parts[0][-1] not in SENTENCE_END
        skip = len(parts) > 1 and (bare or parts[0].rstrip("。；：;") == title)
        if not skip and text.startswith(title) and text[len(title) : len(title) + 1] in ("：", ":"):
            parts = sentences(text[len(title) + 1 :])
        task["measures"] = parts[1:] if skip else parts
        if line.cells is not None:
            task["measures"] = [m for m in parts if m not in section]
            task["_cells"] = [s for c in own for s in sentences(c)]
            self._row_units(task)
        for _, name, value in self.inherited:
            task[name].append(dict(value, inherited=True))
        self.tasks.append(task)
        return task

    def _row_units(self, task: dict[str, Any]) -> None:
        for name, cell in zip(self.header, self.above, strict=True):
            if UNIT_COLUMNS.search(name) and cell not in ("", "<"):
                role = next(r for r, words in ROLES if re.search(words, name))
                # A person's name or post in a column of leaders: the gold standard leaves names out.
                flag = {"optional": True} if "领导" in name else {}
                role = "leader" if flag else role
                for unit in split_units(cell):
                    value = {"unit": unit, "role": role, "quote": cell, "inherited": False, **flag}
                    task["responsibilities"].append(value)

    def _measures(self, task: dict[str, Any] | None, rest: str) -> None:
        if task is None:
            raise SourceError("no task")
        if rest == "none":
            task["measures"] = []
        elif rest == "all":
            task["measures"] = sentences(task["text"])
        elif rest.startswith("="):
            mine = task.setdefault("_given", [])
            mine.append(rest[1:].strip())
            task["measures"] = list(mine)
        else:
            for word in rest.split():
                at = int(word.lstrip("-?")) - 1
                if word.startswith("-"):
                    task.setdefault("_drop", []).append(at)
                else:
                    task["measures"][at] = {"text": task["measures"][at], "optional": True}

    def _goal(self, line: Line, task: dict[str, Any] | None, rest: str, optional: bool) -> dict[str, Any]:
        if task is not None:
            text = task["text"]
        elif line.cells is not None:
            text = "\n".join(
                c for name, c in zip(self.header, self.above, strict=True) if c not in ("", "<") and name not in SERIAL
            )
        else:
            found = label_of(line.clean)
            text = line.clean[len(found[1]) if found else 0 :]
        parts = [text] if task is None and line.cells is not None else sentences(text)  # a row is one goal
        chosen = [parts[int(n) - 1] for n in rest.split()] if rest else parts
        goal: dict[str, Any] = {}
        for part in chosen:
            goal = {"text": part, "deadlines": [], "targets": []}
            if optional:
                goal["optional"] = True
            if task is not None:
                goal["_task"] = task
            self.goals.append(goal)
        return goal if task is None else task

    def _inherit(self, line: Line, code: str, rest: str, optional: bool) -> None:
        found = label_of(line.clean)
        level = -1 if code[0] == "p" else found[0] if found else 2
        code = code[1:]
        if code == "b":
            for value in bracket_units([m[0] for m in BRACKET.finditer(line.clean)] or [line.clean]):
                self.inherited.append((level, "responsibilities", value))
            return
        name, values = parse_value(code, rest, optional)
        for value in values:
            self._check_quote(value["quote"], self.whole)
            self.inherited.append((level, name, value))

    def _brackets(self, task: dict[str, Any] | None, line: Line, below: list[Line]) -> None:
        if task is None:
            raise SourceError("no task")
        texts = [m[0] for m in BRACKET.finditer(line.clean)]
        for other in below:
            if not UNIT_LINE.match(other.clean):
                break
            texts.append(other.clean)
        values = bracket_units(texts)
        if not values:
            raise SourceError("no bracket")
        task["responsibilities"] += values

    def _value(
        self, owner: dict[str, Any] | None, line: Line, below: list[Line], code: str, rest: str, optional: bool
    ) -> None:
        if owner is None:
            raise SourceError("no task or goal")
        inherited = code.endswith("i")
        name, values = parse_value(code.rstrip("i"), rest, optional)
        for value in values:
            whole = self.whole if inherited else (owner["text"] + "\n" + line.clean)
            units = [x.clean for x in itertools.takewhile(lambda x: bool(UNIT_LINE.match(x.clean)), below)]
            whole = "\n".join([whole, *units])
            if line.cells is not None or value.get("scope"):
                whole += "\n" + "\n".join(self.above) + "\n" + self.whole
            self._check_quote(value["quote"], whole)
            if name != "targets":
                value["inherited"] = inherited
            if name == "responsibilities" and "responsibilities" not in owner:
                raise SourceError("a goal has no units")
            owner[name].append(value)

    @staticmethod
    def _check_quote(quote: str, text: str) -> None:
        if quote not in text:
            raise SourceError(f"quote is not there: {quote}")

    def _finish(self, task: dict[str, Any]) -> None:
        """Inherited dates are optional beside own ones; measures with a result are optional goals."""
        for value in task["responsibilities"]:
            task["text"] = without_units(task["text"], value["quote"])
            task["measures"] = [without_units(m, value["quote"]) if isinstance(m, str) else m for m in task["measures"]]
        task["measures"] = [m for m in task["measures"] if m]
        drop = task.pop("_drop", [])
        task.pop("_given", None)
        task["measures"] = [m for k, m in enumerate(task["measures"]) if k not in drop]
        own = any(d["kind"] in ("by", "range") and not d["inherited"] for d in task["deadlines"])
        for value in task["deadlines"]:
            if own and value["inherited"]:
                value["optional"] = True
        for cell in task.pop("_cells", ()):
            if cell not in [m if isinstance(m, str) else m["text"] for m in task["measures"]]:
                task["measures"].append({"text": cell, "optional": True})
        goals = [g for g in self.goals if g.get("_task") is task]
        for goal in goals:
            del goal["_task"]
        for text in [m if isinstance(m, str) else m["text"] for m in task["measures"]]:
            if not any(g["text"] == text for g in goals) and RESULT_WORDS.search(text):
                goals.append({"text": text, "deadlines": [], "targets": [], "optional": True})
                self.goals.append(goals[-1])
        for goal in goals:
            for name in ("deadlines", "targets"):
                goal[name] += [
                    dict(v)
                    for v in task[name]
                    if v["quote"] in goal["text"] and not v.get("inherited") and not v.get("scope")
                ]


def split_units(text: str) -> list[str]:
    """Units split at 、 and the like, not inside brackets."""
    out, depth, start = [], 0, 0
    marks = "/" if "/" in text else "、，,\n；;"
    for at, mark in enumerate(text):
        depth += (mark in OPENERS) - (mark in CLOSERS)
        if mark in marks and depth == 0:
            out.append(text[start:at])
            start = at + 1
    units = [u.strip() for u in (*out, text[start:])]
    units = [re.sub(r"(?:等(?:部门|单位|线办)?|按职责分工负责|按职责分工|负责|落实)$", "", u) for u in units]
    return [u for u in units if u]


def bracket_units(texts: list[str]) -> list[dict[str, Any]]:
    """The responsibilities that labelled brackets or unit lines name."""
    out = []
    for text in texts:
        for piece in re.split("[；;]|。(?=[^）)])", text[1:-1] if BRACKET.fullmatch(text) else text):
            label, colon, names = (
                re.split("([：:])", piece, maxsplit=1) if re.search("[：:]", piece) else ("", "", piece)
            )
            if label and not re.fullmatch(UNIT_LABEL, label.strip("（( ")):
                continue
            role = next(r for r, words in ROLES if re.search(words, label or "责任"))
            quote = f"{label}{colon}{names}".strip("（( ").rstrip("。")
            leader = "领导" in label  # a post or name, which the gold standard leaves open
            flag = {"role": "leader", "optional": True} if leader else {"role": role}
            for unit in split_units(names.rstrip("。")):
                out.append({"unit": unit, "quote": quote, "inherited": False, **flag})
    return out


def parse_value(code: str, rest: str, optional: bool) -> tuple[str, list[dict[str, Any]]]:
    """(contract name, values) of an annotation of one value."""
    said, _, quote = rest.rpartition("|")
    said, quote = said.strip(), quote.strip()
    flag = {"optional": True} if optional else {}
    if code == "r":
        role, names = said.split(" ", 1)
        if role not in ("lead", "responsible", "support", "supervise", "leader"):
            raise SourceError(f"role {role}")
        return "responsibilities", [
            {"unit": unit, "role": role, "quote": quote, "inherited": False, **flag} for unit in split_units(names)
        ]
    if code == "d":
        return "deadlines", [{**parse_deadline(said), "quote": quote, "inherited": False, **flag}]
    if code == "t":
        operator, value, unit, *words = said.split(" ")
        changes = {"+": "increase", "-": "decrease", "*": "multiply"}
        change = changes.get(operator[0])
        operator = operator[1:] if change else operator
        if operator not in ("=", ">=", "<=", ">", "<", "~", "range"):
            raise SourceError(f"operator {operator}")
        low, high = (float(v) for v in value.split("~")) if operator == "range" else (float(value),) * 2
        scope = [w[1:] for w in words if w.startswith("@")]
        target = {
            "quote": quote,
            "indicator": "".join(w for w in words if not w.startswith("@")),
            "op": operator,
            "low": None if operator in ("<=", "<") else number(low),
            "high": None if operator in (">=", ">") else number(high),
            "unit": None if unit == "-" else unit,
            **({"change": change} if change else {}),
            **({"scope": scope[0]} if scope else {}),
            **flag,
        }
        return "targets", [target]
    raise SourceError(f"unknown annotation {code}")


def number(value: float) -> float | int:
    return int(value) if value == int(value) else value


def parse_deadline(said: str) -> dict[str, Any]:
    kind, _, value = said.partition(" ")
    out: dict[str, Any] = dict.fromkeys(("starts_on", "ends_on", "recurrence", "duration"))
    if kind == "within":
        return {"kind": kind, **out, "duration": value or None}
    if kind == "rec":
        names = {"D": "DAILY", "W": "WEEKLY", "M": "MONTHLY", "Y": "YEARLY"}
        rule = f"FREQ={names[value[0]]}" + (f";INTERVAL={value[1:]}" if value[1:] else "") if value else None
        return {"kind": "recurring", **out, "recurrence": rule}
    if kind not in ("by", "range"):
        raise SourceError(f"deadline {kind}")
    if value.startswith("~"):
        return {"kind": kind, **out, "edtf": value[1:]}
    if kind == "range":
        start, _, end = value.partition("..")
        return {"kind": kind, **out, "starts_on": start or None, "ends_on": end or None}
    return {"kind": kind, **out, "ends_on": value or None}


def gold_of(notice: NoticeSource) -> dict[str, Any]:
    """The gold of a notice, in the format of the gold standard."""
    plans = [GoldMaker(plan).make() for plan in notice.plans]
    return {"source": notice.path.name, **({"partial": True} if "partial" in notice.settings else {}), "plans": plans}


# -- the files ---------------------------------------------------------------------------------------------------------


def blocks(notice: NoticeSource) -> Iterator[Line | list[Line]]:
    """The lines of the file; those of one table together."""
    table: list[Line] = []
    for line in notice.lines:
        if line.cells is not None:
            table.append(line)
            continue
        if table:
            yield table
            table = []
        yield line
    if table:
        yield table


def spans_of(rows: list[list[str]]) -> dict[tuple[int, int], tuple[int, int]]:
    """(rows, columns) that each cell covers."""
    out = {}
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell in ("^", "<"):
                continue
            down = right = 1
            while r + down < len(rows) and rows[r + down][c] == "^":
                down += 1
            while c + right < len(row) and row[c + right] == "<":
                right += 1
            out[r, c] = (down, right)
    return out


def as_text(notice: NoticeSource) -> bytes:
    """Plain text; a table's cells are parted by tabs, as text copies of tables are."""
    lines = []
    for line in notice.lines:
        if line.joined:
            lines[-1] += " " + line.printed
        elif line.cells is None:
            lines.append(line.printed)
        else:
            lines.append("\t".join("" if c in "^<" else c.replace("\n", " ") for c in line.cells))
    end = "\r\n" if "crlf" in notice.settings else "\n"
    return (end.join(lines) + end).encode(notice.settings.get("encoding", "utf-8"))


def as_html(notice: NoticeSource) -> bytes:
    """A page of a county government's site: navigation, a table of data about the notice, the text, a foot."""
    title = notice.plans[0].head.get("title", "通知公告")
    body = []
    for block in blocks(notice):
        if isinstance(block, list):
            rows = [line.cells or [] for line in block]
            spans = spans_of(rows)
            body.append('<table border="1" cellspacing="0">')
            for r, row in enumerate(rows):
                cells = []
                for c, cell in enumerate(row):
                    if (r, c) in spans:
                        down, right = spans[r, c]
                        more = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{right}"' if right > 1 else "")
                        cells.append(f"<td{more}><p>{escape(cell).replace(chr(10), '<br>')}</p></td>")
                body.append("<tr>" + "".join(cells) + "</tr>")
            body.append("</table>")
        elif block.printed.strip():
            body.append(f"<p>　　{escape(block.printed.strip())}</p>")
    site = notice.settings.get("site", "青溪县人民政府")
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{escape(title)}_{site}</title>
<style>p {{ line-height: 2; }}</style><script>var visits = 1;</script></head>
<body><div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a><a href="/bsfw/">办事服务</a><a href="/hdjl/">互动交流</a></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 文件</div>
<div class="content" id="zoom">
{chr(10).join(body)}
</div>
<div class="share">分享到： <a href="#">微信</a> <a href="#">打印</a> <a href="#">关闭窗口</a></div>
<div class="footer"><p>主办：{site}办公室</p><p>网站标识码：0000000000</p></div>
</body></html>
""".encode()


class Counting:
    """Counts Word's labels along, so that a text whose numbers Word would not compute is refused."""

    def __init__(self, goes_on: bool) -> None:
        self.goes_on = goes_on
        self.at: dict[tuple[int, int], int] = {}

    def check(self, plan: int, level: int, label: str) -> None:
        self.at[plan, level] = self.at.get((plan, level), 0) + 1
        for below in range(level + 1, 3):
            if not (self.goes_on and below == 1):
                self.at[plan, below] = 0
        figures = "一二三四五六七八九十"
        number = self.at[plan, level]
        said = str(number) if level == 2 else ("十" if number > 10 else "") + figures[(number - 1) % 10]
        if said not in label:
            raise SourceError(f"Word would print {said}, the text says {label}")


def as_docx(notice: NoticeSource) -> bytes:
    """A Word file; with ``numbering auto`` its labels are computed by Word."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    document = Document()
    numbered = "numbering" in notice.settings
    levels = {
        2: (0, "chineseCountingThousand", "%1、"),
        4: (1, "chineseCountingThousand", "（%2）"),
        5: (2, "decimal", "%3."),
    }
    if numbered:
        numbering = document.part.numbering_part.element
        goes_on = notice.settings["numbering"] == "continuous"
        restart = '<w:lvlRestart w:val="0"/>' if goes_on else ""
        counted = Counting(goes_on)
        parts = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{"" if i != 1 else restart}<w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
            for i, form, text in levels.values()
        )
        abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="900">{parts}</w:abstractNum>')
        numbering.insert(0, abstract)
        for k in range(len(notice.plans)):
            over = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
            numbering.append(
                parse_xml(f'<w:num {nsdecls("w")} w:numId="{900 + k}"><w:abstractNumId w:val="900"/>{over}</w:num>')
            )
    plan_of = {id(line): k for k, plan in enumerate(notice.plans) for line in plan.lines}
    titles = {plan.head.get("title") for plan in notice.plans}
    for block in blocks(notice):
        if isinstance(block, list):
            rows = [line.cells or [] for line in block]
            table = document.add_table(len(rows), len(rows[0]))
            table.style = "Table Grid"
            for (r, c), (down, right) in spans_of(rows).items():
                cell = table.cell(r, c)
                if down > 1 or right > 1:
                    cell = cell.merge(table.cell(r + down - 1, c + right - 1))
                cell.text = rows[r][c]
            continue
        text = block.printed.strip(" 　")
        found = label_of(text)
        paragraph = document.add_paragraph()
        if numbered and not block.noise and found and found[0] in levels:
            level = levels[found[0]][0]
            counted.check(plan_of[id(block)], level, found[1])
            text = text[len(found[1]) :]
            properties = paragraph._p.get_or_add_pPr()
            properties.append(
                parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{900 + plan_of[id(block)]}"/></w:numPr>'
                )
            )
        run = paragraph.add_run(text)
        if text in titles:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run.font.bold = True
        fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    out = io.BytesIO()
    document.save(out)
    return steady_zip(out.getvalue())


def steady_zip(data: bytes) -> bytes:
    """The same zip with one fixed time for every member, so that a file made twice is the same."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rb"\g<1>2024-01-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def as_pdf(notice: NoticeSource) -> bytes:
    """An A4 file as an office prints it: 28 characters a line, page numbers at the foot, tables with ruled lines."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    font, size, leading, width = "STSong-Light", 15, 27, 28
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1, pageCompression=1)
    left, top, bottom = 87, 742, 100
    y, page = top, 1

    def turn() -> None:
        nonlocal y, page
        canvas.setFont(font, 12)
        canvas.drawCentredString(297, 60, f"— {page} —")
        canvas.showPage()
        y, page = top, page + 1

    def write(line: str, x: float, at: float, points: float = size) -> None:
        canvas.setFont(font, points)
        canvas.drawString(x, at, line)

    titles = {plan.head.get("title") for plan in notice.plans}
    for block in blocks(notice):
        if isinstance(block, list):
            rows = [line.cells or [] for line in block]
            y = draw_table(canvas, rows, write, turn, left, y, bottom, top, 595 - 2 * left)
            continue
        text = block.printed.strip(" 　")
        if not text:
            y -= leading / 2
            continue
        for line in fold(text if text in titles else "　　" + text, width):
            if y < bottom:
                turn()
            if text in titles:
                canvas.setFont(font, size + 3)
                canvas.drawCentredString(297, y, line)
            else:
                write(line, left, y)
            y -= leading
    turn()
    canvas.save()
    return out.getvalue()


def fold(text: str, width: int) -> list[str]:
    """``text`` in lines of ``width`` full characters, none of which opens with a closing mark."""
    lines, line, used = [], "", 0.0
    for char in text:
        wide = 0.5 if char.isascii() else 1.0
        if used + wide > width and char not in "，。；：、！？）”》":
            lines.append(line)
            line, used = "", 0.0
        line += char
        used += wide
    return [*lines, line]


def draw_table(
    canvas: Any,
    rows: list[list[str]],
    write: Callable[[str, float, float, float], None],
    turn: Callable[[], None],
    left: float,
    y: float,
    bottom: float,
    top: float,
    width: float,
) -> float:
    """Draws a ruled table, its header row again on every page; gives the height below it."""
    points, leading = 10.5, 14
    longest = [max(min(max(len(r[c]) for r in rows), 60), 4) ** 0.6 for c in range(len(rows[0]))]
    widths = [width * w / sum(longest) for w in longest]
    edges = [left + sum(widths[:c]) for c in range(len(widths) + 1)]

    def folded(text: str, wide: float) -> list[str]:
        lines = [part for line in text.split("\n") for part in fold(line, int(wide / points) - 1)]
        return lines if text not in ("^", "<") else []

    spans = spans_of(rows)

    def height(r: int) -> float:
        tallest = 1
        for c in range(len(rows[r])):
            down, right = spans.get((r, c), (0, 0))
            if down == 1:
                tallest = max(tallest, len(folded(rows[r][c], edges[c + right] - edges[c])))
            if down > 1:  # a merged cell's lines are shared out among its rows
                tallest = max(tallest, -(-len(folded(rows[r][c], edges[c + right] - edges[c])) // down))
        return tallest * leading + 8

    def draw(r: int, y: float) -> float:
        low = y - height(r)
        for c, cell in enumerate(rows[r]):
            if (r, c) not in spans:
                continue
            down, right = spans[r, c]
            foot = y - sum(height(r + n) for n in range(down))
            canvas.rect(edges[c], foot, edges[c + right] - edges[c], y - foot)
            for n, line in enumerate(folded(cell, edges[c + right] - edges[c])):
                write(line, edges[c] + 3, y - 4 - points - n * leading, points)
        return low

    y = draw(0, y)
    for r in range(1, len(rows)):
        group = 1
        while r + group < len(rows) and "^" in rows[r + group]:
            group += 1
        starts = "^" not in rows[r]
        if starts and y - sum(height(r + n) for n in range(group)) < bottom:
            turn()
            y = draw(0, top)
        y = draw(r, y)
    return y - 24


MAKERS: dict[str, Callable[[NoticeSource], bytes]] = {
    ".txt": as_text,
    ".html": as_html,
    ".docx": as_docx,
    ".pdf": as_pdf,
}


# -- the command -------------------------------------------------------------------------------------------------------


def made(notice: NoticeSource) -> dict[Path, bytes]:
    """The notice's file and its gold, by path."""
    gold = json.dumps(gold_of(notice), ensure_ascii=False, indent=1) + "\n"
    return {
        notice.path: MAKERS[notice.path.suffix](notice),
        notice.path.with_name(notice.path.stem + ".gold.json"): gold.encode(),
    }


def sources() -> list[Path]:
    """The annotated texts, in order."""
    return sorted(TEXTS.rglob("*.*.txt"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 where a file would change")
    args = parser.parse_args()
    changed, wrong = [], 0
    for source in sources():
        try:
            files = made(read_source(source))
        except SourceError as error:
            print(f"{source.name}: {error}", file=sys.stderr)
            wrong += 1
            continue
        for path, content in files.items():
            if not path.is_file() or path.read_bytes() != content:
                changed.append(path)
                if not args.check:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
    for path in changed:
        print(path.relative_to(CORPUS.parent))
    return 1 if wrong or (args.check and changed) else 0


if __name__ == "__main__":
    sys.exit(main())
