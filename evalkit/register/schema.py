"""The tables of a register, which only ever grow.

Everything that is put on record is an entry of one journal: who, on which day, what, and a digest over this and all
before it. As the days of entries never go back, what stood on a day is what stands up to an entry.
"""

from __future__ import annotations

from sqlalchemy import DDL, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, event

tables = MetaData()


def _texts(*names: str) -> list[Column]:
    return [Column(name, String, nullable=False, default="", server_default="") for name in names]


def _entry(*, index: bool = True) -> Column:
    return Column("entry", Integer, ForeignKey("entry.id"), nullable=False, index=index)


# `day` is the one that counts, `recorded` the moment of the clock (UTC).
ENTRY = Table(
    "entry",
    tables,
    Column("id", Integer, primary_key=True, autoincrement=False),
    *_texts("kind", "day", "recorded", "by", "digest"),
)
# What a reporter handed in at one time. `standing` says whether it speaks of itself or a department of it.
SUBMISSION = Table(
    "submission",
    tables,
    Column("code", String, primary_key=True),
    _entry(),
    *_texts("study", "reporter", "standing", "kind", "file", "sha256", "form", "system"),
    Column("year", Integer, nullable=False),
)
STATUS = Table(
    "status",
    tables,
    Column("id", Integer, primary_key=True),
    _entry(),
    Column("submission", String, ForeignKey("submission.code"), nullable=False, index=True),
    *_texts("status", "note"),
)
# Of a figure that takes another's place (`revises`), `because` and `evidence` say why.
FIGURE = Table(
    "figure",
    tables,
    Column("id", Integer, primary_key=True),
    _entry(index=False),
    Column("submission", String, ForeignKey("submission.code"), nullable=False, index=True),
    *_texts("variable", "region", "unit"),
    Column("year", Integer, nullable=False),
    Column("value", Float),
    *_texts("state", "publication", "standing", "reason", "source", "page", "compiler", "compiled", "explanation"),
    Column("revises", Integer, ForeignKey("figure.id")),
    *_texts("because", "evidence"),
)
Index("figure_until", FIGURE.c.year, FIGURE.c.entry)
Index("figure_of", FIGURE.c.region, FIGURE.c.variable)
# What whoever verified a figure saw.
VERIFICATION = Table(
    "verification",
    tables,
    Column("id", Integer, primary_key=True),
    _entry(),
    Column("figure", Integer, ForeignKey("figure.id"), nullable=False, index=True),
    Column("seen", Float),
    *_texts("verdict", "document", "note"),
)
# By which decision, or which objection, figures of a submission took the place of others.
REVISION = Table(
    "revision",
    tables,
    Column("submission", String, ForeignKey("submission.code"), primary_key=True),
    _entry(),
    *_texts("decision", "objection"),
)
# `kind` is what is objected to: a figure, or a score. `about` is the region whose it is.
OBJECTION = Table(
    "objection",
    tables,
    Column("code", String, primary_key=True),
    _entry(),
    *_texts("study", "kind", "raised_by", "about", "subject", "unit", "text", "document"),
    Column("year", Integer, nullable=False),
    Column("figure", Integer, ForeignKey("figure.id")),
)
OBJECTION_STEP = Table(
    "objection_step",
    tables,
    Column("id", Integer, primary_key=True),
    _entry(),
    Column("objection", String, ForeignKey("objection.code"), nullable=False, index=True),
    *_texts("step", "outcome", "text", "document"),
)

_REFUSED = "the register only grows"
_IN_SQLITE = """CREATE TRIGGER {name}_{verb} BEFORE {verb} ON {name}
BEGIN SELECT RAISE(ABORT, '{refused}'); END"""
_FUNCTION = """CREATE OR REPLACE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION '{refused}'; END $$"""
_IN_POSTGRESQL = """CREATE TRIGGER {name}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {name}
FOR EACH STATEMENT EXECUTE FUNCTION only_grows()"""

event.listen(tables, "before_create", DDL(_FUNCTION.format(refused=_REFUSED)).execute_if(dialect="postgresql"))
for _table in tables.sorted_tables:
    for _verb in ("UPDATE", "DELETE"):
        _ddl = DDL(_IN_SQLITE.format(name=_table.name, verb=_verb, refused=_REFUSED))
        event.listen(_table, "after_create", _ddl.execute_if(dialect="sqlite"))
    event.listen(_table, "after_create", DDL(_IN_POSTGRESQL.format(name=_table.name)).execute_if(dialect="postgresql"))
