"""The dataset on disk: one Parquet file per table and `run.json`. Written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import ClausulaError
from pipeline.schema import TABLES
from pipeline.scratch import Scratch

RUN_FILE = "run.json"
# In the order in which they are moved into place.
_FILES = (*(f"{table}.parquet" for table in TABLES), RUN_FILE)
Row = dict[str, Any]


class DatasetError(ClausulaError):
    """A directory is no dataset, or cannot be written; the message says which and what to do."""


class Dataset:
    """A dataset directory. Each table is a DataFrame, loaded when first asked for.

    >>> data = Dataset.read("data")                                      # doctest: +SKIP
    >>> data.mentions.query("type == 'COUNTRY'").entity_id.value_counts()  # doctest: +SKIP
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    @classmethod
    def read(cls, directory: str | Path) -> Dataset:
        """Opens the dataset in `directory`.

        Raises:
            DatasetError: the directory or one of its tables is missing.
        """
        path = Path(directory)
        try:
            missing = [name for name in TABLES if not (path / f"{name}.parquet").is_file()]
        except (OSError, ValueError) as error:
            raise DatasetError(f"{path}: no path that can be used ({error}); correct it") from error
        if missing:
            raise DatasetError(
                f"{path}: no dataset here ({', '.join(missing)} missing); "
                f"write one with: clausula extract CORPUS --out {path}"
            )
        return cls(path)

    def arrow(self, name: str) -> pa.Table:
        """The Arrow table `name`, with its metadata.

        Raises:
            DatasetError: the file is no Parquet file.
        """
        path = self.directory / f"{name}.parquet"
        try:
            return pq.read_table(path)
        except (pa.ArrowInvalid, OSError) as error:
            raise DatasetError(f"{path}: not a readable Parquet file; extract again") from error

    def table(self, name: str) -> pd.DataFrame:
        """The table `name` as a DataFrame with Arrow-backed columns (nulls stay nulls).

        Raises:
            DatasetError: the file is no Parquet file, or has other columns than it should.
        """
        found, expected = self.arrow(name), TABLES[name].arrow()
        if found.schema.names != expected.names or found.schema.types != expected.types:
            raise DatasetError(
                f"{self.directory / name}.parquet: not the columns of this version; extract again "
                f"(clausula validate {self.directory} says what differs)"
            )
        return found.to_pandas(types_mapper=pd.ArrowDtype)

    @cached_property
    def documents(self) -> pd.DataFrame:
        """One row per source file."""
        return self.table("documents")

    @cached_property
    def blocks(self) -> pd.DataFrame:
        """One row per layout block."""
        return self.table("blocks")

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """One row per sentence."""
        return self.table("sentences")

    @cached_property
    def tokens(self) -> pd.DataFrame:
        """One row per token, with its Universal Dependencies annotation."""
        return self.table("tokens")

    @cached_property
    def clauses(self) -> pd.DataFrame:
        """One row per clause."""
        return self.table("clauses")

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """One row per entity mention."""
        return self.table("mentions")

    @cached_property
    def entities(self) -> pd.DataFrame:
        """One row per thing mentioned."""
        return self.table("entities")

    @cached_property
    def alignments(self) -> pd.DataFrame:
        """One row per aligned group of sentences or clauses."""
        return self.table("alignments")

    @cached_property
    def demands(self) -> pd.DataFrame:
        """One row per demand, condemnation, welcome, …"""
        return self.table("demands")

    @cached_property
    def run(self) -> dict[str, Any]:
        """`run.json`: when, how and from what the dataset was made."""
        path = self.directory / RUN_FILE
        try:
            run = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            raise DatasetError(f"{path}: missing or not JSON; extract again") from error
        if not isinstance(run, dict):
            raise DatasetError(f"{path}: no JSON object; extract again")
        return run


class DatasetWriter:
    """Writes tables row group by row group into a hidden directory, and moves them on `commit`.

    Leaving the context without `commit` (an error, an interrupt) removes what was written and
    leaves an earlier dataset in `directory` as it was.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.row_counts = dict.fromkeys(TABLES, 0)
        self._schemas = {name: table.arrow() for name, table in TABLES.items()}
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._scratch = Scratch(directory)

    def __enter__(self) -> DatasetWriter:
        try:
            self._open()
            return self
        except BaseException:  # an interrupt too: nothing is left of what was begun
            self._discard()
            raise

    def _open(self) -> None:
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            for name in _FILES:
                if (self.directory / name).is_dir():
                    raise IsADirectoryError(0, f"{name} is a directory there")
            self._scratch.make()
        except OSError as error:
            raise DatasetError(
                f"{self.directory}: cannot write there ({error.strerror}); "
                "choose another directory with --out"
            ) from error
        try:
            for name, schema in self._schemas.items():
                self._writers[name] = pq.ParquetWriter(
                    self._scratch.path / f"{name}.parquet", schema, compression="zstd"
                )
        except OSError as error:
            raise self._refused(error) from error

    def write(self, tables: Mapping[str, Iterable[Row]]) -> None:
        """Appends rows to the named tables, in order.

        Raises:
            DatasetError: the disk refused.
        """
        for name, rows in tables.items():
            batch = pa.Table.from_pylist(list(rows), schema=self._schemas[name])
            try:
                self._writers[name].write_table(batch)
            except OSError as error:
                raise self._refused(error) from error
            self.row_counts[name] += batch.num_rows

    def commit(self, run: Mapping[str, Any]) -> Dataset:
        """Moves the finished files into place, `run.json` last.

        An earlier `run.json` goes first: without one, tables of two runs that a crash in mid-move
        leaves next to each other are no dataset to `validate`.

        Raises:
            DatasetError: the directory or the disk refused.
        """
        try:
            self._close()
            run_path = self._scratch.path / RUN_FILE
            run_path.write_text(json.dumps(run, indent=2, ensure_ascii=False) + "\n", "utf-8")
            (self.directory / RUN_FILE).unlink(missing_ok=True)
            for name in _FILES:
                (self._scratch.path / name).replace(self.directory / name)
        except OSError as error:
            raise self._refused(error) from error
        return Dataset(self.directory)

    def _refused(self, error: OSError) -> DatasetError:
        return DatasetError(
            f"{self.directory}: cannot write there ({error.strerror or error}); "
            "free some space or choose another directory with --out"
        )

    def _close(self) -> None:
        for writer in self._writers.values():
            writer.close()
        self._writers = {}

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._discard()

    def _discard(self) -> None:
        """Removes what is not in place; after `commit`, an empty directory."""
        for writer in self._writers.values():
            # What is thrown away may be cut short by the full disk that is the error.
            with suppress(OSError):
                writer.close()
            # Else it tries once more when it is collected, and prints why it cannot.
            writer.is_open = False
        self._writers = {}
        self._scratch.remove()
