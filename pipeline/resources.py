"""Reads the linguistic data that ships inside the package (`pipeline/data`)."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def language_data(lang: str, name: str) -> dict[str, Any]:
    """The table `data/<lang>/<name>.toml`; callers must not change what they get."""
    return tomllib.loads((files("pipeline") / "data" / lang / f"{name}.toml").read_text("utf-8"))


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `data/<name>.tsv`, keyed by its header; lines that open with `#` are comments."""
    text = (files("pipeline") / "data" / f"{name}.tsv").read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
