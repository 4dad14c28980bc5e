"""Subjects, particles and conjuncts on small hand-made trees."""

from __future__ import annotations

import pytest

from pipeline.clauses import segment
from pipeline.clauses.conjuncts import mend
from pipeline.clauses.grammar import grammar
from pipeline.clauses.tree import Tree
from pipeline.types import Clause
from tests.conllu import compact


def by_head(lang: str, tree: str) -> dict[str, Clause]:
    """The clauses of a tree by the text of their heads."""
    doc = compact(lang, tree)
    return {doc[clause.head].text: clause for clause in segment(doc)}


MISHUNG = """
Rådet råd NOUN _ 2 nsubj
uppmanar uppmana VERB VerbForm=Fin 0 root
regeringen regering NOUN _ 2 obj
att att PART _ 5 mark
stoppa stoppa VERB VerbForm=Inf 2 xcomp
våldet våld NOUN _ 5 obj
och och CCONJ _ 8 cc
frige frige VERB VerbForm=Inf 2 conj
fångarna fånge NOUN _ 8 obj
"""

SECOND_COMPLEMENT = """
Wij wij PRON PronType=Prs 2 nsubj
betreuren betreuren VERB VerbForm=Fin 0 root
dat dat SCONJ _ 6 mark
gevangenen gevangene NOUN _ 6 nsubj:pass
worden worden AUX VerbForm=Fin 6 aux:pass
vastgehouden vasthouden VERB VerbForm=Part 2 ccomp
, , PUNCT _ 9 punct
worden worden AUX VerbForm=Fin 9 aux:pass
blootgesteld blootstellen VERB VerbForm=Part 2 ccomp
"""

SEMICOLON = """
States state NOUN _ 3 nsubj
must must AUX VerbForm=Fin 3 aux
ban ban VERB VerbForm=Inf 0 root
it it PRON _ 3 obj
; ; PUNCT _ 6 punct
close close VERB VerbForm=Inf 3 parataxis
gaps gap NOUN _ 6 obj
"""


@pytest.mark.parametrize(
    ("lang", "tree", "head", "columns"),
    [
        ("sv", MISHUNG, "frige", {"subject": "regeringen", "finite": False}),
        ("nl", SECOND_COMPLEMENT, "blootgesteld", {"subject": "gevangenen", "kind": "coordinate"}),
        ("en", SEMICOLON, "close", {"subject": "States", "modality": "obligation"}),
    ],
)
def test_a_conjunct_hung_too_high_goes_on_from_its_like(
    lang: str, tree: str, head: str, columns: dict[str, object]
) -> None:
    clause = by_head(lang, tree)[head]
    assert {name: getattr(clause, name) for name in columns} == columns


def test_conjuncts_that_fit_stay_where_they_are() -> None:
    doc = compact(
        "en",
        """
        They they PRON PronType=Prs 2 nsubj
        want want VERB VerbForm=Fin 0 root
        to to PART _ 4 mark
        leave leave VERB VerbForm=Inf 2 xcomp
        and and CCONJ _ 6 cc
        pack pack VERB VerbForm=Fin 2 conj
        """,
    )
    tree = Tree(doc)
    before = list(tree.head)
    mend(tree, grammar("en"))
    assert tree.head == before


PREVENTED = """
Polisen polis NOUN _ 2 nsubj
hindrade hindra VERB VerbForm=Fin 0 root
partiet parti NOUN _ 2 obj
från från ADP _ 6 mark
att att PART _ 6 mark
samlas samlas VERB VerbForm=Inf 2 advcl
"""

POSSIBLE = """
som som PRON PronType=Rel 2 nsubj
gör göra VERB VerbForm=Fin 0 root
det det PRON _ 2 expl
möjligt möjlig ADJ _ 2 xcomp
att att PART _ 6 mark
avlyssna avlyssna VERB VerbForm=Inf 2 xcomp
samtal samtal NOUN _ 6 obj
"""

ASKED_OF = """
Vi vi PRON PronType=Prs 2 nsubj
vädjar vädja VERB VerbForm=Fin 0 root
till till ADP _ 4 case
rådet råd NOUN _ 2 obl
att att PART _ 6 mark
agera agera VERB VerbForm=Inf 2 xcomp
"""

DESCRIBED = """
They they PRON PronType=Prs 3 nsubj
should should AUX VerbForm=Fin 3 aux
provide provide VERB VerbForm=Inf 0 root
a a DET _ 5 det
vision vision NOUN _ 3 obj
outlining outline VERB VerbForm=Ger 3 advcl
steps step NOUN _ 6 obj
"""

EXTRAPOSED = """
Er er ADV _ 4 advmod
zijn zijn AUX VerbForm=Fin 4 aux:pass
acties actie NOUN _ 4 nsubj:pass
bepaald bepalen VERB VerbForm=Part 0 root
die die PRON PronType=Rel 8 nsubj
richting richting NOUN _ 8 obj
zullen zullen AUX VerbForm=Fin 8 aux
geven geven VERB VerbForm=Inf 4 ccomp
"""

TWO_SUBJECTS = """
Deze deze DET _ 2 det
brief brief NOUN _ 5 nsubj
kan kunnen AUX VerbForm=Fin 5 aux
je je PRON PronType=Prs 5 nsubj
lezen lezen VERB VerbForm=Inf 0 root
"""


@pytest.mark.parametrize(
    ("lang", "tree", "head", "subject"),
    [
        ("sv", PREVENTED, "samlas", "partiet"),
        ("sv", POSSIBLE, "avlyssna", None),
        ("sv", ASKED_OF, "agera", "rådet"),
        ("en", DESCRIBED, "outlining", "vision"),
        ("nl", EXTRAPOSED, "geven", "acties"),
        ("nl", TWO_SUBJECTS, "lezen", "je"),
    ],
)
def test_whose_action_a_clause_tells(lang: str, tree: str, head: str, subject: str | None) -> None:
    assert by_head(lang, tree)[head].subject == subject


def test_a_dutch_infinitive_after_its_object_has_no_subject_and_is_not_finite() -> None:
    clause = by_head(
        "nl",
        """
        De de DET _ 2 det
        samenwerking samenwerking NOUN Number=Sing 3 nsubj
        versterken versterken VERB Number=Plur|VerbForm=Fin 0 root
        """,
    )["versterken"]
    assert (clause.subject, clause.finite) == (None, False)


AT_HAND = """
De de DET _ 2 det
zaak zaak NOUN _ 3 nsubj
komt komen VERB VerbForm=Fin 0 root
aan aan ADP _ 3 compound:prt
bod bod NOUN _ 4 fixed
"""

ON_ITSELF = """
België België PROPN _ 2 nsubj
neemt nemen VERB VerbForm=Fin 0 root
dat dat PRON PronType=Dem 2 obj
op op ADP _ 2 compound:prt
zich zich PRON Reflex=Yes 2 obl
"""

INSISTS = """
De de DET _ 2 det
EU EU PROPN _ 3 nsubj
staat staan VERB VerbForm=Fin 0 root
er er ADV _ 3 advmod
op op ADP _ 3 compound:prt
dat dat SCONJ _ 8 mark
zij zij PRON PronType=Prs 8 nsubj
stoppen stoppen VERB VerbForm=Fin 3 ccomp
"""

STRAYED = """
De de DET _ 2 det
EU EU PROPN _ 3 nsubj
dringt dringen VERB VerbForm=Fin 0 root
er er ADV _ 3 advmod
bij bij ADP _ 6 case
Belarus Belarus PROPN _ 11 obl
op op ADP _ 11 compound:prt
aan aan ADP _ 11 compound:prt
zich zich PRON Reflex=Yes 11 obj
te te ADP _ 11 mark
houden houden VERB VerbForm=Inf 3 ccomp
"""

CALLS_ON = """
We we PRON PronType=Prs 2 nsubj
{verb} VERB VerbForm=Fin 0 root
{particle} {particle} ADP _ 2 compound:prt
them they PRON PronType=Prs 2 obj
"""


@pytest.mark.parametrize(
    ("lang", "tree", "head", "predicate"),
    [
        ("nl", AT_HAND, "komt", "komen"),
        ("nl", ON_ITSELF, "neemt", "nemen"),
        ("nl", INSISTS, "staat", "staan"),
        ("nl", STRAYED, "dringt", "aandringen"),
        # A form known from texts where a particle stood apart.
        ("nl", STRAYED.replace("dringt dringen", "dringt terugdringen"), "dringt", "aandringen"),
        ("nl", STRAYED.replace("houden houden", "houden tegenhouden"), "houden", "houden"),
        ("nl", STRAYED.replace("houden houden", "geopend openen"), "geopend", "openen"),
        ("nl", STRAYED, "houden", "houden"),
        ("en", CALLS_ON.format(verb="call call", particle="on"), "call", "call"),
        ("en", CALLS_ON.format(verb="cut cut", particle="off"), "cut", "cut off"),
    ],
)
def test_only_a_particle_is_part_of_the_predicate(
    lang: str, tree: str, head: str, predicate: str
) -> None:
    assert by_head(lang, tree)[head].predicate == predicate
