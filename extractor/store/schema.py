"""The tables of the task database, and how an older file becomes a newer one.

What the extractor says (plans, tasks, deadlines, …) and what people say (decisions, assignments, progress) never share a
row. ``ledger`` and ``decided_units`` are worked out from both by :mod:`extractor.store.ledger`, so that the views (工作台账
and its kin, :mod:`extractor.store.views`) show a person's word over the extractor's.

A change of the schema is a new function at the end of this module, and :data:`VERSION` one higher; a released one is
never edited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from extractor.model import Change, DeadlineKind, LinkKind, Operator, Role
from extractor.store.views import VIEWS, create_views

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x54534B31  # "TSK1": what marks a SQLite file as ours
VERSION = 4
MIGRATION_SET = "policy-tasks"

STATUSES = ("not_started", "in_progress", "done", "closed", "paused", "cancelled")
ENTITIES = ("plan", "task", "measure", "responsibility", "deadline", "target", "goal", "unit", "plan_link")
APART = "substr(id, 2, 6) <> substr(task_id, 2, 6)"
"""True of what was minted for another notice than its task was: few rows, which have an index by id."""
ACTIONS = ("set", "add", "remove", "accept", "reject", "merge", "split", "undo")


def _one_of(column: str, words: tuple[str, ...]) -> str:
    """A check on a vocabulary; not with ``in``, for which SQLite fills a table of its own at every row."""
    listed = " or ".join(f"{column} = '{word}'" for word in words)
    return f"check ({listed})"


_FLAG = "integer not null default 0 check ({0} = 0 or {0} = 1)"


def _flag(column: str) -> str:
    return f"{column} {_FLAG.format(column)}"


_FIRST_TABLES = (
    # -- files ---------------------------------------------------------------------------------------------------------
    f"""create table sources (
        id text primary key,
        sha256 text unique,
        path text not null,
        media_type text,
        encoding text,
        {_flag("ocr")},
        pages text not null default '[]',
        text text,
        state text not null {_one_of("state", ("read", "failed", "secret"))},
        generator text,
        taken_in text not null
    )""",
    f"""create table source_paths (
        path text not null,
        source_id text not null references sources(id),
        first_seen text not null,
        {_flag("current")},
        primary key (path, source_id)
    ) without rowid""",
    "create index source_paths_source on source_paths(source_id)",
    """create table repairs (
        source_id text not null references sources(id),
        ordinal integer not null,
        start integer not null,
        "end" integer not null,
        replacement text not null,
        step text not null,
        primary key (source_id, ordinal)
    ) without rowid""",
    # -- notices -------------------------------------------------------------------------------------------------------
    """create table notices (
        id text primary key,
        number text,
        issuer text,
        number_form text,
        issuer_form text
    )""",
    "create index notices_number on notices(number_form) where number_form is not null",
    """create table notice_sketches (
        value integer not null,
        notice_id text not null references notices(id),
        primary key (value, notice_id)
    ) without rowid""",
    "create index notice_sketches_notice on notice_sketches(notice_id)",
    f"""create table plans (
        id text primary key,
        notice_id text not null references notices(id),
        source_id text not null references sources(id),
        version integer not null,
        {_flag("current")},
        position integer not null,
        title text,
        number text,
        issuer text,
        issued_on text,
        region text,
        addressees text not null default '[]',
        unique (notice_id, version)
    )""",
    "create index plans_source on plans(source_id)",
    f"""create table plan_sources (
        plan_id text not null references plans(id),
        source_id text not null references sources(id),
        ordinal integer not null,
        kind text not null {_one_of("kind", ("primary", "copy"))},
        primary key (plan_id, source_id, ordinal)
    ) without rowid""",
    "create index plan_sources_source on plan_sources(source_id)",
    f"""create table plan_links (
        id text not null,
        plan_id text not null references plans(id),
        ordinal integer not null,
        kind text not null {_one_of("kind", get_args(LinkKind))},
        number text,
        number_form text,
        title text,
        target_id text references notices(id),
        state text not null {_one_of("state", ("stated", "proposed", "confirmed", "refused"))},
        primary key (id, plan_id)
    )""",
    "create index plan_links_plan on plan_links(plan_id)",
    "create index plan_links_target on plan_links(target_id)",
    "create index plan_links_number on plan_links(number_form) where target_id is null",
    """create table sections (
        plan_id text not null references plans(id),
        ordinal integer not null,
        parent integer,
        level integer not null,
        heading text not null,
        start integer not null,
        "end" integer not null,
        primary key (plan_id, ordinal)
    ) without rowid""",
    # -- tasks ---------------------------------------------------------------------------------------------------------
    f"""create table tasks (
        id text primary key,
        plan_id text not null references plans(id),
        position integer not null,
        title text not null,
        text text not null,
        section text not null default '[]',
        rule text not null,
        report_to text,
        contact text,
        due_on text,
        due_rule text,
        confidence real not null,
        {_flag("vanished")},
        start integer,
        "end" integer,
        pieces integer not null default 0
    )""",
    "create index tasks_plan on tasks(plan_id, position)",
    """create table measures (
        id text primary key,
        task_id text not null references tasks(id),
        position integer not null,
        text text not null,
        start integer,
        "end" integer,
        pieces integer not null default 0
    ) without rowid""",
    "create index measures_task on measures(task_id)",
    f"""create table goals (
        id text primary key,
        plan_id text not null references plans(id),
        task_id text references tasks(id),
        position integer not null,
        text text not null,
        section text not null default '[]',
        confidence real not null,
        {_flag("vanished")},
        start integer,
        "end" integer,
        pieces integer not null default 0
    )""",
    "create index goals_plan on goals(plan_id, position)",
    """create table units (
        id text primary key,
        region text not null,
        name text not null,
        merged_into text references units(id),
        unique (region, name)
    )""",
    f"""create table unit_aliases (
        unit_id text not null references units(id),
        alias text not null,
        origin text not null {_one_of("origin", ("notice", "person"))},
        primary key (unit_id, alias)
    ) without rowid""",
    f"""create table responsibilities (
        id text primary key,
        task_id text not null references tasks(id),
        position integer not null,
        unit_id text not null references units(id),
        unit text not null,
        canonical text,
        role text not null {_one_of("role", get_args(Role))},
        quote text not null,
        {_flag("inherited")},
        rule text not null,
        confidence real not null,
        start integer,
        "end" integer,
        pieces integer not null default 0
    ) without rowid""",
    "create index responsibilities_task on responsibilities(task_id)",
    f"""create table deadlines (
        id text primary key,
        task_id text references tasks(id),
        goal_id text references goals(id),
        position integer,
        goal_position integer,
        quote text not null,
        kind text not null {_one_of("kind", get_args(DeadlineKind))},
        starts_on text,
        ends_on text,
        edtf text,
        recurrence text,
        duration text,
        condition text,
        measure_id text references measures(id),
        {_flag("inherited")},
        rule text not null,
        confidence real not null,
        start integer,
        "end" integer,
        pieces integer not null default 0,
        check (task_id is not null or goal_id is not null)
    ) without rowid""",
    "create index deadlines_task on deadlines(task_id)",
    "create index deadlines_goal on deadlines(goal_id) where goal_id is not null",
    "create index deadlines_measure on deadlines(measure_id) where measure_id is not null",
    f"""create table targets (
        id text primary key,
        task_id text references tasks(id),
        goal_id text references goals(id),
        position integer,
        goal_position integer,
        quote text not null,
        indicator text not null,
        op text not null {_one_of("op", get_args(Operator))},
        low real,
        high real,
        unit text,
        change text {_one_of("change", get_args(Change))},
        scope text,
        period text,
        baseline text,
        deadline_id text references deadlines(id),
        measure_id text references measures(id),
        rule text not null,
        confidence real not null,
        start integer,
        "end" integer,
        pieces integer not null default 0,
        check (task_id is not null or goal_id is not null)
    ) without rowid""",
    "create index targets_task on targets(task_id)",
    "create index targets_goal on targets(goal_id) where goal_id is not null",
    "create index targets_measure on targets(measure_id) where measure_id is not null",
    "create index targets_deadline on targets(deadline_id) where deadline_id is not null",
    # a deadline or target that a task shares with more than one of its goals: its row names the first, these the others
    """create table shared_values (
        goal_id text not null references goals(id),
        value_id text not null,
        position integer not null,
        primary key (goal_id, value_id)
    ) without rowid""",
    "create index shared_values_value on shared_values(value_id)",
    """create table restatements (
        id text primary key,
        task_id text not null references tasks(id),
        plan_id text not null references plans(id),
        position integer not null,
        text text not null
    )""",
    "create index restatements_task on restatements(task_id)",
    "create index restatements_plan on restatements(plan_id)",
    """create table bases (
        owner text not null,
        ordinal integer not null,
        why text not null,
        quote text not null,
        start integer,
        "end" integer,
        pieces integer not null default 0,
        primary key (owner, ordinal)
    ) without rowid""",
    # where words stand: the first piece of a value is in its own row, so that it costs none of its own; the view
    # ``evidence`` has all pieces of everything
    """create table further_pieces (
        owner text not null,
        ordinal integer not null,
        start integer not null,
        "end" integer not null,
        primary key (owner, ordinal)
    ) without rowid""",
    f"""create table problems (
        id integer primary key,
        source_id text not null references sources(id),
        ordinal integer not null,
        code text not null,
        message text not null,
        pieces text not null default '[]',
        origin text not null {_one_of("origin", ("extractor", "store"))}
    )""",
    "create index problems_source on problems(source_id)",
    # -- people --------------------------------------------------------------------------------------------------------
    f"""create table decisions (
        id integer primary key autoincrement,
        at text not null,
        by text not null,
        entity text not null {_one_of("entity", ENTITIES)},
        entity_id text not null,
        owner_id text,
        notice_id text,
        action text not null {_one_of("action", ACTIONS)},
        field text,
        old text,
        new text,
        snapshot text,
        note text,
        evidence text not null default '[]',
        undoes integer references decisions(id)
    )""",
    "create index decisions_entity on decisions(entity_id)",
    "create index decisions_owner on decisions(owner_id)",
    "create index decisions_notice on decisions(notice_id)",
    """create table assignments (
        id integer primary key autoincrement,
        task_id text not null,
        at text not null,
        by text not null,
        our_unit text,
        leader text,
        person text,
        inner_deadline text,
        note text
    )""",
    "create index assignments_task on assignments(task_id, id)",
    f"""create table progress (
        id integer primary key autoincrement,
        entity text not null {_one_of("entity", ("task", "goal"))},
        entity_id text not null,
        period text,
        text text,
        percent real check (percent between 0 and 100),
        status text {_one_of("status", STATUSES)},
        at text not null,
        by text not null
    )""",
    "create index progress_entity on progress(entity_id, id)",
    """create table tracker_links (
        task_id text not null,
        tracker text not null,
        outer_id text not null,
        pushed text not null default '{}',
        pushed_at text not null,
        primary key (task_id, tracker)
    )""",
    # -- what was said before ------------------------------------------------------------------------------------------
    f"""create table earlier_readings (
        id integer primary key autoincrement,
        entity_id text not null,
        plan_id text not null references plans(id),
        what text not null {_one_of("what", ("changed", "vanished", "returned"))},
        reading text,
        at text not null
    )""",
    "create index earlier_readings_entity on earlier_readings(entity_id, id)",
    # -- worked out from the above -------------------------------------------------------------------------------------
    f"""create table ledger (
        id text primary key,
        kind text not null {_one_of("kind", ("task", "goal"))},
        notice_id text,
        plan_id text,
        source_id text,
        plan_position integer not null,
        position integer not null,
        origin text not null,
        title text not null,
        measures text not null,
        targets text not null,
        lead text not null,
        responsible text not null,
        support text not null,
        supervise text not null,
        due_on text,
        recurrence text not null,
        within text not null,
        report_to text,
        contact text,
        place text not null,
        confidence real not null,
        review text not null {_one_of("review", ("unseen", "accepted", "rejected"))},
        {_flag("vanished")},
        {_flag("decided")}
    )""",
    # the units of rows on which people have decided; the view ``ledger_units`` has those of all, as ``ledger_states`` has
    # the measures of all
    """create table decided_units (
        task_id text not null references ledger(id) on delete cascade,
        role text not null,
        unit text not null,
        primary key (task_id, role, unit)
    ) without rowid""",
    f"""create table search_entries (
        id integer primary key autoincrement,
        kind text not null {_one_of("kind", ("task", "source"))},
        ref text not null
    )""",
    "create index search_entries_ref on search_entries(ref)",
    # one row: the last entry that is in the index
    "create table search_state (last integer not null)",
    "insert into search_state values (0)",
    # single characters, parted by spaces: the only form that finds every two-character word
    "create virtual table search_index using fts5(body, content='', columnsize=0, tokenize='ascii')",
    "insert into search_index (search_index, rank) values ('automerge', 8)",  # heaps are large: merge fewer times
    # -- the program's own ---------------------------------------------------------------------------------------------
    """create table settings (
        name text primary key,
        value text not null
    ) without rowid""",
)


def _first(db: Database) -> None:
    for statement in _FIRST_TABLES:
        db.execute(statement)


def _percent_taken_back(db: Database) -> None:
    """A share that was reported can be taken back without another in its place."""
    db.execute("alter table progress add column no_percent integer not null default 0 check (no_percent in (0, 1))")


def _plans_by_title(db: Database) -> None:
    """An annex is looked for by the title that its notice gives it."""
    db.execute("create index plans_title on plans(title) where number is null")


# what belongs to a task lies beside it, and needs no second order of its own; so do the places in the search index
_LEANER_TABLES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "measures": (
        """(
        task_id text not null references tasks(id),
        id text not null,
        position integer not null,
        text text not null,
        start integer,
        "end" integer,
        pieces integer not null default 0,
        primary key (task_id, id)
    ) without rowid""",
        'task_id, id, position, text, start, "end", pieces',
        (f"create index measures_apart on measures(id) where {APART}",),
    ),
    "responsibilities": (
        f"""(
        task_id text not null references tasks(id),
        id text not null,
        position integer not null,
        unit_id text not null references units(id),
        unit text not null,
        canonical text,
        role text not null {_one_of("role", get_args(Role))},
        quote text not null,
        {_flag("inherited")},
        rule text not null,
        confidence real not null,
        start integer,
        "end" integer,
        pieces integer not null default 0,
        primary key (task_id, id)
    ) without rowid""",
        "task_id, id, position, unit_id, unit, canonical, role, quote, inherited, rule, confidence, "
        'start, "end", pieces',
        (f"create index responsibilities_apart on responsibilities(id) where {APART}",),
    ),
    "deadlines": (
        f"""(
        id text primary key,
        task_id text references tasks(id),
        goal_id text references goals(id),
        position integer,
        goal_position integer,
        quote text not null,
        kind text not null {_one_of("kind", get_args(DeadlineKind))},
        starts_on text,
        ends_on text,
        edtf text,
        recurrence text,
        duration text,
        condition text,
        measure_id text,
        {_flag("inherited")},
        rule text not null,
        confidence real not null,
        start integer,
        "end" integer,
        pieces integer not null default 0,
        check (task_id is not null or goal_id is not null),
        foreign key (task_id, measure_id) references measures(task_id, id)
    ) without rowid""",
        "id, task_id, goal_id, position, goal_position, quote, kind, starts_on, ends_on, edtf, recurrence, duration, "
        'condition, measure_id, inherited, rule, confidence, start, "end", pieces',
        (
            "create index deadlines_task on deadlines(task_id)",
            "create index deadlines_goal on deadlines(goal_id) where goal_id is not null",
            "create index deadlines_goal_measure on deadlines(measure_id) where goal_id is not null",
        ),
    ),
    "targets": (
        f"""(
        id text primary key,
        task_id text references tasks(id),
        goal_id text references goals(id),
        position integer,
        goal_position integer,
        quote text not null,
        indicator text not null,
        op text not null {_one_of("op", get_args(Operator))},
        low real,
        high real,
        unit text,
        change text {_one_of("change", get_args(Change))},
        scope text,
        period text,
        baseline text,
        deadline_id text references deadlines(id),
        measure_id text,
        rule text not null,
        confidence real not null,
        start integer,
        "end" integer,
        pieces integer not null default 0,
        check (task_id is not null or goal_id is not null),
        foreign key (task_id, measure_id) references measures(task_id, id)
    ) without rowid""",
        "id, task_id, goal_id, position, goal_position, quote, indicator, op, low, high, unit, change, scope, period, "
        'baseline, deadline_id, measure_id, rule, confidence, start, "end", pieces',
        (
            "create index targets_task on targets(task_id)",
            "create index targets_goal on targets(goal_id) where goal_id is not null",
            "create index targets_goal_measure on targets(measure_id) where goal_id is not null",
            "create index targets_deadline on targets(deadline_id) where deadline_id is not null",
        ),
    ),
    # ``entry`` is what the row's words are called in the search index
    "ledger": (
        f"""(
        entry integer primary key,
        id text not null unique,
        kind text not null {_one_of("kind", ("task", "goal"))},
        notice_id text,
        plan_id text,
        source_id text,
        plan_position integer not null,
        position integer not null,
        origin text not null,
        title text not null,
        measures text not null,
        targets text not null,
        lead text not null,
        responsible text not null,
        support text not null,
        supervise text not null,
        due_on text,
        recurrence text not null,
        within text not null,
        report_to text,
        contact text,
        place text not null,
        confidence real not null,
        review text not null {_one_of("review", ("unseen", "accepted", "rejected"))},
        {_flag("vanished")},
        {_flag("decided")}
    )""",
        "id, kind, notice_id, plan_id, source_id, plan_position, position, origin, title, measures, targets, lead, "
        "responsible, support, supervise, due_on, recurrence, within, report_to, contact, place, confidence, review, "
        "vanished, decided",
        (),
    ),
}
"""Of each table its definition, the columns that it had before, and its indexes."""


def _leaner(db: Database) -> None:
    """Fewer indexes to fill; entries of the search index numbered in the rows that they are of."""
    db.execute("alter table sources add column entry integer")
    db.execute("alter table search_state add column given integer not null default 0")
    used = db.execute("select 1 from sources limit 1").fetchone() is not None
    if used:
        db.execute("pragma legacy_alter_table = on")  # views are made anew afterwards, and keys lead to the same names
    for table, (definition, columns, indexes) in _LEANER_TABLES.items():
        if used:
            db.execute(f"alter table {table} rename to old_{table}")
            db.execute(f"create table {table} {definition}")
            db.execute(f"insert into {table} ({columns}) select {columns} from old_{table} order by id")
            db.execute(f"drop table old_{table}")
        else:
            db.execute(f"drop table {table}")
            db.execute(f"create table {table} {definition}")
        for index in indexes:
            db.execute(index)
    if used:
        db.execute("pragma legacy_alter_table = off")
        _number_entries(db)
    db.execute("create unique index sources_entry on sources(entry) where entry is not null")
    db.execute("drop table search_entries")
    # half a hundred heaps are searched as fast as one, and merging them is a tenth of the time of taking files in
    db.execute("insert into search_index (search_index, rank) values ('automerge', 64)")
    db.execute("insert into search_index (search_index, rank) values ('crisismerge', 128)")


def _number_entries(db: Database) -> None:
    """Hands the numbers of entries on to the rows of the ledger and to the files; what has none gets a new one, and is
    put into the index with the next heap."""
    last = "(select coalesce(max(id), 0) from search_entries)"
    db.execute("update ledger set entry = -entry")
    db.execute(
        f"update ledger set entry = coalesce((select max(id) from search_entries where ref = ledger.id), {last} - entry)"
    )
    db.execute("update sources set entry = (select max(id) from search_entries where ref = sources.id)")
    db.execute(f"update search_state set given = max(last, {last}, coalesce((select max(entry) from ledger), 0))")


_STEPS = (
    ("0001_first_tables", _first),
    ("0002_percent_taken_back", _percent_taken_back),
    ("0003_plans_by_title", _plans_by_title),
    ("0004_leaner", _leaner),
)
"""Every change of the schema, oldest first."""


def bring_up_to_date(db: Database) -> None:
    """Applies what is missing of the schema to an open, writable database, in the transaction of the caller. Foreign keys
    must not be looked at meanwhile: tables are made anew."""
    from sqlite_utils.migrations import Migrations

    migrations = Migrations(MIGRATION_SET)
    for name, step in _STEPS:
        migrations(name=name)(step)
    migrations.apply(db)
    create_views(db, VIEWS)
    db.execute(f"pragma application_id = {APPLICATION_ID}")
    db.execute(f"pragma user_version = {VERSION}")
