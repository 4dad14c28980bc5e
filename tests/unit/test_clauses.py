"""The clause grammar on gold trees: hand-made ones, and a sample of the UD treebanks."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipeline.clauses import segment
from pipeline.types import CLAUSE_KINDS, Clause
from tests.conllu import compact, sentences, to_doc

GOLD = Path(__file__).parents[1] / "gold"


def texts(doc: Doc, clauses: list[Clause]) -> list[tuple[str, str]]:
    """Kind and words of each clause, punctuation left out, `…` where a fragment ends."""
    rows = []
    for clause in clauses:
        words = [token for token in clause.tokens if doc[token].pos_ != "PUNCT"]
        inside = {token for token in range(words[0], words[-1] + 1) if doc[token].pos_ == "PUNCT"}
        text = [doc[words[0]].text]
        for left, right in pairwise(words):
            gap = set(range(left + 1, right)) - inside
            text += (["…"] if gap else []) + [doc[right].text]
        rows.append((clause.kind, " ".join(text)))
    return rows


NL_RECURSION = """
De de DET _ 2 det
Raad raad NOUN _ 3 nsubj
herhaalt herhalen VERB VerbForm=Fin 0 root
dat dat SCONJ _ 6 mark
hij hij PRON _ 6 nsubj
vastbesloten vastbesloten ADJ _ 3 ccomp
is zijn AUX VerbForm=Fin 6 cop
degenen degene PRON _ 15 obj
die die PRON PronType=Rel 10 nsubj
schuldig schuldig ADJ _ 8 acl:relcl
zijn zijn AUX VerbForm=Fin 10 cop
ter ter ADP _ 13 case
verantwoording verantwoording NOUN _ 15 obl
te te ADP _ 15 mark
roepen roepen VERB VerbForm=Inf 6 xcomp
. . PUNCT _ 3 punct
"""

NL_SPLIT_VERB = """
De de DET _ 2 det
EU EU PROPN _ 3 nsubj
dringt dringen VERB VerbForm=Fin 0 root
er er ADV _ 3 advmod
bij bij ADP _ 6 case
Belarus Belarus PROPN _ 3 obl:arg
op op ADP _ 4 case
aan aan ADP _ 3 compound:prt
zich zich PRON Reflex=Yes 11 obj
te te ADP _ 11 mark
houden houden VERB VerbForm=Inf 3 xcomp
aan aan ADP _ 13 case
normen norm NOUN _ 11 obl:arg
en en CCONJ _ 17 cc
aanbevelingen aanbeveling NOUN _ 17 obj
te te ADP _ 17 mark
volgen volgen VERB VerbForm=Inf 11 conj
. . PUNCT _ 3 punct
"""

NL_MODAL = """
Het het DET _ 2 det
voorzitterschap voorzitterschap NOUN _ 5 nsubj
zou zullen AUX Tense=Past|VerbForm=Fin 5 aux
moeten moeten AUX VerbForm=Inf 5 aux
zorgen zorgen VERB VerbForm=Inf 0 root
dat dat SCONJ _ 9 mark
de de DET _ 8 det
fase fase NOUN _ 9 nsubj
leidt leiden VERB VerbForm=Fin 5 ccomp
tot tot ADP _ 11 case
afwijkingen afwijking NOUN _ 9 obl:arg
door door SCONJ _ 16 mark
staten staat NOUN _ 16 obj
aan aan ADP _ 16 compound:prt
te te ADP _ 16 mark
moedigen aanmoedigen VERB VerbForm=Inf 5 advcl
"""

NL_PARTICIPLE = """
De de DET _ 2 det
Raad raad NOUN _ 3 nsubj
veroordeelt veroordelen VERB VerbForm=Fin 0 root
het het DET _ 8 det
door door ADP _ 6 case
Loekasjenka Loekasjenka PROPN _ 7 obl:agent
ondertekende ondertekenen VERB VerbForm=Part 8 amod
decreet decreet NOUN _ 3 obj
, , PUNCT _ 10 punct
voorgesteld voorstellen VERB VerbForm=Part 8 acl
door door ADP _ 13 case
de de DET _ 13 det
minister minister NOUN _ 10 obl:agent
"""

NL_POSTURE = """
Zij zij PRON _ 2 nsubj
zitten zitten VERB VerbForm=Fin 0 root
te te ADP _ 4 mark
wachten wachten VERB VerbForm=Inf 2 xcomp
en en CCONJ _ 6 cc
dreigen dreigen VERB VerbForm=Fin 2 conj
te te ADP _ 8 mark
vertrekken vertrekken VERB VerbForm=Inf 6 xcomp
"""

EN_SHARED_OBJECT = """
It it PRON _ 2 nsubj
risks risk VERB VerbForm=Fin 0 root
further further ADV _ 4 advmod
normalising normalise VERB VerbForm=Ger 2 xcomp
and and CCONJ _ 6 cc
enabling enable VERB VerbForm=Ger 4 conj
the the DET _ 9 det
prevailing prevail VERB VerbForm=Part 9 amod
practice practice NOUN _ 4 obj
. . PUNCT _ 2 punct
"""

EN_PROPOSALS = """
The the DET _ 2 det
Regulation regulation NOUN _ 11 nsubj
, , PUNCT _ 5 punct
including include VERB VerbForm=Ger 5 case
proposals proposal NOUN _ 2 nmod
allowing allow VERB VerbForm=Ger 5 acl
states state NOUN _ 6 obj
to to PART _ 9 mark
deviate deviate VERB VerbForm=Inf 6 xcomp
, , PUNCT _ 5 punct
stands stand VERB VerbForm=Fin 0 root
. . PUNCT _ 11 punct
"""

EN_MODALS = """
States state NOUN _ 4 nsubj
must must AUX VerbForm=Fin 4 aux
not not PART _ 4 advmod
create create VERB VerbForm=Inf 0 root
exemptions exemption NOUN _ 4 obj
and and CCONJ _ 9 cc
have have VERB VerbForm=Fin 4 conj
to to PART _ 9 mark
uphold uphold VERB VerbForm=Inf 7 xcomp
what what PRON PronType=Int 9 obj
they they PRON _ 12 nsubj
signed sign VERB VerbForm=Fin 10 acl:relcl
"""

EN_OUTER = """
The the DET _ 2 det
aim aim NOUN _ 5 nsubj:outer
is be AUX VerbForm=Fin 5 cop
to to PART _ 5 mark
strengthen strengthen VERB VerbForm=Inf 0 root
support support NOUN _ 5 obj
"""

EN_QUOTE = """
" " PUNCT _ 4 punct
We we PRON _ 4 nsubj
can can AUX VerbForm=Fin 4 aux
act act VERB VerbForm=Inf 0 root
, , PUNCT _ 4 punct
" " PUNCT _ 4 punct
said say VERB VerbForm=Fin 4 parataxis
the the DET _ 9 det
minister minister NOUN _ 7 nsubj
. . PUNCT _ 4 punct
"""

EN_FOCUS = """
Ensure ensure VERB Mood=Imp|VerbForm=Fin 0 root
progress progress NOUN _ 1 obj
, , PUNCT _ 7 punct
in in ADP _ 5 case
particular particular ADJ _ 1 obl
by by SCONJ _ 7 mark
protecting protect VERB VerbForm=Ger 1 advcl
rights right NOUN _ 7 obj
"""

SV_RECITAL = """
med med ADP _ 2 case
beaktande beaktande NOUN _ 0 root
av av ADP _ 4 case
avtalet avtal NOUN _ 2 nmod
, , PUNCT _ 7 punct
som som PRON PronType=Rel 7 nsubj:pass
undertecknades underteckna VERB VerbForm=Fin|Voice=Pass 4 acl:relcl
2015 2015 NUM _ 7 obl
och och CCONJ _ 10 cc
trädde träda VERB VerbForm=Fin 7 conj
i i ADP _ 12 case
kraft kraft NOUN _ 10 obl
"""

SV_CALL = """
Europaparlamentet Europaparlamentet PROPN _ 2 nsubj
uppmanar uppmana VERB VerbForm=Fin 0 root
Kazakstans Kazakstan PROPN _ 4 nmod:poss
regering regering NOUN _ 2 obj
att att PART _ 6 mark
lägga lägga VERB VerbForm=Inf 2 xcomp
ner ner ADV _ 6 compound:prt
åtal åtal NOUN _ 6 obj
och och CCONJ _ 10 cc
upphöra upphöra VERB VerbForm=Inf 6 conj
med med ADP _ 12 case
trakasserier trakasseri NOUN _ 10 obl
och och CCONJ _ 15 cc
att att PART _ 15 mark
låta låta VERB VerbForm=Inf 6 conj
människor människa NOUN _ 15 obj
uttrycka uttrycka VERB VerbForm=Inf 15 xcomp
åsikter åsikt NOUN _ 17 obj
så så ADV _ 15 advmod
att att SCONJ _ 22 mark
friheten frihet NOUN _ 22 nsubj:pass
garanteras garantera VERB VerbForm=Fin|Voice=Pass 15 advcl
. . PUNCT _ 2 punct
"""

SV_SUPINE = """
Om om SCONJ _ 5 mark
kongressen kongress NOUN _ 5 nsubj:pass
inte inte PART Polarity=Neg 5 advmod
ännu ännu ADV _ 5 advmod
hållits hålla VERB VerbForm=Sup|Voice=Pass 7 advcl
är vara AUX VerbForm=Fin 7 cop
omöjligt omöjlig ADJ _ 0 root
att att PART _ 9 mark
registrera registrera VERB VerbForm=Inf 7 csubj
sig sig PRON Reflex=Yes 9 obj
"""

TABLE = [
    (
        "nl",
        NL_RECURSION,
        [
            ("main", "De Raad herhaalt"),
            ("complement", "dat hij vastbesloten is"),
            ("infinitive", "degenen … ter verantwoording te roepen"),
            ("relative", "die schuldig zijn"),
        ],
    ),
    (
        "nl",
        NL_SPLIT_VERB,
        [
            ("main", "De EU dringt er bij Belarus op aan"),
            ("infinitive", "zich te houden aan normen"),
            ("coordinate", "en aanbevelingen te volgen"),
        ],
    ),
    (
        "nl",
        NL_MODAL,
        [
            ("main", "Het voorzitterschap zou moeten zorgen"),
            ("complement", "dat de fase leidt tot afwijkingen"),
            ("infinitive", "door staten aan te moedigen"),
        ],
    ),
    (
        "nl",
        NL_PARTICIPLE,
        [
            ("main", "De Raad veroordeelt het door Loekasjenka ondertekende decreet"),
            ("participial", "voorgesteld door de minister"),
        ],
    ),
    (
        "nl",
        NL_POSTURE,
        [
            ("main", "Zij zitten te wachten"),
            ("coordinate", "en dreigen"),
            ("infinitive", "te vertrekken"),
        ],
    ),
    (
        "en",
        EN_SHARED_OBJECT,
        [
            ("main", "It risks"),
            ("participial", "further normalising"),
            ("coordinate", "and enabling the prevailing practice"),
        ],
    ),
    (
        "en",
        EN_PROPOSALS,
        [
            ("main", "The Regulation including proposals … stands"),
            ("participial", "allowing states"),
            ("infinitive", "to deviate"),
        ],
    ),
    (
        "en",
        EN_MODALS,
        [
            ("main", "States must not create exemptions"),
            ("coordinate", "and have to uphold"),
            ("relative", "what they signed"),
        ],
    ),
    ("en", EN_OUTER, [("main", "The aim is"), ("infinitive", "to strengthen support")]),
    ("en", EN_QUOTE, [("main", "We can act"), ("parenthetical", "said the minister")]),
    (
        "en",
        EN_FOCUS,
        [("main", "Ensure progress"), ("participial", "in particular by protecting rights")],
    ),
    (
        "sv",
        SV_RECITAL,
        [
            ("fragment", "med beaktande av avtalet"),
            ("relative", "som undertecknades 2015"),
            ("coordinate", "och trädde i kraft"),
        ],
    ),
    (
        "sv",
        SV_CALL,
        [
            ("main", "Europaparlamentet uppmanar Kazakstans regering"),
            ("infinitive", "att lägga ner åtal"),
            ("coordinate", "och upphöra med trakasserier"),
            ("infinitive", "och att låta människor uttrycka åsikter"),
            ("adverbial", "så att friheten garanteras"),
        ],
    ),
    (
        "sv",
        SV_SUPINE,
        [
            ("adverbial", "Om kongressen inte ännu hållits"),
            ("main", "är omöjligt"),
            ("infinitive", "att registrera sig"),
        ],
    ),
]


# Trees with an error that parsers make, and the clauses that a reader sees all the same.
REPAIRED = [
    (
        "en",
        """
        They they PRON _ 2 nsubj
        allow allow VERB VerbForm=Fin 0 root
        states state NOUN _ 5 nsubj
        to to PART _ 5 mark
        deviate deviate VERB VerbForm=Inf 2 xcomp
        """,
        [("main", "They allow states"), ("infinitive", "to deviate")],
    ),
    (
        "nl",
        """
        Hij hij PRON _ 2 nsubj
        dringt dringen VERB VerbForm=Fin 0 root
        er er ADV _ 2 advmod
        op op ADP _ 2 case
        aan aan ADP _ 8 mark
        mee mee ADP _ 8 compound:prt
        te te ADP _ 8 mark
        werken meewerken VERB VerbForm=Inf 2 xcomp
        """,
        [("main", "Hij dringt er op aan"), ("infinitive", "mee te werken")],
    ),
    (
        "nl",
        """
        Zij zij PRON _ 3 nsubj
        hebben hebben AUX VerbForm=Fin 3 aux
        besloten besluiten VERB VerbForm=Part 0 root
        geen geen DET _ 5 det
        missie missie NOUN _ 3 obj
        uit uit ADP _ 8 compound:prt
        te te ADP _ 8 mark
        nodigen uitnodigen VERB VerbForm=Inf 3 xcomp
        """,
        [("main", "Zij hebben besloten"), ("infinitive", "geen missie uit te nodigen")],
    ),
    (
        "en",
        """
        It it PRON _ 2 nsubj
        helps help VERB VerbForm=Fin 0 root
        people people NOUN _ 2 obj
        seeking seek VERB VerbForm=Ger 3 acl
        safety safety NOUN _ 4 obj
        at at ADP _ 7 case
        borders border NOUN _ 2 obl
        """,
        [("main", "It helps people"), ("participial", "seeking safety at borders")],
    ),
    (
        "sv",
        """
        Rådet råd NOUN _ 2 nsubj
        fördömer fördöma VERB VerbForm=Fin 0 root
        våldet våld NOUN _ 2 obj
        och och CCONJ _ 3 cc
        kräver kräva VERB VerbForm=Fin 2 conj
        fred fred NOUN _ 5 obj
        """,
        [("main", "Rådet fördömer våldet"), ("coordinate", "och kräver fred")],
    ),
    (
        "en",
        """
        Belgium Belgium PROPN _ 2 nsubj
        presides preside VERB VerbForm=Fin 0 root
        and and CCONJ _ 6 cc
        Amnesty Amnesty PROPN _ 6 nsubj
        International International PROPN _ 2 obl
        calls call VERB VerbForm=Fin 2 conj
        """,
        [("main", "Belgium presides"), ("coordinate", "and Amnesty International calls")],
    ),
    (
        "nl",
        """
        Ze ze PRON _ 2 nsubj
        dreigen dreigen VERB VerbForm=Fin 0 root
        echter echter ADV _ 6 advmod
        tekort tekort ADV _ 6 compound:prt
        te te ADP _ 6 mark
        schieten tekortschieten VERB VerbForm=Inf 2 xcomp
        """,
        [("main", "Ze dreigen echter"), ("infinitive", "tekort te schieten")],
    ),
    (
        "nl",
        """
        Men men PRON _ 2 nsubj
        eindigt eindigen VERB VerbForm=Fin 0 root
        door door ADP _ 8 mark
        hen hen PRON _ 8 obj
        in in ADP _ 8 compound:prt
        kennis kennis NOUN _ 5 fixed
        te te ADP _ 8 mark
        stellen stellen VERB VerbForm=Inf 2 advcl
        """,
        [("main", "Men eindigt"), ("infinitive", "door hen in kennis te stellen")],
    ),
    (
        "sv",
        """
        verka verka VERB VerbForm=Inf 0 root
        för för ADP _ 5 mark
        att att SCONJ _ 5 mark
        organ organ NOUN _ 5 nsubj
        granskar granska VERB VerbForm=Fin 1 advcl
        , , PUNCT _ 7 punct
        och och CCONJ _ 1 cc
        """,
        [("main", "verka"), ("adverbial", "för att organ granskar och")],
    ),
    (
        "en",
        """
        The the DET _ 2 det
        undersigned undersigned NOUN _ 6 nsubj:pass
        , , PUNCT _ 6 punct
        being be AUX VerbForm=Ger 6 aux:pass
        duly duly ADV _ 6 advmod
        authorised authorise VERB VerbForm=Part 9 advcl
        , , PUNCT _ 6 punct
        have have AUX VerbForm=Fin 9 aux
        signed sign VERB VerbForm=Part 0 root
        """,
        [("main", "The undersigned … have signed"), ("participial", "being duly authorised")],
    ),
    (
        "en",
        """
        Amnesty Amnesty PROPN _ 0 root
        , , PUNCT _ 1 punct
        Caught catch VERB VerbForm=Part 1 parataxis
        in in ADP _ 5 case
        Nets net NOUN _ 3 obl
        , , PUNCT _ 7 punct
        9 9 NUM _ 3 obl
        October October PROPN _ 7 nmod
        2023 2023 NUM _ 7 nmod
        """,
        [("fragment", "Amnesty … 9 October 2023"), ("participial", "Caught in Nets")],
    ),
    (
        "en",
        """
        It it PRON _ 2 nsubj
        centres centre VERB VerbForm=Fin 0 root
        on on ADP _ 4 case
        rights right NOUN _ 2 obl
        and and CCONJ _ 6 cc
        remains remain VERB VerbForm=Fin 2 conj
        committed committed ADJ _ 2 conj
        """,
        [("main", "It centres on rights"), ("coordinate", "and remains committed")],
    ),
    (
        "en",
        """
        Please please INTJ _ 2 discourse
        find find VERB VerbForm=Fin 0 root
        enclosed enclose VERB VerbForm=Part 2 advcl
        with with ADP _ 5 case
        this this PRON _ 3 obl
        an an DET _ 7 det
        annex annex NOUN _ 2 obj
        """,
        [("main", "Please find enclosed with this an annex")],
    ),
    (
        "en",
        """
        They they PRON _ 2 nsubj
        help help VERB VerbForm=Fin 0 root
        provided provide VERB VerbForm=Part 2 advcl
        that that SCONJ _ 6 mark
        talks talk NOUN _ 6 nsubj
        start start VERB VerbForm=Fin 3 ccomp
        """,
        [("main", "They help"), ("adverbial", "provided that talks start")],
    ),
    (
        "en",
        """
        Aid aid NOUN _ 2 nsubj
        ends end VERB VerbForm=Fin 0 root
        without without SCONJ _ 5 mark
        being be AUX VerbForm=Ger 5 aux:pass
        noticed notice VERB VerbForm=Part 2 advcl
        """,
        [("main", "Aid ends"), ("participial", "without being noticed")],
    ),
    (
        "en",
        """
        What what PRON _ 7 nsubj:pass
        counts count NOUN _ 1 acl
        is be AUX VerbForm=Fin 7 aux:pass
        that that SCONJ _ 7 mark
        they they PRON _ 7 nsubj:pass
        are be AUX VerbForm=Fin 7 aux:pass
        heard hear VERB VerbForm=Part 0 root
        """,
        [("main", "What counts is"), ("complement", "that they are heard")],
    ),
    (
        "en",
        """
        1. 1. PUNCT _ 2 punct
        Calls call NOUN _ 0 root
        on on ADP _ 4 case
        Iran Iran PROPN _ 2 nmod
        to to PART _ 6 mark
        act act VERB VerbForm=Inf 2 acl
        """,
        [("main", "Calls on Iran"), ("infinitive", "to act")],
    ),
    (
        "en",
        """
        We we PRON _ 2 nsubj
        urge urge VERB VerbForm=Fin 0 root
        Iran Iran PROPN _ 2 obj
        to to PART _ 5 mark
        free free ADJ _ 3 acl
        them they PRON _ 5 obj
        """,
        [("main", "We urge Iran"), ("infinitive", "to free them")],
    ),
    (
        "en",
        """
        Urges urge VERB VerbForm=Fin 0 root
        Iran Iran PROPN _ 1 obj
        to to PART _ 4 mark
        act act VERB VerbForm=Inf 1 xcomp
        ; ; PUNCT _ 6 punct
        notes note NOUN _ 1 parataxis
        its its PRON _ 8 nmod:poss
        reply reply NOUN _ 6 obj
        """,
        [("main", "Urges Iran"), ("infinitive", "to act"), ("coordinate", "notes its reply")],
    ),
    (
        "en",
        """
        Telephone telephone NOUN _ 2 compound
        calls call NOUN _ 0 root
        on on ADP _ 4 case
        Monday Monday PROPN _ 2 nmod
        """,
        [("fragment", "Telephone calls on Monday")],
    ),
]


@pytest.mark.parametrize(("lang", "tree", "expected"), REPAIRED)
def test_order_of_words_corrects_a_parse(
    lang: str, tree: str, expected: list[tuple[str, str]]
) -> None:
    doc = compact(lang, tree)
    assert texts(doc, segment(doc)) == expected


@pytest.mark.parametrize(("lang", "tree", "expected"), TABLE)
def test_a_sentence_falls_into_the_clauses_of_the_guidelines(
    lang: str, tree: str, expected: list[tuple[str, str]]
) -> None:
    doc = compact(lang, tree)
    assert texts(doc, segment(doc)) == expected


@pytest.mark.parametrize(
    ("lang", "tree", "index", "columns"),
    [
        ("nl", NL_RECURSION, 2, {"predicate": "roepen", "subject": "hij", "marker": "te"}),
        ("nl", NL_RECURSION, 1, {"predicate": "vastbesloten", "modality": None}),
        ("nl", NL_RECURSION, 3, {"subject": "degenen", "marker": "die", "finite": True}),
        ("nl", NL_SPLIT_VERB, 0, {"predicate": "aandringen", "subject": "EU", "finite": True}),
        ("nl", NL_SPLIT_VERB, 1, {"finite": False, "voice": "active"}),
        ("nl", NL_MODAL, 0, {"predicate": "zorgen", "modality": "recommendation"}),
        ("nl", NL_MODAL, 2, {"predicate": "aanmoedigen", "marker": "door te"}),
        ("nl", NL_PARTICIPLE, 1, {"subject": "decreet", "voice": "passive"}),
        ("nl", NL_POSTURE, 0, {"predicate": "wachten", "modality": None}),
        ("nl", NL_POSTURE, 1, {"predicate": "dreigen", "subject": "Zij", "marker": None}),
        ("en", EN_SHARED_OBJECT, 2, {"predicate": "enable", "subject": "It"}),
        ("en", EN_PROPOSALS, 1, {"predicate": "allow", "subject": "proposals"}),
        ("en", EN_PROPOSALS, 2, {"subject": "states", "marker": "to"}),
        ("en", EN_MODALS, 0, {"modality": "prohibition", "negated": True}),
        (
            "en",
            EN_MODALS,
            1,
            {"predicate": "uphold", "modality": "obligation", "negated": False},
        ),
        ("en", EN_MODALS, 2, {"marker": "what", "subject": "they"}),
        ("en", EN_OUTER, 0, {"predicate": "be", "subject": "aim", "finite": True}),
        ("en", EN_OUTER, 1, {"predicate": "strengthen", "finite": False, "parent": 0}),
        ("en", EN_QUOTE, 0, {"modality": "possibility"}),
        ("sv", SV_RECITAL, 0, {"predicate": None, "voice": None, "finite": False}),
        ("sv", SV_RECITAL, 1, {"subject": "avtalet", "voice": "passive", "marker": "som"}),
        ("sv", SV_RECITAL, 2, {"subject": "avtalet", "voice": "active"}),
        ("sv", SV_CALL, 1, {"predicate": "lägga ner", "subject": "regering", "parent": 0}),
        ("sv", SV_CALL, 4, {"marker": "så att", "voice": "passive", "parent": 3}),
        ("sv", SV_SUPINE, 0, {"finite": True, "negated": True, "marker": "om"}),
        ("sv", SV_SUPINE, 1, {"modality": "possibility", "negated": False}),
    ],
)
def test_columns_describe_the_clause(
    lang: str, tree: str, index: int, columns: dict[str, object]
) -> None:
    clause = segment(compact(lang, tree))[index]
    assert {name: getattr(clause, name) for name in columns} == columns


def test_nominalised_infinitive_heads_no_clause() -> None:
    doc = compact(
        "nl",
        """
        Een een DET _ 2 det
        prioriteit prioriteit NOUN _ 5 nsubj
        is zijn AUX VerbForm=Fin 5 cop
        het het DET _ 5 det
        versterken versterken VERB VerbForm=Inf 0 root
        van van ADP _ 8 case
        de de DET _ 8 det
        veerkracht veerkracht NOUN _ 5 nmod
        """,
    )
    assert [clause.kind for clause in segment(doc)] == ["main"]


def test_label_goes_with_the_clause_that_it_opens_and_mark_with_the_one_before() -> None:
    doc = compact(
        "en",
        """
        2 2 PUNCT _ 6 punct
        . . PUNCT _ 6 punct
        If if SCONJ _ 5 mark
        they they PRON _ 5 nsubj
        agree agree VERB VerbForm=Fin 6 advcl
        act act VERB Mood=Imp|VerbForm=Fin 0 root
        (1) (1) PUNCT _ 6 punct
        """,
    )
    assert [clause.tokens for clause in segment(doc)] == [(0, 1, 2, 3, 4), (5, 6)]


def test_unparsed_language_is_reported() -> None:
    with pytest.raises(FileNotFoundError):
        segment(compact("de", "Ja ja INTJ _ 0 root"))


def test_empty_doc_has_no_clauses() -> None:
    assert segment(compact("en", "x x X _ 0 root")[:0].as_doc()) == []


@pytest.mark.parametrize("lang", ["nl", "en", "sv"])
def test_clause_starts_agree_with_annotated_treebank_sample(lang: str) -> None:
    text = (GOLD / f"ud-clauses.{lang}.conllu").read_text("utf-8")
    right = found = wanted = 0
    for _, rows in sentences(text):
        gold = {int(row[0]) - 1 for row in rows if "Clause=" in row[9]}
        doc = to_doc(lang, [rows])
        starts = {
            next((token for token in clause.tokens if not doc[token].is_punct), clause.tokens[0])
            for clause in segment(doc)
        }
        right += len(gold & starts)
        found += len(starts)
        wanted += len(gold)
    assert 2 * right / (found + wanted) >= 0.97


COLUMNS = ["Predicate", "Subject", "Marker", "Finite", "Negated", "Modality", "Voice"]


def column(clause: Clause, name: str) -> str:
    """A column as the gold files write it: text, `Yes` for true, nothing for null and false."""
    value = getattr(clause, name.lower())
    return "Yes" if value is True else (value or "")


@pytest.mark.parametrize("lang", ["nl", "en", "sv"])
@pytest.mark.parametrize("name", COLUMNS)
def test_each_column_agrees_with_annotated_treebank_sample(lang: str, name: str) -> None:
    text = (GOLD / f"ud-clauses.{lang}.conllu").read_text("utf-8")
    outcomes = []
    for _, rows in sentences(text):
        doc = to_doc(lang, [rows])
        found = {}
        for clause in segment(doc):
            words = [token for token in clause.tokens if not doc[token].is_punct]
            found[(words or clause.tokens)[0]] = clause
        for token, row in enumerate(rows):
            gold = dict(pair.split("=", 1) for pair in row[9].split("|") if "=" in pair)
            if "Clause" in gold and token in found:
                outcomes.append(column(found[token], name) == gold.get(name, ""))
    assert len(outcomes) >= 60
    assert sum(outcomes) / len(outcomes) >= 0.90


RELATIONS = [
    *("nsubj", "obj", "obl", "nmod", "advcl", "acl", "acl:relcl", "ccomp", "xcomp", "csubj"),
    *("conj", "cc", "mark", "aux", "cop", "punct", "parataxis", "appos", "case", "det"),
    *("nsubj:outer", "compound:prt", "advmod", "amod", "fixed", "dep", "list"),
]
WORDS = ["te", "att", "to", "dat", "som", "what", "så", "not", "is", "zullen", "regering", "(", ","]
FORMS = ["", "VerbForm=Fin", "VerbForm=Inf", "VerbForm=Ger", "VerbForm=Part", "VerbForm=Sup"]


@st.composite
def random_trees(draw: st.DrawFn) -> list[list[list[str]]]:
    parsed = []
    for _ in range(draw(st.integers(1, 3))):
        size = draw(st.integers(1, 12))
        order = draw(st.permutations(range(1, size + 1)))
        heads = {order[0]: 0}
        for position in range(1, size):
            heads[order[position]] = order[draw(st.integers(0, position - 1))]
        rows = []
        for number in range(1, size + 1):
            word = draw(st.sampled_from(WORDS))
            pos = draw(st.sampled_from(["NOUN", "VERB", "AUX", "ADJ", "PUNCT", "ADV", "PRON"]))
            relation = draw(st.sampled_from(RELATIONS)) if heads[number] else "root"
            feats = draw(st.sampled_from(FORMS))
            head = str(heads[number])
            rows.append([str(number), word, word, pos, "_", feats or "_", head, relation, "_", "_"])
        parsed.append(rows)
    return parsed


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["nl", "en", "sv"]), random_trees())
def test_clauses_partition_every_sentence_of_any_tree(
    lang: str, parsed: list[list[list[str]]]
) -> None:
    doc = to_doc(lang, parsed)
    clauses = segment(doc)
    tokens = sorted(token for clause in clauses for token in clause.tokens)
    assert tokens == list(range(len(doc)))
    number = [index for index, sentence in enumerate(doc.sents) for _ in range(len(sentence))]
    for clause in clauses:
        assert clause.kind in CLAUSE_KINDS
        assert {number[token] for token in clause.tokens} == {clause.sentence}
        assert list(clause.tokens) == sorted(set(clause.tokens))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["nl", "en", "sv"]), random_trees())
def test_parents_are_acyclic_and_stay_in_the_sentence(
    lang: str, parsed: list[list[list[str]]]
) -> None:
    clauses = segment(to_doc(lang, parsed))
    for clause in clauses:
        seen = 0
        above = clause
        while above.parent is not None:
            above = clauses[above.parent]
            assert above.sentence == clause.sentence
            seen += 1
            assert seen <= len(clauses)
