"""From Doc positions to rows: what the source's page puts between two words of a clause."""

from __future__ import annotations

from pipeline import language, layout, tables
from pipeline.tables import Analysis, Positions
from pipeline.types import Clause, Document

TEXT = (
    "De Raad veroordeelt in de krachtigste bewoordingen het geweld dat uitgaat van een\n\n"
    "¹ Conclusies van de Raad van 12 februari 2024.\n\n"
    "generaal die weigert het land te verlaten.\n"
)


def test_a_clause_that_a_footnote_interrupts_has_two_fragments():
    document = Document("d", TEXT, "nl")
    blocks = tuple(layout.segment(document))
    doc = language.annotate(language.blank("nl"), blocks)
    clauses = tuple(
        Clause(i, "fragment", s.start, tuple(range(s.start, s.end)))
        for i, s in enumerate(doc.sents)
    )
    analysis = Analysis(document, blocks, doc, clauses, (), ())
    rows = tables.document_rows(analysis, Positions(analysis))
    sentence, note = rows["sentences"]
    assert (sentence["start"], sentence["end"]) == (0, len(TEXT) - 1)
    assert note["text"] == "¹ Conclusies van de Raad van 12 februari 2024."
    assert all(row["text"] == TEXT[row["start"] : row["end"]] for row in rows["sentences"])
    clause = rows["clauses"][0]
    assert clause["text"] == TEXT[:82].rstrip() + " generaal die weigert het land te verlaten."
    assert len(clause["fragments"]) == 2
