"""Writes docs/tables.md from the schema: python -m tools.write_table_docs"""

from __future__ import annotations

from pathlib import Path

from pipeline.schema import SCHEMA_VERSION, TABLES, Table

DOCS = Path(__file__).resolve().parents[1] / "docs" / "tables.md"


def document() -> str:
    """The page: one section a table."""
    head = [
        "# The tables",
        "",
        f"Schema version {SCHEMA_VERSION}. Made from `pipeline/schema.py` by "
        "`python -m tools.write_table_docs`; change it there.",
        "",
        "Offsets are half-open and count Unicode code points of the source file decoded as UTF-8 "
        "(a byte-order mark left out), line breaks as they are. A column marked ∅ may be null.",
    ]
    sections = (line for table in TABLES.values() for line in _section(table))
    return "\n".join([*head, *sections]) + "\n"


def _section(table: Table) -> list[str]:
    rows = [
        f"| `{column.name}`{' ∅' if column.nullable else ''} | `{column.type}` | "
        f"{column.description}{_values(column.values)} |"
        for column in table.columns
    ]
    return [
        "",
        f"## {table.name}",
        "",
        f"One row per {table.row}.",
        "",
        "| column | type | what it holds |",
        "| --- | --- | --- |",
        *rows,
    ]


def _values(values: tuple[str, ...]) -> str:
    return f" ({', '.join(f'`{value}`' for value in values)})" if values else ""


if __name__ == "__main__":
    DOCS.write_text(document(), "utf-8")
