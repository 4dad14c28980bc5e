"""The command `clausula`: parses, calls, prints. Everything it does can be called from Python."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from pipeline import __version__
from pipeline.errors import ClausulaError

app = typer.Typer(
    name="clausula",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Turns policy texts in Dutch, English and Swedish into tables of clauses, people, "
    "countries, legal instruments and dates.",
    epilog="Example: clausula extract seeds --out data && clausula validate data",
)

UNUSABLE = 2
FELL_SHORT = 1


class Unusable(ClausulaError):
    """The command line is unusable; the message says what to do."""


def _line(kind: str, message: object) -> None:
    """Prints a message on one line of stderr, not as markup, and what a terminal obeys as text."""
    words = " ".join(str(message).split())
    shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in words)
    print(f"clausula: {kind}: {shown}", file=sys.stderr)


def _error(message: object) -> None:
    _line("error", message)


def _warn(message: object) -> None:
    _line("warning", message)


@contextmanager
def _progress() -> Iterator[Progress]:
    """A progress display on stderr; silent unless stderr is a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, TimeElapsedColumn(), console=console, disable=not console.is_terminal
    ) as progress:
        yield progress


@contextmanager
def _interruptible() -> Iterator[None]:
    """Lets Ctrl-C and a request to terminate clean up; the exit status is that of a shell."""

    def stop(number: int, _: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt(number)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt as interrupt:
        _error("interrupted; nothing was written")
        raise typer.Exit(128 + (interrupt.args or (signal.SIGINT,))[0]) from interrupt
    finally:
        signal.signal(signal.SIGTERM, before)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"clausula {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options that go before the command."""


def _models(pairs: list[str]) -> dict[str, str]:
    """`nl=nl_core_news_lg` → {"nl": "nl_core_news_lg"}."""
    from pipeline.types import LANGUAGES

    models = {}
    for pair in pairs:
        lang, sign, name = pair.partition("=")
        if not (sign and name) or lang not in LANGUAGES:
            raise Unusable(
                f"--model {pair}: write LANG=NAME with LANG one of {', '.join(LANGUAGES)}, "
                "as in --model nl=nl_core_news_lg"
            )
        models[lang] = name
    return models


@app.command(epilog="Example: clausula extract seeds --out data")
def extract(
    corpus: Annotated[
        Path, typer.Argument(help="A manifest (corpus.toml), or a directory with one or with *.txt")
    ],
    out: Annotated[Path, typer.Option("--out", help="Directory of the dataset")],
    model: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LANG=NAME",
            help="Another model for a language: a UD spaCy pipeline (nl=nl_core_news_lg); stanza, "
            "the Stanza model that ships (sv=stanza); or stanza:DIR, where DIR is what "
            "stanza.download filled (nl=stanza:stanza_resources; #PACKAGE behind it for another "
            "than the default). Stanza needs: pip install 'clausula[stanza]'",
        ),
    ] = None,
    encoder: Annotated[
        str,
        typer.Option(help="Sentence encoder for alignment: fast, or a sentence-transformers name"),
    ] = "fast",
    jobs: Annotated[int, typer.Option(min=1, help="Processes that share the documents")] = 1,
) -> None:
    """Extract a corpus and write its dataset."""
    tasks: dict[str, TaskID] = {}
    with _interruptible(), _progress() as progress:
        from pipeline.report import summary
        from pipeline.run import extract as run

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what, total=total)
            progress.update(tasks[what], completed=done)

        dataset = run(
            corpus,
            out,
            models=_models(model or []),
            encoder=encoder,
            jobs=jobs,
            command=["clausula", *sys.argv[1:]],
            progress=report,
        )
    print(summary(dataset))
    for warning in dataset.run["warnings"]:
        _warn(warning)
    failed = dataset.documents.query("status == 'failed'")
    for row in failed.itertuples():
        _error(f"{row.doc_id}: {row.error}")
    if len(failed):
        raise typer.Exit(FELL_SHORT)


@app.command(epilog="Example: clausula validate data --corpus seeds")
def validate(
    dataset: Annotated[Path, typer.Argument(help="Directory of a dataset")],
    corpus: Annotated[
        Path | None, typer.Option(help="Directory of the sources, to compare every span with them")
    ] = None,
) -> None:
    """Check schema, keys and offsets of a dataset; exit 1 and name the rows at fault."""
    from pipeline.dataset import Dataset
    from pipeline.validation import validate as check

    faults = check(Dataset.read(dataset), corpus)
    for fault in faults:
        print(fault)
    if faults:
        _error(f"{dataset}: {len(faults)} faults; extract the corpus again")
        raise typer.Exit(FELL_SHORT)
    print(f"{dataset}: valid")


@app.command(epilog="Example: clausula evaluate data --gold tests/gold --errors")
def evaluate(
    dataset: Annotated[Path, typer.Argument(help="Directory of a dataset")],
    gold: Annotated[Path, typer.Option(help="Directory of gold files")],
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the scores and verdicts to this file")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List everything that is wrong")] = False,
    compare: Annotated[
        Path | None, typer.Option(help="An earlier --json file: list what changed since")
    ] = None,
) -> None:
    """Precision, recall and F1 of a dataset against gold files, with 95% intervals."""
    import json

    from pipeline.dataset import Dataset
    from pipeline.evaluation import evaluate as score
    from pipeline.evaluation.evaluate import changes
    from pipeline.evaluation.tables import change_table, error_table, score_table

    result = score(Dataset.read(dataset), gold)
    print(score_table(result))
    if errors:
        print(f"\n{error_table(result)}")
    if compare is not None:
        print(f"\n{change_table(changes(result, compare))}")
    if json_file is not None:
        _write(json_file, json.dumps(result.as_json(), indent=1, ensure_ascii=False) + "\n")


@app.command(epilog="Example: clausula compare data amnesty-letter-nl amnesty-letter-en")
def compare(
    dataset: Annotated[Path, typer.Argument(help="Directory of a dataset")],
    source: Annotated[str, typer.Argument(help="Id of a document")],
    target: Annotated[str, typer.Argument(help="Id of the version that it is aligned with")],
) -> None:
    """List what one version of a text says and the other does not."""
    from pipeline.comparison import compare as differences
    from pipeline.dataset import Dataset
    from pipeline.report import difference_lines

    print(difference_lines(differences(Dataset.read(dataset), source, target), source, target))


def _write(path: Path, text: str) -> None:
    """Writes a file whole or not at all."""
    scratch = path.parent / f".{path.name}.part"
    try:
        scratch.write_text(text, "utf-8")
        scratch.replace(path)
    except OSError as error:
        with suppress(OSError):
            scratch.unlink(missing_ok=True)
        raise Unusable(f"{path}: cannot write there ({error.strerror})") from error


def main(args: list[str] | None = None) -> None:
    """Runs the command; every expected error becomes one line on stderr and an exit status."""
    if isinstance(sys.stdout, TextIOWrapper):
        # A terminal that lacks a character of a text shows its number.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        app(args, prog_name="clausula")
    except OSError as error:
        _error(f"cannot write the output ({error.strerror or error}); free some space")
        sys.exit(UNUSABLE)
    except ClausulaError as error:
        _error(error)
        sys.exit(UNUSABLE)
