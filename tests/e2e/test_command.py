"""The command as a user types it: what it writes, what it says, how it exits."""

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import __version__
from pipeline.dataset import Dataset
from pipeline.schema import TABLES
from tests.conftest import ROOT, clausula

SEED = (ROOT / "seeds" / "002_74bc165e444463b9.txt").read_text("utf-8")


def corpus(directory: Path, *documents: str, extra: str = "", **files: str | bytes) -> Path:
    """A corpus directory: files by stem, and a manifest entry for each of `documents`."""
    directory.mkdir(exist_ok=True)
    for stem, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (directory / f"{stem}.txt").write_bytes(data)
    if documents:
        manifest = "\n".join(documents) + extra
        (directory / "corpus.toml").write_text(manifest, "utf-8")
    return directory


def entry(doc_id: str, path: str | None = None, lang: str = "en", kind: str = "other") -> str:
    return (
        f'[[documents]]\nid = "{doc_id}"\npath = "{path or doc_id + ".txt"}"\n'
        f'lang = "{lang}"\nkind = "{kind}"\n'
    )


def test_version_and_help_need_no_corpus():
    assert clausula("--version").stdout == f"clausula {__version__}\n"
    for command in ((), ("extract",), ("validate",), ("evaluate",)):
        shown = clausula(*command, "--help")
        assert shown.returncode == 0
        assert "Example:" in shown.stdout


def test_the_seeds_give_a_valid_dataset_whose_spans_are_the_sources(seeds: Dataset):
    done = clausula("validate", seeds.directory, "--corpus", "seeds")
    assert (done.returncode, done.stderr) == (0, "")
    assert set(seeds.documents["status"]) == {"ok"}
    assert list(seeds.documents["doc_id"]) == [
        "amnesty-letter-nl",
        "amnesty-letter-en",
        "jha-council-news-nl",
        "belarus-conclusions-nl",
        "kazakhstan-resolution-sv",
    ]


def test_every_character_that_is_no_space_is_in_a_token_of_its_document(seeds: Dataset):
    # Markdown emphasis, heading marks and zero-width characters are layout, not text.
    for document in seeds.documents.itertuples():
        text = (ROOT / "seeds" / document.path).read_text("utf-8")
        tokens = seeds.tokens[seeds.tokens["doc_id"] == document.doc_id]
        covered = {i for row in tokens.itertuples() for i in range(row.start, row.end)}
        left = {c for i, c in enumerate(text) if i not in covered and not c.isspace()}
        assert left <= set("*#_<>\u200b\u00ad\ufeff"), document.doc_id


def test_run_json_tells_what_was_run_on_what(seeds: Dataset):
    run = seeds.run
    assert run["clausula"] == __version__
    assert run["command"][:2] == ["clausula", "extract"]
    assert set(run["rows"]) == set(TABLES)
    assert set(run["inputs"]) == set(seeds.documents["path"])
    assert all(len(digest) == 64 for digest in run["inputs"].values())
    assert all(len(model["sha256"]) == 64 for model in run["models"])
    assert run["seconds"]["language"] > 0


def test_a_second_run_and_two_processes_give_the_same_bytes(seeds: Dataset, tmp_path):
    done = clausula("extract", "seeds", "--out", tmp_path, "--jobs", 2)
    assert done.returncode == 0, done.stderr
    for name in TABLES:
        file = f"{name}.parquet"
        assert (tmp_path / file).read_bytes() == (seeds.directory / file).read_bytes(), name


def test_an_edit_elsewhere_changes_no_key_of_an_untouched_sentence(seeds: Dataset, tmp_path):
    text = SEED.replace("Op 24 januari werd", "Op 23 januari werd gisteren")
    assert text != SEED
    manifest = entry("jha-council-news-nl", "news.txt", "nl", "news").replace(
        "kind", "date = 2024-01-26\nkind"
    )
    done = clausula("extract", corpus(tmp_path / "c", manifest, news=text), "--out", tmp_path / "d")
    assert done.returncode == 0, done.stderr
    changed = Dataset.read(tmp_path / "d")
    for table, key in (("sentences", "sentence_id"), ("clauses", "clause_id")):
        frame = getattr(seeds, table)
        before = frame[frame["doc_id"] == "jha-council-news-nl"]
        after = getattr(changed, table)
        kept = before["sentence_id"].isin(after["sentence_id"])
        assert before.loc[~kept, "sentence_id"].nunique() == 1
        assert set(before.loc[kept, key]) <= set(after[key])


def test_bad_documents_are_rows_and_the_others_are_still_done(tmp_path):
    source = corpus(
        tmp_path / "c",
        *(entry(name) for name in ("good", "empty", "unseen", "latin", "binary", "missing")),
        good="Belgium assumes the Presidency in 2024.",
        empty=" \n\n",
        unseen="\u200b\u00ad\n***\n",
        latin="Människorättssituationen".encode("latin-1"),
        binary=b"PK\x03\x04\x00\x00\xff\xfe\x00",
    )
    done = clausula("extract", source, "--out", tmp_path / "d")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if "error" in line]
    assert len(lines) == 5
    for name in ("empty", "unseen", "latin", "binary", "missing"):
        assert any(f"{name}.txt" in line for line in lines), name
    assert any("latin.txt" in line and "byte 1" in line for line in lines)
    assert any("unseen.txt: holds no text" in line for line in lines)
    documents = Dataset.read(tmp_path / "d").documents.set_index("doc_id")
    assert documents.loc["good", "status"] == "ok"
    assert set(documents.drop("good")["status"]) == {"failed"}
    assert documents.drop("good")["error"].notna().all()
    assert clausula("validate", tmp_path / "d").returncode == 0


@pytest.mark.parametrize(
    ("manifest", "complaint"),
    [
        (entry("a") + entry("a"), "a"),
        (entry("A b"), "id"),
        (entry("a", lang="fi"), "fi"),
        (entry("a", kind="poem"), "poem"),
        (entry("a", "../secret.txt"), "secret.txt"),
        (entry("a", "/etc/passwd"), "/etc/passwd"),
        ('[[documents]]\nid = "a', "TOML"),
        (entry("a") + '[[alignments]]\nsource = "a"\ntarget = "b"\n', "b"),
    ],
)
def test_an_unusable_corpus_is_one_line_and_exit_2(tmp_path, manifest, complaint):
    (tmp_path / "secret.txt").write_text("secret")
    source = corpus(tmp_path / "c", manifest, a="Belgium.")
    done = clausula("extract", source, "--out", tmp_path / "d")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "corpus.toml" in done.stderr
    assert complaint in done.stderr
    assert not (tmp_path / "d").exists() or not list((tmp_path / "d").iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract", "no-such-directory", "--out", "x"),
        ("extract", "seeds"),
        ("extract", "seeds", "--out", "README.md/data"),
        ("extract", "seeds", "--out", "x", "--model", "nl"),
        ("extract", "seeds", "--out", "x", "--model", "nl=no_such_model"),
        ("validate", "tests"),
        ("evaluate", "tests", "--gold", "tests/gold"),
        ("harvest",),
    ],
)
def test_an_unusable_command_line_is_exit_2_without_a_traceback(arguments, tmp_path):
    arguments = [tmp_path / "x" if a == "x" else a for a in arguments]
    done = clausula(*arguments)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_a_directory_without_a_manifest_takes_languages_from_names_or_texts(tmp_path):
    source = corpus(
        tmp_path / "c",
        detected="Europaparlamentet uppmanar regeringen att frige alla fångar som har gripits.",
    )
    (source / "letter.nl.txt").write_text("De Raad veroordeelt de steun van Rusland.", "utf-8")
    done = clausula("extract", source, "--out", tmp_path / "d")
    assert done.returncode == 0, done.stderr
    documents = Dataset.read(tmp_path / "d").documents
    assert sorted(documents["lang"]) == ["nl", "sv"]


def test_a_text_in_another_language_than_stated_is_done_with_one_warning(tmp_path):
    text = (ROOT / "seeds" / "001_6a4d56e37889ad22.txt").read_text("utf-8")[:1500]
    source = corpus(tmp_path / "c", entry("letter", lang="nl"), letter=text)
    done = clausula("extract", source, "--out", tmp_path / "d")
    assert done.returncode == 0
    (line,) = done.stderr.splitlines()
    assert line.startswith('clausula: warning: letter: worked on as "nl", but')
    assert '"en"' in line
    assert Dataset.read(tmp_path / "d").run["warnings"] == [line.partition("warning: ")[2]]


def test_odd_unicode_survives_and_does_no_harm(tmp_path):
    text = (
        "\ufeffDe Raad veroordeelt\u00a0Wit\u00adRus\u200bland.\r\n\r\n"
        "Op 3\u00a0mei\u00a02020 sprak e\u0301en minister \U0001f1e7\U0001f1ea.\r\n"
    )
    source = corpus(tmp_path / "c", entry("odd", lang="nl"), odd=text)
    done = clausula("extract", source, "--out", tmp_path / "d")
    assert done.returncode == 0, done.stderr
    assert clausula("validate", tmp_path / "d", "--corpus", source).returncode == 0
    mentions = Dataset.read(tmp_path / "d").mentions
    assert "2020-05-03" in set(mentions["value"].dropna())


def test_an_interrupt_leaves_nothing_behind(tmp_path):
    source = corpus(tmp_path / "c", *(entry(f"d{i}", "big.txt", "nl") for i in range(200)))
    shutil.copy(ROOT / "seeds" / "003_efecfb2e887c8329.txt", source / "big.txt")
    out = tmp_path / "d"
    command = [str(Path(sys.executable).with_name("clausula")), "extract", source, "--out", out]
    process = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        # A shell's background job, such as this test may be part of, starts with Ctrl-C ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    deadline = time.monotonic() + 60
    while not (out.exists() and list(out.iterdir())) and time.monotonic() < deadline:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    stderr = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert "interrupted" in stderr
    assert "Traceback" not in stderr
    assert not list(out.iterdir())


def test_markup_in_a_text_or_a_path_is_only_text(tmp_path):
    source = corpus(tmp_path / "c", entry("a", "[red]x\\u001b[31m.txt"))
    done = clausula("extract", source, "--out", tmp_path / "d")
    assert done.returncode == 1
    assert r"[red]x\x1b[31m.txt" in done.stderr


def test_evaluate_scores_the_seeds_and_writes_json(seeds: Dataset, tmp_path):
    report = tmp_path / "scores.json"
    done = clausula(
        "evaluate", seeds.directory, "--gold", "tests/gold", "--errors", "--json", report
    )
    assert done.returncode == 0, done.stderr
    assert "kazakhstan-resolution-sv" in done.stdout
    again = clausula("evaluate", seeds.directory, "--gold", "tests/gold", "--compare", report)
    assert "no change" in again.stdout


def test_compare_lists_what_one_version_of_the_letter_lacks(seeds: Dataset):
    done = clausula("compare", seeds.directory, "amnesty-letter-nl", "amnesty-letter-en")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    # The Dutch version has no footnotes and no addressee; the English one no introduction.
    for note in "¹²³⁴⁵":
        assert any(
            line.startswith(f"missing text: {note}") and line.endswith("not in amnesty-letter-nl")
            for line in lines
        )
    assert any("van Spanje., not in amnesty-letter-en" in line for line in lines)
    # `moet` became `should`.
    assert "modality: obligation → recommendation" in lines
    # The Dutch sentence ends before it.
    phrases = [line for line in lines if line.startswith("missing phrase: ")]
    assert phrases == [
        "missing phrase: migration control responsibilities, not in amnesty-letter-nl"
    ]
    # Where both versions have the sentence they name the same people, dates and instruments; the
    # yearly conclusions, which have no title, are not taken for two.
    entities = [line for line in lines if line.startswith("entity: ")]
    assert not [line for line in entities if "country:" not in line]


def test_compare_says_which_documents_are_aligned(seeds: Dataset):
    done = clausula("compare", seeds.directory, "amnesty-letter-nl", "jha-council-news-nl")
    assert done.returncode == 2
    assert "amnesty-letter-nl amnesty-letter-en" in done.stderr


def test_an_alignment_in_gold_has_no_direction(seeds: Dataset, tmp_path):
    gold = json.loads(
        (ROOT / "tests" / "gold" / "amnesty-letter.alignment.json").read_text("utf-8")
    )
    turned = [dict(reversed(list(group.items()))) for group in gold]
    (tmp_path / "letter.alignment.json").write_text(json.dumps(turned), "utf-8")
    done = clausula("evaluate", seeds.directory, "--gold", tmp_path)
    assert done.returncode == 0, done.stderr
    line = next(line for line in done.stdout.splitlines() if line.startswith("all"))
    assert line.split()[2:5] == ["38", "38", "1.000"]
