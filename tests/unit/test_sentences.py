"""Sentence boundaries and tokens, on plain text and on layout blocks."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipeline import language, layout
from pipeline.language.sentences import set_sentences
from pipeline.types import Document


@pytest.fixture(scope="module")
def pipelines():
    return {lang: language.blank(lang) for lang in ("nl", "en", "sv")}


# `|` marks where a sentence starts.
SPLITS = [
    ("nl", "Zie Doc. 11205/12 en Doc. 5993/13. |De Raad keurde ze goed."),
    ("sv", "Se dok. 11205/12. |Rådet godkände dem."),
    ("en", "The Council met. |It adopted conclusions. |2024 is an important year."),
    ("en", "See Art. 5 and No. 3 of Regulation (EU) 2016/679, OJ L 119, 4.5.2016, p. 1."),
    ("en", "Dr. Smith and J.P. Morgan met Mr. Jones. |He left."),
    ("en", "Kh. M. Saidov and Ch.M. Aliyev met Yu. Petrov. |They left with Jo. P. Jansen."),
    ("en", "He lives in Bo. |The town is large."),
    ("en", "Who decides? |The Council does! |Nobody else."),
    ("en", "“We are ready.” |She left. |(The annex is attached.) |He stayed."),
    ("en", "He said (the Court agreed. It was late.) that it ended."),
    ("en", "One thing: The rest stays; It is one sentence."),
    ("en", "The U.S. Army left. |He lives in the U.S. |The army does not."),
    ("en", "He waited … |Then he left. |She said ... and then stopped."),
    ("en", "1. The Council met. |It adopted conclusions."),
    ("en", "It costs 3.5 million. |Prices, fees etc. rose. |They sell cars, etc. |Nobody buys."),
    ("nl", "Zie artikel 7, lid 1, en PB L 119 van 4.5.2016, blz. 1. |De Raad herhaalt dit."),
    ("nl", "Dit geldt o.a. voor drs. P. Jansen en dhr. De Vries. |Daarna niet."),
    ("nl", "'s Avonds kwam hij. |'s Ochtends niet."),
    ("nl", "„Wij gaan.” |Hij bleef. |“Waarom?” vroeg zij."),
    ("sv", "Se bl.a. EUT C 23, 21.1.2021, s. 83. |Rådet upprepar detta."),
    ("sv", "Lagen gäller t.ex. för artikel 144.5 m.m. |Den antogs 2020. |17 ledare häktades."),
    ("sv", "De kallas ”extremistiska” organisationer. |”Vi går.” |Han stannade."),
    ("sv", "Jfr FN:s rapport, s. 12. |Det var 700 f.Kr. |Sedan kom järnet."),
]


@pytest.mark.parametrize(("lang", "marked"), SPLITS)
def test_sentences_start_where_marked(pipelines, lang, marked):
    doc = pipelines[lang](marked.replace("|", ""))
    assert [sent.text for sent in doc.sents] == [part.strip() for part in marked.split("|")]


TOKENS = [
    ("nl", "regime-Loekasjenka en foto's", "regime-Loekasjenka en foto's"),
    ("nl", "rechtshandhavings-, migratie- en asiel", "rechtshandhavings- , migratie- en asiel"),
    ("nl", "artikel 7, lid 1, (VEU)", "artikel 7 , lid 1 , ( VEU )"),
    ("en", "Russia's side of Article 7(1)(a).", "Russia 's side of Article 7(1)(a) ."),
    ("en", "human rights-compliant", "human rights - compliant"),
    ("en", "an anti-gender e-mail", "an anti-gender e-mail"),
    ("en", "at https://a.org/b/c_d/, now", "at https://a.org/b/c_d/ , now"),
    ("en", "HRDs.¹ These", "HRDs . ¹ These"),
    ("en", "authorities,² that", "authorities , ² that"),
    ("sv", "FN:s och ODIHR:s 17:e möte", "FN:s och ODIHR:s 17:e möte"),
    ("sv", "(2021/2544(RSP))", "( 2021/2544(RSP) )"),
    ("sv", "P9_TA(2021)0056RC-B9-0144/2021", "P9_TA(2021)0056 RC-B9-0144/2021"),
    ("sv", "EUT C 23, 21.1.2021, s. 83.", "EUT C 23 , 21.1.2021 , s. 83 ."),
    ("sv", "Kazakstan(1) och", "Kazakstan (1) och"),
    ("sv", "3 juni 2021Rättsligt meddelande", "3 juni 2021 Rättsligt meddelande"),
    ("sv", "”extremistiska” 26–27 november", "” extremistiska ” 26–27 november"),
]


@pytest.mark.parametrize(("lang", "text", "tokens"), TOKENS)
def test_tokens_are_cut_as_in_the_treebanks(pipelines, lang, text, tokens):
    assert [token.text for token in pipelines[lang](text)] == tokens.split(" ")


def test_headings_and_signatures_are_one_sentence_each(pipelines):
    text = (
        "# Wat nu? De weg vooruit!\n\nDe Raad herhaalt zijn steun aan de bevolking. Wat volgt?\n\n"
        "Hoogachtend,\n\nJ. P. Jansen\n"
    )
    blocks = layout.segment(Document("d", text, "nl"))
    doc = language.annotate(pipelines["nl"], blocks)
    assert [sent.text for sent in doc.sents] == [
        "Wat nu? De weg vooruit!",
        "De Raad herhaalt zijn steun aan de bevolking.",
        "Wat volgt?",
        "Hoogachtend,",
        "J. P. Jansen",
    ]


def test_a_footnote_mark_stays_in_front_of_the_boundary_and_a_cited_title_is_not_cut(pipelines):
    text = (
        "They rely on HRDs.¹ These conclusions provide a vision.\n\n"
        "¹ See *Defending Defenders? An Assessment*, 2019.\n"
    )
    blocks = layout.segment(Document("d", text, "en"))
    doc = language.annotate(pipelines["en"], blocks)
    assert [sent.text for sent in doc.sents] == [
        "They rely on HRDs.¹",
        "These conclusions provide a vision.",
        "¹ See Defending Defenders? An Assessment, 2019.",
    ]


@settings(
    deadline=None,
    max_examples=100,
    # The pipelines keep no state from text to text.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    text=st.lists(
        st.sampled_from(
            ["De", "Raad", ".", "?", "…", "(", ")", "”", "art.", "3", "¹", " ", "\n\n"]
        ),
        max_size=40,
    ).map(" ".join),
    lang=st.sampled_from(["nl", "en", "sv"]),
)
def test_sentences_partition_the_tokens_and_no_sentence_crosses_a_block(pipelines, text, lang):
    nlp = pipelines[lang]
    doc = language.annotate(nlp, layout.segment(Document("d", text, lang)))
    assert [token.i for sent in doc.sents for token in sent] == list(range(len(doc)))
    starts = {sent.start for sent in doc.sents}
    assert {span.start for span in doc.spans["blocks"]} <= starts


def test_a_text_without_full_stops_is_cut_at_a_comma_within_the_limit(pipelines):
    text = ", ".join("the Council met and spoke" for _ in range(300))
    doc = pipelines["en"](text)
    lengths = [len(sentence) for sentence in doc.sents]
    assert max(lengths) <= 400
    assert sum(lengths) == len(doc)
    assert all(sentence[-1].text == "," for sentence in list(doc.sents)[:-1])
    unbroken = pipelines["en"]("word " * 3000)
    assert max(len(sentence) for sentence in unbroken.sents) <= 400


def test_a_long_document_takes_no_time_that_grows_with_its_square(pipelines):
    # 0.3 s if each token is looked at once; two minutes if each token looks at all the others.
    doc = Doc(pipelines["nl"].vocab, words=["Neen", "."] * 30_000)
    started = time.process_time()
    set_sentences(doc)
    assert time.process_time() - started < 20
    assert doc[2].is_sent_start
