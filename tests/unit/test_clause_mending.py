"""Trees as parsers get them wrong, mended by agreement, word order and closed classes of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Span

from pipeline.clauses import segment
from pipeline.clauses.tree import Tree
from pipeline.types import Clause
from tests.conllu import compact, to_doc


def texts(lang: str, tree: str) -> dict[str, Clause]:
    """The clauses of a tree by their words, punctuation left out."""
    doc = compact(lang, tree)
    return {
        " ".join(doc[token].text for token in clause.tokens if doc[token].pos_ != "PUNCT"): clause
        for clause in segment(doc)
    }


# --- the order of the words

DATELINE = """
GENT Gent PROPN Number=Sing 6 nsubj
– – PUNCT _ 3 punct
Burgemeesters burgemeester NOUN Number=Plur 1 conj
hebben hebben AUX Number=Plur|VerbForm=Fin 6 aux
gisteren gisteren ADV _ 6 advmod
vergaderd vergaderen VERB VerbForm=Part 0 root
"""

DEMONSTRATIVE = """
Dat dat PRON PronType=Dem 2 nsubj
geeft geven VERB Number=Sing|VerbForm=Fin 0 root
landen land NOUN Number=Plur 2 iobj
die die DET _ 5 det
lid lid NOUN Number=Sing 2 ccomp
zijn zijn AUX Number=Plur|VerbForm=Fin 5 cop
de de DET _ 8 det
macht macht NOUN Number=Sing 2 obj
"""

OBJECT_RELATIVE = """
Zij zij PRON PronType=Prs 2 nsubj
sluiten sluiten VERB Number=Plur|VerbForm=Fin 0 root
een een DET _ 4 det
verdrag verdrag NOUN Gender=Neut|Number=Sing 2 obj
dat dat SCONJ _ 8 mark
de de DET _ 7 det
vissers visser NOUN Number=Plur 8 nsubj
schaadt schaden VERB Number=Sing|VerbForm=Fin 2 ccomp
"""

INVERTED = """
Daarbij daarbij ADV _ 2 advmod
ontvangen ontvangen VERB VerbForm=Inf 0 root
de de DET _ 4 det
gemeenten gemeente NOUN Number=Plur 2 obj
steun steun NOUN Number=Sing 2 obj
"""

INVERTED_PRONOUN = """
Dan dan ADV _ 5 advmod
kunt kunnen AUX Number=Sing|VerbForm=Fin 5 aux
u u PRON Case=Nom|PronType=Prs 5 obj
bezwaar bezwaar NOUN Number=Sing 5 obj
maken maken VERB VerbForm=Inf 0 root
"""

ITEM_OBJECT = """
Urges urge VERB Number=Sing|VerbForm=Fin 0 root
Norway Norway PROPN Number=Sing 1 nsubj
to to PART _ 4 mark
pay pay VERB VerbForm=Inf 1 xcomp
"""

STRANDED = """
Zij zij PRON PronType=Prs 2 nsubj
stellen stellen VERB Number=Plur|VerbForm=Fin 0 root
een een DET _ 4 det
griffier griffier NOUN Number=Sing 2 obj
aan aan ADP _ 6 case
die die PRON PronType=Rel 8 nsubj
verslagen verslag NOUN Number=Plur 8 obj
schrijft schrijven VERB Number=Sing|VerbForm=Fin 4 acl:relcl
"""

SECOND_RELATIVE = """
Planen plan NOUN Number=Sing 5 nsubj
som som PRON PronType=Rel 3 nsubj:pass
antogs anta VERB VerbForm=Fin|Voice=Pass 1 acl:relcl
i i ADP _ 6 case
kostar kosta VERB VerbForm=Fin 0 root
maj maj NOUN Number=Sing 3 obl
och och CCONJ _ 9 cc
som som PRON PronType=Rel 9 nsubj
prisades prisa VERB VerbForm=Fin|Voice=Pass 6 acl:relcl
"""

RELATIVE_CONJUNCT = """
Hij hij PRON PronType=Prs 2 nsubj
dreigt dreigen VERB Number=Sing|VerbForm=Fin 0 root
om om ADP _ 5 mark
te te ADP _ 5 mark
staken staken VERB VerbForm=Inf 2 xcomp
en en CCONJ _ 9 cc
ieder ieder PRON _ 9 advmod
die die PRON PronType=Rel 9 nsubj
werkt werken VERB Number=Sing|VerbForm=Fin 5 conj
de de DET _ 11 det
toegang toegang NOUN Number=Sing 13 obj
te te ADP _ 13 mark
ontzeggen ontzeggen VERB VerbForm=Inf 9 xcomp
"""

CLOSING = """
Hij hij PRON PronType=Prs 2 nsubj
zegt zeggen VERB Number=Sing|VerbForm=Fin 0 root
dat dat SCONJ _ 7 mark
zij zij PRON PronType=Prs 7 nsubj
bereid bereid ADJ _ 7 amod
is zijn AUX Number=Sing|VerbForm=Fin 7 cop
getuigen getuige NOUN Number=Plur 2 ccomp
te te ADP _ 9 mark
horen horen VERB VerbForm=Inf 7 acl
"""

LATE_SUBJECT = """
Where where ADV PronType=Int 4 advmod
it it PRON PronType=Prs 4 nsubj:pass
is be AUX Number=Sing|VerbForm=Fin 4 aux:pass
closed close VERB VerbForm=Part 9 advcl
, , PUNCT _ 4 punct
any any DET _ 7 det
member member NOUN Number=Sing 4 nsubj:pass
may may AUX VerbForm=Fin 9 aux
object object VERB VerbForm=Inf 0 root
"""


@pytest.mark.parametrize(
    ("lang", "tree", "words", "columns"),
    [
        (
            "nl",
            DATELINE,
            "GENT Burgemeesters hebben gisteren vergaderd",
            {"subject": "Burgemeesters"},
        ),
        ("nl", DEMONSTRATIVE, "die lid zijn", {"kind": "relative", "subject": "landen"}),
        ("nl", DEMONSTRATIVE, "Dat geeft landen de macht", {"kind": "main"}),
        (
            "nl",
            OBJECT_RELATIVE,
            "dat de vissers schaadt",
            {"kind": "relative", "subject": "verdrag"},
        ),
        (
            "nl",
            INVERTED,
            "Daarbij ontvangen de gemeenten steun",
            {"subject": "gemeenten", "finite": True},
        ),
        ("nl", INVERTED_PRONOUN, "Dan kunt u bezwaar maken", {"subject": "u"}),
        ("en", ITEM_OBJECT, "Urges Norway", {"subject": None}),
        ("en", ITEM_OBJECT, "to pay", {"subject": "Norway"}),
        ("nl", STRANDED, "Zij stellen een griffier aan", {"predicate": "aanstellen"}),
        ("nl", STRANDED, "die verslagen schrijft", {"subject": "griffier"}),
        ("nl", RELATIVE_CONJUNCT, "die werkt", {"kind": "relative", "subject": "ieder"}),
        ("nl", RELATIVE_CONJUNCT, "en ieder de toegang te ontzeggen", {"subject": "Hij"}),
        ("nl", CLOSING, "dat zij bereid is", {"predicate": "bereid", "subject": "zij"}),
        ("nl", CLOSING, "getuigen te horen", {"kind": "infinitive", "subject": "zij"}),
        ("en", LATE_SUBJECT, "any member may object", {"subject": "member"}),
        ("en", LATE_SUBJECT, "Where it is closed", {"kind": "adverbial", "subject": "it"}),
    ],
)
def test_word_order_and_agreement_tell_where_a_word_belongs(
    lang: str, tree: str, words: str, columns: dict[str, object]
) -> None:
    clause = texts(lang, tree)[words]
    assert {name: getattr(clause, name) for name in columns} == columns


def test_a_second_relative_clause_goes_on_from_the_first() -> None:
    clauses = {clause.predicate: clause for clause in texts("sv", SECOND_RELATIVE).values()}
    assert clauses["prisa"].subject == "Planen"


def test_a_name_with_a_hyphen_is_no_place_before_a_news_item() -> None:
    rows = [
        ["1", "Sas", "Sas", "PROPN", "_", "Number=Sing", "4", "nsubj", "_", "SpaceAfter=No"],
        ["2", "-", "-", "PUNCT", "_", "_", "3", "punct", "_", "SpaceAfter=No"],
        ["3", "Gent", "Gent", "PROPN", "_", "Number=Sing", "1", "flat", "_", "_"],
        ["4", "betaalt", "betalen", "VERB", "_", "Number=Sing|VerbForm=Fin", "0", "root", "_", "_"],
    ]
    assert segment(to_doc("nl", [rows]))[0].subject == "Sas-Gent"


# --- words of closed classes

FOLLOWING = """
It it PRON PronType=Prs 2 nsubj
ends end VERB Number=Sing|VerbForm=Fin 0 root
in in ADP _ 5 case
the the DET _ 5 det
week week NOUN Number=Sing 2 obl
following follow ADP _ 8 case
the the DET _ 8 det
vote vote NOUN Number=Sing 2 obl
"""

PREPOSITION = FOLLOWING.replace("week week", "chaos chaos")

UNLESS = """
They they PRON PronType=Prs 2 nsubj
stop stop VERB Number=Plur|VerbForm=Fin 0 root
unless unless SCONJ _ 4 mark
existing exist VERB VerbForm=Part 2 advcl
rules rule NOUN Number=Plur 7 nsubj:pass
are be AUX Number=Plur|VerbForm=Fin 7 aux:pass
changed change VERB VerbForm=Part 4 advcl
"""

TEN_EINDE = """
Ten te ADP _ 4 case
einde einde NOUN Number=Sing 4 nmod
de de DET _ 4 det
rust rust NOUN Number=Sing 8 obl
te te ADP _ 6 mark
bewaren bewaren VERB VerbForm=Inf 4 acl
, , PUNCT _ 6 punct
sluiten sluiten VERB Number=Plur|VerbForm=Fin 0 root
zij zij PRON PronType=Prs 8 nsubj
cafés café NOUN Number=Plur 8 obj
"""

RIGHT = """
Zij zij PRON PronType=Prs 2 nsubj
beperken beperken VERB Number=Plur|VerbForm=Fin 0 root
de de DET _ 4 det
vrijheid vrijheid NOUN Number=Sing 2 obj
van van ADP _ 6 case
burgers burger NOUN Number=Plur 4 nmod
om om ADP _ 9 mark
te te ADP _ 9 mark
reizen reizen VERB VerbForm=Inf 2 advcl
"""

ITEM = """
akten akte NOUN Number=Plur 0 root
die die PRON PronType=Rel 3 nsubj
ontbreken ontbreken VERB Number=Plur|VerbForm=Fin 1 acl:relcl
over over ADP _ 6 compound:prt
te te ADP _ 6 mark
leggen leggen VERB VerbForm=Inf 1 acl
"""

PROVIDED = """
They they PRON PronType=Prs 3 nsubj
may may AUX VerbForm=Fin 3 aux
leave leave VERB VerbForm=Inf 0 root
the the DET _ 5 det
room room NOUN Number=Sing 3 obj
, , PUNCT _ 7 punct
provided provide VERB VerbForm=Part 5 acl
nobody nobody PRON PronType=Neg 9 nsubj
objects object VERB Number=Sing|VerbForm=Fin 5 acl:relcl
"""

ADVERBS = """
Help help VERB VerbForm=Fin 0 root
families family NOUN Number=Plur 1 obj
newly newly ADV _ 6 advmod
or or CCONJ _ 6 cc
long long ADV _ 6 advmod
deprived deprive VERB VerbForm=Part 2 conj
of of ADP _ 8 case
income income NOUN Number=Sing 6 obl
"""

DETERMINED = """
Norge Norge PROPN _ 4 nsubj
är vara AUX VerbForm=Fin 4 cop
fast fast ADV _ 4 advmod
beslutet beslut NOUN Number=Sing 0 root
att att PART _ 6 mark
hjälpa hjälpa VERB VerbForm=Inf 4 acl
"""

TO_ACCOUNT = """
They they PRON PronType=Prs 2 nsubj
hold hold VERB Number=Plur|VerbForm=Fin 0 root
banks bank NOUN Number=Plur 2 obj
to to PART _ 5 mark
account account VERB VerbForm=Inf 2 xcomp
"""

CONDITION = """
Should should AUX VerbForm=Fin 3 aux
prices price NOUN Number=Plur 3 nsubj
rise rise VERB VerbForm=Inf 5 advcl
we we PRON PronType=Prs 5 nsubj
act act VERB Number=Plur|VerbForm=Fin 0 root
"""

PRENOMINAL = """
Zij zij PRON PronType=Prs 2 nsubj
kiezen kiezen VERB Number=Plur|VerbForm=Fin 0 root
een een DET _ 9 det
door door ADP _ 6 case
de de DET _ 6 det
raad raad NOUN Number=Sing 8 obl
te te ADP _ 8 mark
bepalen bepalen VERB VerbForm=Inf 9 acl
plaats plaats NOUN Number=Sing 2 obj
"""


@pytest.mark.parametrize(
    ("lang", "tree", "words", "columns"),
    [
        (
            "en",
            FOLLOWING,
            "following the vote",
            {"kind": "participial", "subject": "week", "predicate": "follow"},
        ),
        ("en", PREPOSITION, "It ends in the chaos following the vote", {"kind": "main"}),
        (
            "en",
            UNLESS,
            "unless existing rules are changed",
            {"marker": "unless", "subject": "rules"},
        ),
        (
            "nl",
            TEN_EINDE,
            "Ten einde de rust te bewaren",
            {"kind": "infinitive", "marker": "ten einde te", "subject": "zij"},
        ),
        ("nl", RIGHT, "om te reizen", {"subject": None}),
        ("nl", ITEM, "akten over te leggen", {"kind": "main", "predicate": "overleggen"}),
        (
            "en",
            PROVIDED,
            "provided nobody objects",
            {"kind": "adverbial", "marker": "provided", "subject": "nobody"},
        ),
        (
            "en",
            ADVERBS,
            "newly or long deprived of income",
            {"kind": "participial", "subject": "families"},
        ),
        ("sv", DETERMINED, "Norge är fast beslutet", {"predicate": "besluten", "voice": "active"}),
        ("sv", DETERMINED, "att hjälpa", {"subject": "Norge"}),
        ("en", TO_ACCOUNT, "They hold banks to account", {"predicate": "hold"}),
        ("en", CONDITION, "Should prices rise", {"kind": "adverbial", "modality": None}),
        ("nl", PRENOMINAL, "Zij kiezen een door de raad te bepalen plaats", {"kind": "main"}),
    ],
)
def test_words_of_closed_classes_tell_what_a_clause_is(
    lang: str, tree: str, words: str, columns: dict[str, object]
) -> None:
    clause = texts(lang, tree)[words]
    assert {name: getattr(clause, name) for name in columns} == columns


# --- conjuncts

NOT_ONLY = """
Han han PRON PronType=Prs 2 nsubj
säger säga VERB VerbForm=Fin 0 root
att att SCONJ _ 7 mark
skatten skatt NOUN Number=Sing 7 nsubj
inte inte PART _ 7 advmod
bara bara ADV _ 7 advmod
drabbar drabba VERB VerbForm=Fin 2 ccomp
bönder bonde NOUN Number=Plur 7 obj
utan utan CCONJ _ 11 cc
även även ADV _ 11 advmod
gynnar gynna VERB VerbForm=Fin 2 conj
banker bank NOUN Number=Plur 11 obj
"""

AGREEMENT = """
Unions union NOUN Number=Plur 2 nsubj
fear fear VERB Number=Plur|VerbForm=Fin 0 root
a a DET _ 4 det
law law NOUN Number=Sing 2 obj
that that PRON PronType=Rel 6 nsubj
bans ban VERB Number=Sing|VerbForm=Fin 4 acl:relcl
strikes strike NOUN Number=Plur 6 obj
and and CCONJ _ 9 cc
cuts cut VERB Number=Sing|VerbForm=Fin 2 conj
pay pay NOUN Number=Sing 9 obj
"""

REPEATED = """
Vi vi PRON PronType=Prs 2 nsubj
ber be VERB VerbForm=Fin 0 root
er ni PRON PronType=Prs 2 obj
att att PART _ 5 mark
köpa köpa VERB VerbForm=Inf 2 xcomp
medel medel NOUN Number=Plur 5 obj
för för ADP _ 9 mark
att att PART _ 9 mark
städa städa VERB VerbForm=Inf 6 acl
och och CCONJ _ 12 cc
att att PART _ 12 mark
betala betala VERB VerbForm=Inf 9 conj
"""

DEEP = """
Dit dit DET _ 2 det
rapport rapport NOUN Number=Sing 3 nsubj
bevat bevatten VERB Number=Sing|VerbForm=Fin 0 root
kaarten kaart NOUN Number=Plur 3 obj
en en CCONJ _ 6 cc
ideeën idee NOUN Number=Plur 4 conj
om om ADP _ 9 mark
te te ADP _ 9 mark
bouwen bouwen VERB VerbForm=Inf 6 acl
en en CCONJ _ 12 cc
te te ADP _ 12 mark
planten planten VERB VerbForm=Inf 3 conj
"""

FINITE_AGAIN = """
Spain Spain PROPN Number=Sing 2 nsubj
recalls recall VERB Number=Sing|VerbForm=Fin 0 root
the the DET _ 4 det
need need NOUN Number=Sing 2 obj
to to PART _ 6 mark
act act VERB VerbForm=Inf 4 acl
and and CCONJ _ 8 cc
offers offer VERB Number=Sing|VerbForm=Fin 6 conj
help help NOUN Number=Sing 8 obj
"""


@pytest.mark.parametrize(
    ("lang", "tree", "words", "subject"),
    [
        ("sv", NOT_ONLY, "utan även gynnar banker", "skatten"),
        ("en", AGREEMENT, "and cuts pay", "law"),
        ("sv", REPEATED, "och att betala", "er"),
        ("nl", DEEP, "en te planten", None),
        ("en", FINITE_AGAIN, "and offers help", "Spain"),
    ],
)
def test_conjuncts_share_the_subject_of_their_like(
    lang: str, tree: str, words: str, subject: str | None
) -> None:
    assert texts(lang, tree)[words].subject == subject


# --- antecedents

ARREST = """
Gripandet gripande NOUN Number=Sing 6 nsubj
av av ADP _ 3 case
Eva Eva PROPN _ 1 nmod
som som PRON PronType=Rel 5 nsubj
skriver skriva VERB VerbForm=Fin 1 acl:relcl
väckte väcka VERB VerbForm=Fin 0 root
uppseende uppseende NOUN Number=Sing 6 obj
"""

WHOLE = """
De de PRON PronType=Prs 2 nsubj
höjer höja VERB VerbForm=Fin 0 root
avgifterna avgift NOUN Number=Plur 2 obj
, , PUNCT _ 6 punct
vilket vilken PRON Number=Sing|PronType=Rel 6 nsubj
förvånar förvåna VERB VerbForm=Fin 3 acl:relcl
"""


def test_a_relative_pronoun_stands_for_the_person_right_before_it() -> None:
    doc = compact("sv", ARREST)
    assert next(c for c in segment(doc) if c.kind == "relative").subject == "Gripandet"
    doc.set_ents([Span(doc, 2, 3, label="PER")])
    assert next(c for c in segment(doc) if c.kind == "relative").subject == "Eva"


def test_a_singular_pronoun_does_not_stand_for_a_plural() -> None:
    assert texts("sv", WHOLE)["vilket förvånar"].subject == "vilket"
    whole = WHOLE.replace("avgifterna avgift NOUN Number=Plur", "priset pris NOUN Number=Sing")
    assert texts("sv", whole)["vilket förvånar"].subject == "priset"


@given(st.integers(0, 8), st.integers(0, 8))
def test_rehanging_never_makes_a_cycle(token: int, head: int) -> None:
    tree = Tree(compact("en", FINITE_AGAIN))
    tree.rehang(token, head)
    seen = list(tree.top_down())
    assert sorted(seen) == list(range(tree.size))
    for word in range(tree.size):
        assert tree.head[word] == word or word in tree.children[tree.head[word]]


# --- particles before infinitives

PARTICLE_AS_CASE = """
Zij zij PRON PronType=Prs 2 nsubj
roept oproepen VERB Number=Sing|VerbForm=Fin 0 root
Noorwegen Noorwegen PROPN _ 9 obj
op op ADP _ 6 case
de de DET _ 6 det
gevangenen gevangene NOUN _ 9 obl
vrij vrij ADJ _ 9 compound:prt
te te ADP _ 9 mark
laten laten VERB VerbForm=Inf 2 xcomp
"""

PARTICLE_AS_MARK = """
Zij zij PRON PronType=Prs 2 nsubj
moedigt moedigen VERB Number=Sing|VerbForm=Fin 0 root
Noorwegen Noorwegen PROPN _ 2 obj
aan aan ADP _ 8 mark
de de DET _ 6 det
wet wet NOUN _ 8 obj
te te ADP _ 8 mark
wijzigen wijzigen VERB VerbForm=Inf 2 xcomp
"""

PREPOSITION = """
Zij zij PRON PronType=Prs 2 nsubj
weigert weigeren VERB Number=Sing|VerbForm=Fin 0 root
aan aan ADP _ 5 case
de de DET _ 5 det
eis eis NOUN _ 7 obl
te te ADP _ 7 mark
voldoen voldoen VERB VerbForm=Inf 2 xcomp
"""


@pytest.mark.parametrize(
    ("tree", "words", "predicate"),
    [
        (PARTICLE_AS_CASE, "Zij roept Noorwegen op", "oproepen"),
        (PARTICLE_AS_MARK, "Zij moedigt Noorwegen aan", "aanmoedigen"),
        (PREPOSITION, "Zij weigert", "weigeren"),
    ],
)
def test_a_particle_before_an_infinitive_is_the_verbs(
    tree: str, words: str, predicate: str
) -> None:
    assert texts("nl", tree)[words].predicate == predicate


def test_what_stands_before_the_particle_is_asked() -> None:
    assert texts("nl", PARTICLE_AS_CASE)["de gevangenen vrij te laten"].subject == "Noorwegen"


# --- reports and labels

REPORT = """
Läget läge NOUN _ 3 nsubj
är vara AUX VerbForm=Fin 3 cop
allvarligt allvarlig ADJ _ 0 root
, , PUNCT _ 3 punct
fortsätter fortsätta VERB VerbForm=Fin 3 parataxis
hon hon PRON PronType=Prs 5 nsubj
"""

LABEL = """
Bakgrund bakgrund NOUN _ 0 root
: : PUNCT _ 1 punct
regeringen regering NOUN _ 4 nsubj
ändrade ändra VERB VerbForm=Fin 1 conj
lagen lag NOUN _ 4 obj
"""

IDIOM = """
They they PRON PronType=Prs 2 nsubj
hold hold VERB VerbForm=Fin 0 root
those that PRON PronType=Dem 2 obj
responsible responsible ADJ _ 3 amod
to to PART _ 6 mark
account account VERB VerbForm=Inf 4 advcl
"""


@pytest.mark.parametrize(
    ("lang", "tree", "expected"),
    [
        ("sv", REPORT, ["main", "parenthetical"]),
        ("sv", REPORT.replace("hon hon PRON PronType=Prs 5 nsubj", "nu nu ADV _ 5 advmod"), 2),
        ("sv", LABEL, ["fragment", "main"]),
        ("en", IDIOM, ["main"]),
    ],
)
def test_reports_labels_and_idioms(lang: str, tree: str, expected: list[str] | int) -> None:
    kinds = [clause.kind for clause in segment(compact(lang, tree))]
    if isinstance(expected, int):
        assert len(kinds) == expected and "parenthetical" not in kinds
    else:
        assert kinds == expected


# --- participles

PREPOSITIONAL = """
Angående angående ADJ VerbForm=Part 2 amod
straffen straff NOUN _ 3 nsubj
begär begära VERB VerbForm=Fin 0 root
kommittén kommitté NOUN _ 3 nsubj
besked besked NOUN _ 3 obj
"""


def test_a_participle_with_its_phrase_behind_a_subject_describes_it() -> None:
    tree = """
alla all DET _ 2 det
personer person NOUN _ 6 nsubj:pass
dömda dömd ADJ VerbForm=Part 6 xcomp
för för ADP _ 5 case
mord mord NOUN _ 3 obl
friges frige VERB VerbForm=Fin|Voice=Pass 0 root
"""
    found = texts("sv", tree)
    assert [clause.kind for clause in found.values()] == ["main", "participial"]
    assert found["dömda för mord"].subject == "personer"
    assert list(texts("sv", tree.replace("3 obl", "6 obl"))) == [
        "alla personer dömda för mord friges"
    ]


def test_what_a_participle_governs_as_a_preposition_is_no_subject() -> None:
    [clause] = texts("sv", PREPOSITIONAL).values()
    assert clause.subject == "kommittén"


IMPLEMENTING = """
The the DET _ 2 det
Directive directive PROPN Number=Sing 11 nsubj
, , PUNCT _ 4 punct
activated activate VERB Tense=Past|VerbForm=Part 2 acl
by by SCONJ _ 7 mark
Council Council PROPN Number=Sing 7 nsubj
Implementing implement VERB VerbForm=Ger 4 advcl
Decision decision PROPN Number=Sing 7 obj
382 382 NUM _ 8 nummod
, , PUNCT _ 4 punct
applies apply VERB Number=Sing|VerbForm=Fin 0 root
"""

REVISED = """
They they PRON PronType=Prs 2 nsubj
signed sign VERB Tense=Past|VerbForm=Fin 0 root
the the DET _ 4 det
Charter Charter PROPN Number=Sing 2 obj
( ( PUNCT _ 6 punct
revised revise VERB Tense=Past|VerbForm=Part 4 acl
) ) PUNCT _ 6 punct
"""


def test_gerund_in_the_name_of_an_act_heads_no_clause():
    assert set(texts("en", IMPLEMENTING)) == {
        "The Directive applies",
        "activated by Council Implementing Decision 382",
    }


def test_participle_alone_in_brackets_heads_no_clause():
    assert set(texts("en", REVISED)) == {"They signed the Charter revised"}
