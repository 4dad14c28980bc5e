"""Calls in the passive, items that speak for themselves, adjectives that only look like acts."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Span

from pipeline.clauses import segment
from pipeline.demands import Demand, find
from tests.conllu import compact

EN_INVITED = """
The the DET _ 2 det
Commission commission PROPN Number=Sing 4 nsubj:pass
is be AUX Tense=Pres|VerbForm=Fin 4 aux:pass
invited invite VERB VerbForm=Part|Voice=Pass 0 root
to to PART _ 6 mark
report report VERB VerbForm=Inf 4 xcomp
"""

NL_INVITED = """
De de DET _ 2 det
lidstaten lidstaat NOUN Number=Plur 4 nsubj:pass
worden worden AUX Number=Plur|Tense=Pres|VerbForm=Fin 4 aux:pass
verzocht verzoeken VERB VerbForm=Part 0 root
de de DET _ 6 det
wet wet NOUN Number=Sing 8 obj
te te ADP _ 8 mark
wijzigen wijzigen VERB VerbForm=Inf 4 xcomp
"""

SV_INVITED = """
Kommissionen kommission NOUN Number=Sing 2 nsubj:pass
uppmanas uppmana VERB Tense=Pres|VerbForm=Fin|Voice=Pass 0 root
att att PART _ 4 mark
rapportera rapportera VERB VerbForm=Inf 2 xcomp
"""

EN_WAS_INVITED = EN_INVITED.replace("is be AUX Tense=Pres", "was be AUX Tense=Past")

SV_WELCOME = """
Ni ni PRON Case=Nom|PronType=Prs 3 nsubj
är vara AUX VerbForm=Fin 3 cop
välkomna välkommen ADJ Number=Plur 0 root
att att PART _ 5 mark
ringa ringa VERB VerbForm=Inf 3 advcl
"""

NL_ITEMS = """
De de DET _ 2 det
Raad raad NOUN Number=Sing 0 root
: : PUNCT _ 2 punct

onderstreept onderstrepen VERB VerbForm=Part 0 root
dat dat SCONJ _ 6 mark
de de DET _ 4 det
wet wet NOUN Number=Sing 6 nsubj:pass
moet moeten AUX Number=Sing|Tense=Pres|VerbForm=Fin 6 aux
gewijzigd wijzigen VERB VerbForm=Part 1 ccomp
, , PUNCT _ 6 punct
door door ADP _ 6 obl
: : PUNCT _ 1 punct

verzoekt verzoeken VERB Number=Sing|Tense=Pres|VerbForm=Fin 0 root
de de DET _ 3 det
Commissie commissie PROPN Number=Sing 1 nsubj
een een DET _ 5 det
verslag verslag NOUN Number=Sing 8 obj
voor voor ADP _ 8 compound:prt
te te ADP _ 8 mark
leggen leggen VERB VerbForm=Inf 1 xcomp
"""

SV_QUOTED = """
Vi vi PRON Case=Nom|PronType=Prs 3 nsubj
måste måste AUX Tense=Pres|VerbForm=Fin 3 aux
agera agera VERB VerbForm=Inf 0 root
, , PUNCT _ 3 punct
sade säga VERB Tense=Past|VerbForm=Fin 3 parataxis
hon hon PRON Case=Nom|PronType=Prs 5 nsubj
och och CCONJ _ 8 cc
tillade tillägga VERB Tense=Past|VerbForm=Fin 3 conj
att att SCONJ _ 11 mark
tiden tid NOUN Number=Sing 11 nsubj
rinner rinna VERB Tense=Pres|VerbForm=Fin 8 ccomp
"""


def demands(doc: Doc) -> list[Demand]:
    return find(doc, segment(doc))


@pytest.mark.parametrize(
    ("lang", "tree", "addressee"),
    [
        ("en", EN_INVITED, "The Commission"),
        ("nl", NL_INVITED, "De lidstaten"),
        ("sv", SV_INVITED, "Kommissionen"),
    ],
)
def test_who_is_invited_to_act_is_the_addressee_of_a_call(lang, tree, addressee) -> None:
    (demand,) = demands(compact(lang, tree))
    assert (demand.act, demand.speaker, demand.addressee) == ("call", None, addressee)
    assert demand.content == (1,)


def test_who_was_invited_is_asked_for_nothing_now() -> None:
    assert demands(compact("en", EN_WAS_INVITED)) == []


def test_being_welcome_to_do_something_is_no_act_of_welcoming() -> None:
    assert demands(compact("sv", SV_WELCOME)) == []


def test_an_item_with_a_verb_of_calling_is_not_asked_for_by_the_item_above() -> None:
    doc = compact("nl", NL_ITEMS)
    items = [Span(doc, 3, 12, label="list_item"), Span(doc, 12, 20, label="list_item")]
    items[0].id_, items[1].id_ = "a)", "–"
    doc.spans["blocks"] = [Span(doc, 0, 3, label="paragraph"), *items]
    last = demands(doc)[-1]
    clauses = segment(doc)
    assert (last.act, last.speaker, last.addressee) == ("call", "De Raad", "de Commissie")
    assert [clauses[index].predicate for index in last.content] == ["voorleggen"]


def test_what_a_reporter_adds_is_no_part_of_what_the_quoted_demand() -> None:
    (demand,) = demands(compact("sv", SV_QUOTED))
    assert (demand.act, demand.content) == ("call", (0,))
