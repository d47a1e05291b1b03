"""What staff and other programs look at: views with Chinese column names (工作台账, 按单位, 逾期, …).

They are worked out afresh by SQLite at every look, today's date included; nothing here is stored. They are made again
whenever the schema changes, so that a better view needs no migration.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

STATUS_WORDS = {
    "not_started": "未启动",
    "in_progress": "推进中",
    "done": "已完成待销号",
    "closed": "已销号",
    "paused": "暂缓",
    "cancelled": "已取消",
}

ROLE_WORDS = {
    "lead": "牵头单位",
    "responsible": "责任单位",
    "support": "配合单位",
    "supervise": "督导单位",
    "leader": "责任领导",
}


def _words(column: str, words: Mapping[str, str]) -> str:
    cases = " ".join(f"when '{code}' then '{word}'" for code, word in words.items())
    return f"case {column} {cases} end"


_OPEN = "coalesce(status, 'not_started') not in ('done', 'closed', 'cancelled')"

# measures as people left them stand in the ledger, counted where they are several; all others where they were read
_MEASURES = """
    case when l.decided = 1 then l.measures
         else (select case when count(*) > 1 then group_concat((m.position + 1) || '. ' || m.line, char(10))
                           else coalesce(max(m.line), '') end
                 from (select position, replace(text, char(10), '') as line from measures
                        where task_id = l.id order by position) m) end
"""

_STATES = f"""
    select l.id, l.kind, l.notice_id, l.plan_id, l.source_id, l.plan_position, l.position, l.origin, l.title,
           {_MEASURES} as measures,
           l.targets, l.lead, l.responsible, l.support, l.supervise, l.due_on, l.recurrence, l.within, l.report_to,
           l.contact, l.place, l.confidence, l.review, l.vanished, l.decided,
           s.path,
           (select p.status from progress p
             where p.entity_id = l.id and p.status is not null order by p.id desc limit 1) as status,
           (select p.text from progress p
             where p.entity_id = l.id and p.text is not null order by p.id desc limit 1) as progress,
           nullif((select a.inner_deadline from assignments a
             where a.task_id = l.id and a.inner_deadline is not null order by a.id desc limit 1), '') as inner_deadline
      from ledger l left join sources s on s.id = l.source_id
"""

_ROW = f"""
           origin as 来源, title as 工作任务, measures as 具体举措, targets as 目标指标, lead as 牵头单位,
           responsible as 责任单位, support as 配合单位, supervise as 督导单位, due_on as 完成时限,
           recurrence as 频次, within as 时效要求,
           {_words("coalesce(status, 'not_started')", STATUS_WORDS)} as 状态,
           progress as 进展, place as 出处, id as 编号
"""

_ORDER = "path is null, path, plan_position, kind desc, position, id"

_FIRST_PIECES = " union all ".join(
    f'select {owner} as owner, 0 as ordinal, start, "end" from {table} where pieces > 0'
    for table, owner in (
        ("tasks", "id"),
        ("measures", "id"),
        ("goals", "id"),
        ("responsibilities", "id"),
        ("deadlines", "id"),
        ("targets", "id"),
        ("bases", "owner || '/' || ordinal"),
    )
)

VIEWS: dict[str, str] = {
    "evidence": f'{_FIRST_PIECES} union all select owner, ordinal, start, "end" from further_pieces',
    "ledger_units": """
        select r.task_id, r.role, coalesce(into_.name, u.name) as unit
          from ledger l join responsibilities r on r.task_id = l.id join units u on u.id = r.unit_id
               left join units into_ on into_.id = u.merged_into
         where l.decided = 0
        union select task_id, role, unit from decided_units""",
    "ledger_states": _STATES,
    # the rows are numbered by what orders them alone, so that a page of the view works out no other row's words
    "register": f"""
        select number as 序号, {_ROW}
          from (select id as numbered, row_number() over (order by {_ORDER}) as number
                  from (select s.path, l.plan_position, l.kind, l.position, l.id
                          from ledger l left join sources s on s.id = l.source_id))
               join ledger_states on id = numbered
         order by number""",
    "by_unit": f"""
        select u.unit as 单位, {_words("u.role", ROLE_WORDS)} as 角色, {_ROW}
          from ledger_units u join ledger_states l on l.id = u.task_id
         order by u.unit, {_ORDER}""",
    "overdue": f"""
        select cast(julianday('now', 'localtime', 'start of day')
                    - julianday(coalesce(inner_deadline, due_on)) as integer) as 逾期天数,
               inner_deadline as 内部时限, {_ROW}
          from ledger_states
         where coalesce(inner_deadline, due_on) < date('now', 'localtime') and {_OPEN}
         order by coalesce(inner_deadline, due_on), {_ORDER}""",
    **{
        f"due_{days}_days": f"""
        select inner_deadline as 内部时限, {_ROW}
          from ledger_states
         where coalesce(inner_deadline, due_on)
               between date('now', 'localtime') and date('now', 'localtime', '+{days} days')
           and {_OPEN}
         order by coalesce(inner_deadline, due_on), {_ORDER}"""
        for days in (7, 30)
    },
    "without_date": f"""
        select {_ROW} from ledger_states
         where kind = 'task' and due_on is null and recurrence = '' and within = ''
         order by {_ORDER}""",
    "without_unit": f"""
        select {_ROW} from ledger_states l
         where kind = 'task' and not exists (select 1 from ledger_units u where u.task_id = l.id)
         order by {_ORDER}""",
    "reports": f"""
        select report_to as 报送对象, contact as 联系方式, {_ROW}
          from ledger_states where report_to is not null order by {_ORDER}""",
    "to_check": f"""
        select round(confidence, 2) as 把握, {_ROW}
          from ledger_states where review = 'unseen' order by confidence, {_ORDER}""",
    "what_is_missing": """
        select s.path as 文件, p.message as 问题, p.code as 代码
          from problems p join sources s on s.id = p.source_id
         order by s.state = 'read', s.path, p.ordinal""",
    "what_people_said": """
        select d.id as 编号, d.at as 时间, d.by as 何人, d.action as 动作, d.entity as 对象, d.entity_id as 对象编号,
               d.field as 字段, d.old as 原值, d.new as 新值, d.note as 说明,
               exists (select 1 from decisions u where u.undoes = d.id) as 曾被撤销
          from decisions d order by d.id desc""",
}


def create_views(db: Database, views: Mapping[str, str]) -> None:
    """Makes every view anew, those of an older program with the same names replaced."""
    for name in reversed(list(views)):
        db.execute(f"drop view if exists {name}")
    for name, select in views.items():
        db.execute(f"create view {name} as {select}")
