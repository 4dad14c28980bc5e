"""Reads the linguistic data inside the package (`pipeline/data`), and finds the models."""

from __future__ import annotations

import csv
import os
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipeline.errors import ClausulaError

_PACKAGE = Path(__file__).resolve().parent


class MissingModelError(ClausulaError):
    """A model is not where models are looked up."""


def model_directory(name: str, root: Path | None = None) -> Path:
    """The directory of one of our models.

    Looked for in `root`, else in `$CLAUSULA_MODELS`, else in the package, else in the repository's
    `models/`.

    Raises:
        MissingModelError: it is in none of them.
    """
    if root is not None:
        places = [root]
    elif os.environ.get("CLAUSULA_MODELS"):
        places = [Path(os.environ["CLAUSULA_MODELS"])]
    else:
        places = [_PACKAGE / "_models", _PACKAGE.parent / "models"]
    for place in places:
        if (place / name).is_dir() and any((place / name).iterdir()):
            return place / name
    raise MissingModelError(
        f'the model "{name}" is not in {" nor in ".join(map(str, places))}; '
        "reinstall the package, or set CLAUSULA_MODELS to the directory that holds it"
    )


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
