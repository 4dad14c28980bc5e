"""Where two aligned documents of a dataset say different things."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from pipeline.alignment.differences import Difference, Side, differences
from pipeline.alignment.encoder import load_encoder
from pipeline.alignment.phrases import Word
from pipeline.dataset import Dataset, DatasetError
from pipeline.numerals import figures, numerals
from pipeline.types import Group


def compare(dataset: Dataset, source: str, target: str) -> list[Difference]:
    """What one document says and the other does not, in the order of their alignment.

    Indices in the result count the documents' sentences from 0.

    Raises:
        DatasetError: the two are not aligned in this dataset, or its tables do not fit together.
    """
    try:
        groups, sides = _aligned(dataset, source, target)
    except KeyError as error:
        raise DatasetError(
            f"{dataset.directory}: its tables do not fit together ({error} is missing); extract "
            f"again (clausula validate {dataset.directory} says what is wrong)"
        ) from error
    return differences(groups, *sides, encoder=load_encoder())


def _aligned(dataset: Dataset, source: str, target: str) -> tuple[list[Group], list[list[Side]]]:
    """The groups of sentences of two documents, and the sentences of both."""
    rows = dataset.alignments.query("level == 'sentence'")
    rows = rows[(rows["source_doc"] == source) & (rows["target_doc"] == target)]
    if rows.empty:
        pairs = sorted({f"{a} {b}" for a, b in _pairs(dataset)})
        known = f"aligned are: {'; '.join(pairs)}" if pairs else "no documents are aligned"
        raise DatasetError(
            f"{dataset.directory}: {source} and {target} are not aligned in it; {known}"
        )
    places, sides = {}, []
    for doc_id in (source, target):
        sentences = dataset.sentences.query("doc_id == @doc_id").sort_values("ordinal")
        places[doc_id] = {key: i for i, key in enumerate(sentences["sentence_id"])}
        sides.append(_sides(dataset, sentences))
    groups = [
        Group(
            tuple(places[source][key] for key in row.source_ids),
            tuple(places[target][key] for key in row.target_ids),
            float(row.score),
        )
        for row in rows.itertuples()
    ]
    return groups, sides


def _pairs(dataset: Dataset) -> set[tuple[str, str]]:
    return set(zip(dataset.alignments["source_doc"], dataset.alignments["target_doc"], strict=True))


def _sides(dataset: Dataset, sentences: pd.DataFrame) -> list[Side]:
    """The sentences with what they mention; numbers inside mentions count as the mention."""
    kinds = dataset.blocks.set_index("block_id")["kind"]
    labels = dataset.blocks.set_index("block_id")["label"]
    mentions: dict[str, list] = defaultdict(list)
    for row in dataset.mentions.itertuples():
        mentions[row.sentence_id].append(row)
    langs = dict(zip(dataset.documents["doc_id"], dataset.documents["lang"], strict=True))
    tokens = dataset.tokens[dataset.tokens["sentence_id"].isin(set(sentences["sentence_id"]))]
    words: dict[str, list[Word]] = defaultdict(list)
    for row in tokens.sort_values("start").itertuples():
        words[row.sentence_id].append(Word(row.text, row.upos))
    modal = dataset.clauses.dropna(subset="modality").groupby("sentence_id")["modality"].agg(list)
    found = []
    for row in sentences.itertuples():
        text, lang = row.text, langs[row.doc_id]
        dates = [m.value for m in mentions[row.sentence_id] if isinstance(m.value, str)]
        label = labels[row.block_id]
        if isinstance(label, str) and text.startswith(label):
            text = " " * len(label) + text[len(label) :]
        for mention in mentions[row.sentence_id]:
            start, end = mention.start - row.start, mention.end - row.start
            text = text[:start] + " " * (end - start) + text[end:]
        found.append(
            Side(
                " ".join(row.text.split()),
                kinds[row.block_id],
                {m.entity_id: " ".join(m.text.split()) for m in mentions[row.sentence_id]},
                numerals(text, lang),
                figures(" ".join([row.text, *dates]), lang),
                tuple(modal.get(row.sentence_id, ())),
                tuple(words[row.sentence_id]),
            )
        )
    return found
