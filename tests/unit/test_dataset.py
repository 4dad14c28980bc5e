"""Writing whole or not at all, and what `validate` catches."""

import json
import linecache
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.comparison import compare
from pipeline.dataset import Dataset, DatasetError, DatasetWriter
from pipeline.schema import TABLES
from pipeline.validation import validate
from tests.conftest import ROOT

TEXT = "Belarus must stop."


def rows() -> dict[str, list[dict]]:
    """A dataset of one document, one sentence, four tokens."""
    tokens = [("Belarus", 0, 7, 3), ("must", 8, 12, 3), ("stop", 13, 17, 0), (".", 17, 18, 3)]
    return {
        "documents": [
            {
                "doc_id": "d", "lang": "en", "kind": "other", "title": None, "publisher": None,
                "date": None, "path": "d.txt", "sha256": "0", "n_chars": 18, "n_tokens": 4,
                "status": "ok", "error": None,
            }
        ],
        "blocks": [
            {
                "block_id": "b", "doc_id": "d", "ordinal": 1, "kind": "paragraph", "label": None,
                "start": 0, "end": 18, "text": TEXT,
            }
        ],
        "sentences": [
            {
                "sentence_id": "s", "doc_id": "d", "block_id": "b", "ordinal": 1, "start": 0,
                "end": 18, "text": TEXT, "n_tokens": 4,
            }
        ],
        "tokens": [
            {
                "token_id": f"t{i}", "sentence_id": "s", "doc_id": "d", "ordinal": i, "start": a,
                "end": b, "text": text, "lemma": text.lower(), "upos": "X", "feats": None,
                "head": head, "deprel": "root" if head == 0 else "dep", "clause_id": "c",
            }
            for i, (text, a, b, head) in enumerate(tokens, start=1)
        ],
        "clauses": [
            {
                "clause_id": "c", "sentence_id": "s", "doc_id": "d", "parent_id": None,
                "ordinal": 1, "kind": "main", "start": 0, "end": 18,
                "fragments": [{"start": 0, "end": 18}], "text": TEXT, "predicate": "stop",
                "subject": "Belarus", "marker": None, "finite": True, "negated": False,
                "modality": "obligation", "voice": "active",
            }
        ],
        "mentions": [
            {
                "mention_id": "m", "doc_id": "d", "sentence_id": "s", "clause_id": "c",
                "type": "COUNTRY", "form": "name", "start": 0, "end": 7, "text": "Belarus",
                "entity_id": "country:BY", "value": None, "provision": None, "source": "test",
                "score": 1.0,
            }
        ],
        "entities": [
            {
                "entity_id": "country:BY", "type": "COUNTRY", "label": "Belarus",
                "label_nl": None, "label_en": "Belarus", "label_sv": None,
                "identifiers": [("iso3166-1", "BY")], "n_mentions": 1, "n_documents": 1,
            }
        ],
    }  # fmt: skip


def write(directory, tables) -> Dataset:
    with DatasetWriter(directory) as writer:
        writer.write(tables)
        return writer.commit({"rows": writer.row_counts})


def test_a_dataset_reads_back_with_types_and_descriptions(tmp_path):
    dataset = write(tmp_path, rows())
    assert dataset.mentions.loc[0, "entity_id"] == "country:BY"
    schema = pq.read_schema(tmp_path / "mentions.parquet")
    assert schema.field("start").type == pa.int32()
    assert schema.field("score").type == pa.float32()
    assert not schema.field("entity_id").nullable
    assert schema.field("form").nullable
    assert schema.metadata[b"clausula_schema_version"]
    for name in TABLES:
        for field in pq.read_schema(tmp_path / f"{name}.parquet"):
            assert field.metadata[b"description"], (name, field.name)


def test_the_same_rows_give_the_same_bytes(tmp_path):
    write(tmp_path / "a", rows())
    write(tmp_path / "b", rows())
    for name in TABLES:
        files = [tmp_path / side / f"{name}.parquet" for side in "ab"]
        assert files[0].read_bytes() == files[1].read_bytes()


def test_an_interrupt_leaves_the_earlier_dataset_and_no_scratch(tmp_path):
    write(tmp_path, rows())
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(KeyboardInterrupt), DatasetWriter(tmp_path) as writer:
        writer.write({"documents": []})
        raise KeyboardInterrupt
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def interrupted_at(number, directory) -> bool:
    """Opens a writer with an interrupt at one of the lines that do so; False if there are fewer."""
    left = number

    def interrupt(frame, event, _):
        nonlocal left
        code = frame.f_code
        if Path(code.co_filename).name not in ("dataset.py", "scratch.py"):
            return None
        if code.co_name in ("__exit__", "_discard", "remove", "_release"):  # what cleans up
            return None
        source = linecache.getline(code.co_filename, frame.f_lineno)
        if event == "line" and "_release" not in source:
            left -= 1
            if left == 0:
                raise KeyboardInterrupt
        return interrupt

    before = sys.gettrace()
    writer = DatasetWriter(directory)
    sys.settrace(interrupt)
    try:
        with writer:
            sys.settrace(before)
            return False
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)


def test_an_interrupt_leaves_no_scratch_wherever_it_falls(tmp_path):
    write(tmp_path / "d", rows())
    before = {path.name: path.read_bytes() for path in (tmp_path / "d").iterdir()}
    lines = 0
    while interrupted_at(lines + 1, tmp_path / "d"):
        lines += 1
        assert {path.name: path.read_bytes() for path in (tmp_path / "d").iterdir()} == before
    assert lines > 20


def test_an_unwritable_directory_is_one_line_with_a_remedy(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(DatasetError, match=r"cannot write there.*--out"):
        write(tmp_path / "file" / "data", rows())


def test_a_missing_dataset_says_how_to_make_one(tmp_path):
    with pytest.raises(DatasetError, match="clausula extract"):
        Dataset.read(tmp_path)


def test_a_sound_dataset_has_no_faults(tmp_path):
    assert validate(write(tmp_path, rows())) == []


def changed(table, column, value, row=0):
    tables = rows()
    tables[table][row][column] = value
    return tables


@pytest.mark.parametrize(
    ("tables", "table", "column"),
    [
        (changed("mentions", "start", 1), "mentions", "text"),
        (changed("mentions", "end", 99), "mentions", "start"),
        (changed("mentions", "entity_id", "country:XX"), "mentions", "entity_id"),
        (changed("mentions", "type", "CITY"), "mentions", "type"),
        (changed("tokens", "text", "Belarus!"), "tokens", "text"),
        (changed("tokens", "head", 9), "tokens", "head"),
        (changed("tokens", "ordinal", 3), "tokens", "ordinal"),
        (changed("tokens", "token_id", "t2"), "tokens", "token_id"),
        (changed("tokens", "clause_id", "x"), "tokens", "clause_id"),
        (changed("clauses", "fragments", [{"start": 0, "end": 7}]), "clauses", "fragments"),
        (changed("clauses", "modality", "wish"), "clauses", "modality"),
        (changed("sentences", "block_id", "x"), "sentences", "block_id"),
        (changed("blocks", "end", 19), "blocks", "start"),
        (changed("documents", "lang", "fi"), "documents", "lang"),
        (changed("documents", "n_tokens", 9), "documents", "n_tokens"),
        (changed("sentences", "n_tokens", 9), "sentences", "n_tokens"),
        (changed("entities", "n_mentions", 9), "entities", "n_mentions"),
        (changed("entities", "n_documents", 9), "entities", "n_documents"),
        (changed("mentions", "score", float("nan")), "mentions", "score"),
        (changed("blocks", "ordinal", 2), "blocks", "ordinal"),
        (changed("clauses", "ordinal", 0), "clauses", "ordinal"),
        (changed("blocks", "start", -(2**31)), "blocks", "start"),
    ],
)
def test_a_broken_row_is_named(tmp_path, tables, table, column):
    faults = validate(write(tmp_path, tables))
    assert (table, column) in {(fault.table, fault.column) for fault in faults}
    assert all(fault.rows for fault in faults if (fault.table, fault.column) == (table, column))


def test_a_table_of_another_shape_is_a_fault(tmp_path):
    dataset = write(tmp_path, rows())
    frame = pd.DataFrame({"entity_id": ["x"]})
    pq.write_table(pa.Table.from_pandas(frame), tmp_path / "entities.parquet")
    (tmp_path / "tokens.parquet").write_bytes(b"no parquet")
    found = {fault.table: fault.message for fault in validate(dataset)}
    assert "columns" in found["entities"]
    assert "not a readable Parquet file" in found["tokens"]


def test_a_row_count_that_differs_from_run_json_is_a_fault(tmp_path):
    dataset = write(tmp_path, rows())
    run = json.loads((tmp_path / "run.json").read_text())
    run["rows"]["tokens"] = 3
    (tmp_path / "run.json").write_text(json.dumps(run))
    assert [fault.table for fault in validate(Dataset(dataset.directory))] == ["tokens"]


def test_spans_are_compared_with_the_source_where_it_is_given(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "d.txt").write_text("Belarus MUST stop.", "utf-8")
    (corpus / "corpus.toml").write_text(
        '[[documents]]\nid = "d"\npath = "d.txt"\nlang = "en"\nkind = "other"\n', "utf-8"
    )
    faults = validate(write(tmp_path / "data", rows()), corpus)
    assert {fault.table for fault in faults} == {"blocks", "sentences", "tokens"}


def test_a_dataset_whose_documents_all_failed_has_no_faults(tmp_path):
    tables = rows()
    failed = {**tables["documents"][0], "n_tokens": 0, "n_chars": 0}
    failed |= {"status": "failed", "error": "does not exist"}
    assert validate(write(tmp_path, {"documents": [failed]})) == []


def test_documents_of_one_id_are_a_fault(tmp_path):
    tables = rows()
    tables["documents"] *= 2
    tables["sentences"] *= 2
    found = {(fault.table, fault.column) for fault in validate(write(tmp_path, tables))}
    assert {("documents", "doc_id"), ("sentences", "sentence_id")} <= found


def test_tables_of_another_schema_version_are_a_fault(tmp_path):
    dataset = write(tmp_path, rows())
    table = pq.read_table(tmp_path / "blocks.parquet").replace_schema_metadata({})
    pq.write_table(table, tmp_path / "blocks.parquet")
    assert [str(fault) for fault in validate(dataset)] == [
        "blocks: schema version not given, not 1.0"
    ]


@pytest.mark.parametrize("content", ["[]", "3", '{"rows": []}', "[" * 100_000])
def test_a_run_json_of_another_shape_is_a_fault(tmp_path, content):
    dataset = write(tmp_path, rows())
    (tmp_path / "run.json").write_text(content)
    assert [fault.table for fault in validate(Dataset(dataset.directory))] == ["run.json"]


def test_a_disk_that_refuses_is_one_line_and_leaves_no_scratch(tmp_path, monkeypatch):
    def refuse(*_args, **_options):
        raise OSError(28, "No space left on device")

    with pytest.raises(DatasetError, match="No space left"), DatasetWriter(tmp_path) as writer:
        monkeypatch.setattr(pq.ParquetWriter, "write_table", refuse)
        writer.write(rows())
    assert list(tmp_path.iterdir()) == []


def test_a_crash_between_two_tables_leaves_no_dataset_that_looks_whole(tmp_path, monkeypatch):
    write(tmp_path, rows())
    moved = Path.replace

    def crash(self, target):
        if self.name == "mentions.parquet":
            raise KeyboardInterrupt
        return moved(self, target)

    monkeypatch.setattr(Path, "replace", crash)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, rows())
    assert [fault.table for fault in validate(Dataset(tmp_path))] == ["run.json"]


def test_a_directory_in_the_place_of_a_table_is_refused_before_any_is_replaced(tmp_path):
    write(tmp_path, rows())
    (tmp_path / "tokens.parquet").unlink()
    (tmp_path / "tokens.parquet").mkdir()
    before = (tmp_path / "blocks.parquet").stat().st_ino
    with pytest.raises(DatasetError, match=r"tokens\.parquet is a directory"):
        write(tmp_path, rows())
    assert (tmp_path / "blocks.parquet").stat().st_ino == before
    assert (tmp_path / "run.json").is_file()


@pytest.mark.parametrize("columns", [[], ["block_id"], ["start", "end"]])
def test_a_table_with_other_columns_is_not_read(tmp_path, columns):
    dataset = write(tmp_path, rows())
    path = tmp_path / "blocks.parquet"
    pq.write_table(pq.read_table(path).select(columns), path)
    with pytest.raises(DatasetError, match=r"blocks\.parquet: .*clausula validate"):
        _ = dataset.blocks


def test_versions_are_not_compared_where_tables_do_not_fit_together(tmp_path):
    tables = rows()
    tables["alignments"] = [
        {
            "alignment_id": "d~d:1", "level": "sentence", "source_doc": "d", "target_doc": "d",
            "source_ids": ["s"], "target_ids": ["no-such-sentence"], "kind": "1-1", "score": 1.0,
            "source_text": TEXT, "target_text": TEXT,
        }
    ]  # fmt: skip
    with pytest.raises(DatasetError, match=r"'no-such-sentence'.*clausula validate"):
        compare(write(tmp_path, tables), "d", "d")


FULL_DISK = """
import resource, sys
from pathlib import Path
from pipeline.dataset import DatasetError
from tests.unit.test_dataset import rows, write

for size in (0, 100, 2000, 6000):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    try:
        write(Path(sys.argv[1]), rows())
    except DatasetError as error:
        print("refused")
"""


def test_files_that_cannot_grow_are_one_line_and_leave_nothing(tmp_path):
    pytest.importorskip("resource")
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, tmp_path / "d"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.stderr == ""
    assert done.stdout.split() == ["refused"] * 4
    assert not list((tmp_path / "d").iterdir())
