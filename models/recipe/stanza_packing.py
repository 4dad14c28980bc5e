"""Makes trained Stanza models small, and lays them out as `stanza.download` does.

Weights are rounded to 8 bits and kept as 16-bit floats, the files are deflated: Stanza reads them
as they are, at a fourth of the size.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

LEVELS = 127  # 8 bits for a weight
VECTORS = "pretrain"
NEEDS_VECTORS = ("pos", "depparse")


def on_grid(weights: torch.Tensor) -> torch.Tensor:
    """The weights at 8 bits: whole multiples of a power of two for each row, which pack well."""
    rows = weights.reshape(weights.shape[0], -1) if weights.dim() > 1 else weights.reshape(1, -1)
    largest = rows.abs().amax(1, keepdim=True).clamp_min(1e-8)
    step = torch.exp2(torch.ceil(torch.log2(largest / LEVELS)))
    return (torch.round(rows / step) * step).reshape(weights.shape)


def pack(files: Mapping[str, Path], out: Path, lang: str, package: str, version: str) -> None:
    """Writes the models of a language and resources.json.

    Args:
        files: processor, or `pretrain` for the word vectors, and the file that Stanza trained.
        out: the directory for `stanza.Pipeline(dir=...)`.
        lang: the language.
        package: the name of the models.
        version: theirs, for meta.json.
    """
    for kind, file in files.items():
        state = torch.load(file, map_location="cpu", weights_only=True)
        if kind != VECTORS:
            state = _small(state)
            state["config"] = {
                key: value
                for key, value in state["config"].items()
                if not (isinstance(value, str) and "/" in value)  # places on this machine
            }
        _save(state, out / lang / kind / f"{package}.pt")
    resources = {lang: _resources(out / lang, package, [*files])}
    _write_json(out / "resources.json", resources)
    meta = {"lang": lang, "name": f"stanza_{package}", "version": version}
    _write_json(out / "meta.json", meta)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _small(value: Any) -> Any:
    """The same state with its weights at 8 bits in 16-bit floats."""
    if isinstance(value, dict):
        return {key: _small(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_small(item) for item in value]
    if isinstance(value, torch.Tensor) and value.is_floating_point():
        return on_grid(value).half() if value.dim() > 1 else value.half()
    return value


def _save(state: Any, path: Path) -> None:
    """Saves with every entry deflated and without a date, so that the bytes tell the content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_suffix(".part")
    torch.save(state, scratch)
    with zipfile.ZipFile(scratch) as plain, zipfile.ZipFile(path, "w") as packed:
        for name in plain.namelist():
            entry = zipfile.ZipInfo(name)
            packed.writestr(entry, plain.read(name), zipfile.ZIP_DEFLATED, 9)
    scratch.unlink()


def _resources(directory: Path, package: str, kinds: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind in kinds:
        data = (directory / kind / f"{package}.pt").read_bytes()
        found[kind] = {package: {"md5": hashlib.md5(data).hexdigest()}}
        if kind in NEEDS_VECTORS:
            found[kind][package]["dependencies"] = [{"model": VECTORS, "package": package}]
    processors = {kind: package for kind in kinds if kind != VECTORS}
    return found | {"default_processors": processors, "packages": {"default": processors}}
