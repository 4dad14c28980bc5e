from pathlib import Path

from pipeline.schema import TABLES
from tools.write_table_docs import DOCS, document


def test_the_documentation_of_the_tables_is_up_to_date():
    assert DOCS.read_text("utf-8") == document(), "run: python -m tools.write_table_docs"


def test_every_reference_names_a_table_and_every_column_is_described():
    for table in TABLES.values():
        for column in table.columns:
            assert column.description
            assert column.refers_to is None or column.refers_to in TABLES


def test_the_readme_names_every_table():
    readme = (Path(DOCS).parents[1] / "README.md").read_text("utf-8")
    assert all(f"`{name}`" in readme for name in TABLES)
