"""Reading a corpus: what is accepted, and what each fault tells the user."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from pipeline import corpus, text_file
from pipeline.corpus import Corpus, CorpusError, FailedDocument
from pipeline.types import Document

ENTRY = '[[documents]]\nid = "a"\npath = "a.txt"\nlang = "nl"\n'


def write(root: Path, manifest: str, **files: bytes) -> Path:
    (root / "corpus.toml").write_text(manifest, "utf-8")
    for name, data in files.items():
        (root / f"{name}.txt").write_bytes(data)
    return root


def only(result: Corpus) -> Document | FailedDocument:
    (document,) = result.documents
    return document


def failure(result: Corpus) -> str:
    document = only(result)
    assert isinstance(document, FailedDocument)
    assert "\n" not in document.error
    return document.error


def test_a_manifest_gives_documents_alignments_and_models_in_its_order(tmp_path):
    manifest = (
        '[[documents]]\nid = "b"\npath = "b.txt"\nlang = "sv"\nkind = "letter"\ntitle = "Brev"\n'
        'publisher = "FN"\ndate = 2024-01-10\n'
        + ENTRY
        + '[[alignments]]\nsource = "a"\ntarget = "b"\n[models]\nnl = "nl_core_news_lg"\n'
    )
    root = write(tmp_path, manifest, a=b"Een brief.", b="Ett öppet brev.".encode())
    result = corpus.read(root)
    first, second = result.documents
    assert first == Document(
        "b",
        "Ett öppet brev.",
        "sv",
        "letter",
        "Brev",
        "FN",
        dt.date(2024, 1, 10),
        "b.txt",
        hashlib.sha256("Ett öppet brev.".encode()).hexdigest(),
    )
    assert (second.doc_id, second.kind, second.title) == ("a", "other", None)
    assert result.alignments == (("a", "b"),)
    assert result.models == {"nl": "nl_core_news_lg"}


def test_the_manifest_itself_may_be_named(tmp_path):
    root = write(tmp_path, ENTRY, a=b"Een brief.")
    assert corpus.read(root / "corpus.toml") == corpus.read(root)


def test_text_is_kept_to_the_character_but_for_the_byte_order_mark(tmp_path):
    text = "Één\r\nregel\u00a0met\u200bal\u00adles\ren meer\n"
    root = write(tmp_path, ENTRY, a=b"\xef\xbb\xbf" + text.encode())
    document = only(corpus.read(root))
    assert isinstance(document, Document)
    assert document.text == text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "holds no text"),
        (" \n\u00a0\n".encode(), "holds no text"),
        ("België".encode("latin-1"), "byte 5 is 0xeb"),
        (b"\xef\xbb\xbfBelgi\xeb", "byte 8 is 0xeb"),
        ("België".encode("utf-16"), "UTF-16"),
        (b"%PDF\x00\x01", "NUL at byte 4"),
    ],
)
def test_a_file_that_is_no_text_fails_alone(tmp_path, data, words):
    manifest = ENTRY + ENTRY.replace('"a"', '"b"').replace("a.txt", "b.txt")
    result = corpus.read(write(tmp_path, manifest, a=data, b=b"Goed."))
    failed, good = result.documents
    assert isinstance(failed, FailedDocument)
    assert words in failed.error
    assert failed.error.startswith("a.txt: ")
    assert isinstance(good, Document)


def test_a_missing_file_and_a_directory_fail_alone(tmp_path):
    assert "does not exist" in failure(corpus.read(write(tmp_path, ENTRY)))
    (tmp_path / "a.txt").mkdir()
    assert "is a directory" in failure(corpus.read(tmp_path))


def test_a_file_that_is_too_large_fails_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(text_file, "MAX_BYTES", len(ENTRY))
    root = write(tmp_path, ENTRY, a=b"a" * (len(ENTRY) + 1))
    assert "split it" in failure(corpus.read(root))


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        ("[[documents]\n", "line 1"),
        ("", "names no documents"),
        ("documents = []", "names no documents"),
        (ENTRY + "langg = 'nl'\n", 'unknown key "langg"; did you mean "lang"?'),
        (ENTRY.replace('lang = "nl"', ""), '"lang" is missing'),
        (ENTRY.replace('"nl"', '"fr"'), 'unknown lang "fr"; use one of nl, en, sv'),
        (ENTRY + 'kind = "poem"\n', 'unknown kind "poem"'),
        (ENTRY.replace('"a"', '"A b"'), '"id" is "A b"'),
        (ENTRY + "date = 'gisteren'\n", '"date"'),
        (ENTRY + ENTRY, '2 documents have the id "a"'),
        (ENTRY.replace("a.txt", "../a.txt"), "leaves the corpus directory"),
        (ENTRY.replace("a.txt", "/etc/hostname"), "leaves the corpus directory"),
        (ENTRY + '[[alignments]]\nsource = "a"\ntarget = "aa"\n', 'target "aa" is no document'),
        (ENTRY + '[[alignments]]\nsource = "a"\ntarget = "a"\n', "aligned with itself"),
        (ENTRY + '[models]\nde = "x"\n', 'unknown language "de"'),
        ("document = 1\n" + ENTRY, 'did you mean "documents"?'),
    ],
)
def test_a_manifest_at_fault_is_refused_in_one_line_that_names_it(tmp_path, manifest, words):
    with pytest.raises(CorpusError) as error:
        corpus.read(write(tmp_path, manifest, a=b"Goed."))
    message = str(error.value)
    assert words in message
    assert str(tmp_path / "corpus.toml") in message
    assert "\n" not in message


def test_a_link_out_of_the_corpus_directory_is_refused(tmp_path):
    (tmp_path / "secret.txt").write_text("Geheim.")
    root = tmp_path / "corpus"
    root.mkdir()
    write(root, ENTRY)
    (root / "a.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(CorpusError, match="leaves the corpus directory"):
        corpus.read(root)
    (root / "corpus.toml").unlink()
    with pytest.raises(CorpusError, match="leaves the corpus directory"):
        corpus.read(root)


def test_what_is_no_corpus_is_refused(tmp_path):
    with pytest.raises(CorpusError, match="no such file"):
        corpus.read(tmp_path / "nowhere")
    with pytest.raises(CorpusError, match=r"neither a corpus\.toml nor a \*\.txt"):
        corpus.read(tmp_path)
    (tmp_path / "a.txt").write_text("Een brief.")
    with pytest.raises(CorpusError, match="put the text in a directory"):
        corpus.read(tmp_path / "a.txt")


def test_a_directory_without_manifest_takes_language_and_id_from_the_names(tmp_path):
    texts = {
        "letter.nl.txt": "x",
        "Brev till rådet.txt": "Vi uppmanar er att se till att lagen inte är i strid med den.",
        "Brev-till-radet.txt": "Det är en annan text som inte har samma namn.",
        "notes.md": "ignored",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    result = corpus.read(tmp_path)
    assert {(d.path, d.doc_id, d.lang) for d in result.documents} == {
        ("letter.nl.txt", "letter-nl", "nl"),
        ("Brev till rådet.txt", "brev-till-radet", "sv"),
        ("Brev-till-radet.txt", "brev-till-radet-2", "sv"),
    }


def test_a_text_in_no_known_language_fails_with_the_remedy(tmp_path):
    (tmp_path / "lettre.txt").write_text("Nous vous prions de bien vouloir agréer ceci.", "utf-8")
    assert "lettre.<language>.txt" in failure(corpus.read(tmp_path))


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        (ENTRY + "date = 20240110\n", '"date" is no date; write it'),
        (ENTRY + "title = 3\n", '"title" is no text; put it in quotes'),
        (ENTRY + 'title = " "\n', '"title" is empty; fill it or leave it out'),
        ('documents = "a"\n', r"write \[\[documents\]\] above each"),
        ("documents = [1]\n", "documents no. 1: not a table"),
        (ENTRY + "x = " + "[" * 3000 + "]" * 3000 + "\n", "not valid TOML"),
        (ENTRY + "x = " + "9" * 5000 + "\n", "not valid TOML"),
    ],
)
def test_a_value_of_a_wrong_type_is_named_with_its_remedy(tmp_path, manifest, message):
    with pytest.raises(CorpusError, match=message):
        corpus.read(write(tmp_path, manifest, a=b"Een brief."))


@pytest.mark.parametrize("second", [("a", "b"), ("b", "a")])
def test_a_pair_is_aligned_once_whichever_way_round(tmp_path, second):
    documents = "".join(
        f'[[documents]]\nid = "{name}"\npath = "{name}.txt"\nlang = "nl"\n' for name in "ab"
    )
    pairs = "".join(
        f'[[alignments]]\nsource = "{source}"\ntarget = "{target}"\n'
        for source, target in (("a", "b"), second)
    )
    with pytest.raises(CorpusError, match="aligned more than once"):
        corpus.read(write(tmp_path, documents + pairs, a=b"Een.", b=b"Twee."))


def test_a_path_too_long_for_the_system_is_one_line():
    with pytest.raises(CorpusError, match="no path that can be used"):
        corpus.read(Path("a" * 5000))


def test_a_link_that_goes_round_in_a_directory_is_one_line(tmp_path):
    (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")
    with pytest.raises(CorpusError, match="a link that leaves"):
        corpus.read(tmp_path)


def test_a_file_name_that_is_no_unicode_is_one_line(tmp_path):
    try:
        (tmp_path / "b\udcff.en.txt").write_text("The Council.", "utf-8")
    except OSError:
        pytest.skip("this file system wants names in Unicode")
    with pytest.raises(CorpusError, match="rename the file"):
        corpus.read(tmp_path)
