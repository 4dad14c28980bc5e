"""Demands on hand-made gold trees."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Span

from pipeline.clauses import segment
from pipeline.demands import ACTS, FORCES, Demand, find
from pipeline.demands.lexicon import lexicon
from tests.conllu import compact


def demands(doc: Doc) -> list[Demand]:
    return find(doc, segment(doc))


def content(doc: Doc, demand: Demand) -> list[str]:
    """The first word of each content clause."""
    clauses = segment(doc)
    return [doc[clauses[index].tokens[0]].text for index in demand.content]


SV_CALL = """
Europaparlamentet Europaparlamentet PROPN _ 2 nsubj
uppmanar uppmana VERB VerbForm=Fin 0 root
med med ADP _ 4 case
kraft kraft NOUN _ 2 obl
Kazakstans Kazakstan PROPN _ 6 nmod:poss
regering regering NOUN _ 2 obj
att att PART _ 8 mark
frige frige VERB VerbForm=Inf 2 xcomp
fångarna fånge NOUN _ 8 obj
och och CCONJ _ 12 cc
att att PART _ 12 mark
upphäva upphäva VERB VerbForm=Inf 8 conj
åtgärderna åtgärd NOUN _ 12 obj
"""

SV_DEMAND = """
Parlamentet parlament NOUN _ 2 nsubj
kräver kräva VERB VerbForm=Fin 0 root
att att SCONJ _ 5 mark
myndigheterna myndighet NOUN _ 5 nsubj
agerar agera VERB VerbForm=Fin 2 ccomp
"""

SV_CONCERN = """
Parlamentet parlament NOUN _ 2 nsubj
noterar notera VERB VerbForm=Fin 0 root
med med ADP _ 4 case
oro oro NOUN _ 2 obl
lagförslaget lagförslag NOUN _ 2 obj
"""

NL_CALL = """
De de DET _ 2 det
EU EU PROPN _ 3 nsubj
dringt dringen VERB VerbForm=Fin 0 root
er er ADV _ 3 advmod
bij bij ADP _ 6 case
Belarus Belarus PROPN _ 3 obl:arg
op op ADP _ 4 case
aan aan ADP _ 3 compound:prt
samen samen ADV _ 11 compound:prt
te te ADP _ 11 mark
werken samenwerken VERB VerbForm=Inf 3 xcomp
"""

NL_CONDEMN = """
De de DET _ 2 det
Raad raad NOUN _ 3 nsubj
veroordeelt veroordelen VERB VerbForm=Fin 0 root
ten ten ADP _ 5 case
stelligste stellig ADJ _ 3 obl
de de DET _ 7 det
steun steun NOUN _ 3 obj
en en CCONJ _ 9 cc
roept roepen VERB VerbForm=Fin 3 conj
Belarus Belarus PROPN _ 9 obj
op op ADP _ 9 compound:prt
zich zich PRON Reflex=Yes 15 obj
daarvan daarvan ADV _ 15 advmod
te te ADP _ 15 mark
onthouden onthouden VERB VerbForm=Inf 9 xcomp
"""

NL_CONCERN = """
De de DET _ 2 det
Raad raad NOUN _ 3 nsubj
blijft blijven VERB VerbForm=Fin 0 root
diep diep ADJ _ 5 advmod
bezorgd bezorgd ADJ _ 3 xcomp
over over ADP _ 8 case
de de DET _ 8 det
situatie situatie NOUN _ 5 obl
"""

NL_APPEAL = """
De de DET _ 2 det
Raad raad NOUN _ 3 nsubj
herhaalt herhalen VERB VerbForm=Fin 0 root
zijn zijn PRON _ 5 nmod:poss
oproep oproep NOUN _ 3 obj
aan aan ADP _ 7 case
Belarus Belarus PROPN _ 5 nmod
om om SCONJ _ 12 mark
hen zij PRON _ 12 obj
te te ADP _ 12 mark
laten laten AUX VerbForm=Inf 12 aux
terugkeren terugkeren VERB VerbForm=Inf 5 acl
"""

NL_INTENTION = """
De de DET _ 2 det
Raad raad NOUN _ 3 nsubj
betreurt betreuren VERB VerbForm=Fin 0 root
de de DET _ 5 det
aanvallen aanval NOUN _ 3 obj
. . PUNCT _ 3 punct

De de DET _ 2 det
Raad raad NOUN _ 4 nsubj
zal zullen AUX VerbForm=Fin 4 aux
steunen steunen VERB VerbForm=Inf 0 root
wat wat PRON PronType=Rel 4 obj

De de DET _ 2 det
oorlog oorlog NOUN _ 4 nsubj
zal zullen AUX VerbForm=Fin 4 aux
eindigen eindigen VERB VerbForm=Inf 0 root
"""

EN_MODAL = """
Amnesty Amnesty PROPN _ 2 compound
International International PROPN _ 3 nsubj
welcomes welcome VERB VerbForm=Fin 0 root
this this PRON _ 3 obj
. . PUNCT _ 3 punct

The the DET _ 3 det
Belgian Belgian ADJ _ 3 amod
Presidency Presidency PROPN _ 5 nsubj
should should AUX VerbForm=Fin 5 aux
uphold uphold VERB VerbForm=Inf 0 root
the the DET _ 7 det
law law NOUN _ 5 obj
and and CCONJ _ 9 cc
act act VERB VerbForm=Inf 5 conj
. . PUNCT _ 5 punct
"""

EN_LIST = """
Amnesty Amnesty PROPN _ 2 compound
International International PROPN _ 3 nsubj
urges urge VERB VerbForm=Fin 0 root
you you PRON _ 3 obj
to to PART _ 3 mark
: : PUNCT _ 3 punct

• • PUNCT _ 2 punct
Lead lead VERB VerbForm=Inf 0 root
on on ADP _ 4 case
policies policy NOUN _ 2 obl
. . PUNCT _ 2 punct

• • PUNCT _ 2 punct
Put put VERB VerbForm=Inf 0 root
rights right NOUN _ 2 obj
first first ADV _ 2 advmod
. . PUNCT _ 2 punct

We we PRON _ 2 nsubj
look look VERB VerbForm=Fin 0 root
forward forward ADV _ 2 advmod
"""


@pytest.mark.parametrize(
    ("lang", "tree", "expected"),
    [
        ("sv", SV_CALL, [("call", "Europaparlamentet", "Kazakstans regering", "strong")]),
        ("sv", SV_DEMAND, [("call", "Parlamentet", "myndigheterna", "strong")]),
        ("sv", SV_CONCERN, [("express_concern", "Parlamentet", None, "plain")]),
        ("nl", NL_CALL, [("call", "EU", "Belarus", "strong")]),
        (
            "nl",
            NL_CONDEMN,
            [("condemn", "Raad", None, "strong"), ("call", "Raad", "Belarus", "plain")],
        ),
        ("nl", NL_CONCERN, [("express_concern", "Raad", None, "strong")]),
        ("nl", NL_APPEAL, [("call", "Raad", "Belarus", "plain")]),
        (
            "nl",
            NL_INTENTION,
            [("condemn", "Raad", None, "plain"), ("commit", "Raad", None, "plain")],
        ),
        (
            "en",
            EN_MODAL,
            [
                ("welcome", "Amnesty International", None, "plain"),
                ("call", "Amnesty International", "The Belgian Presidency", "plain"),
            ],
        ),
    ],
)
def test_who_asks_what_of_whom(
    lang: str, tree: str, expected: list[tuple[str, str, str | None, str]]
) -> None:
    found = demands(compact(lang, tree))
    assert [(row.act, row.speaker, row.addressee, row.force) for row in found] == expected


@pytest.mark.parametrize(
    ("lang", "tree", "expected"),
    [
        ("sv", SV_CALL, [["att", "och"]]),
        ("sv", SV_DEMAND, [["att"]]),
        ("nl", NL_CALL, [["samen"]]),
        ("nl", NL_CONDEMN, [["De"], ["zich"]]),
        ("nl", NL_APPEAL, [["om"]]),
        ("en", EN_MODAL, [["Amnesty"], ["The", "and"]]),
    ],
)
def test_content_is_what_is_asked_or_else_the_clause_itself(
    lang: str, tree: str, expected: list[list[str]]
) -> None:
    doc = compact(lang, tree)
    assert [content(doc, row) for row in demands(doc)] == expected


def blocks(doc: Doc, *kinds: tuple[int, int, str, str]) -> None:
    doc.spans["blocks"] = [
        Span(doc, start, end, label=kind, span_id=label) for start, end, kind, label in kinds
    ]


def test_list_items_inherit_from_the_sentence_that_opens_the_list() -> None:
    doc = compact("en", EN_LIST)
    blocks(
        doc,
        (0, 6, "paragraph", ""),
        (6, 11, "list_item", "•"),
        (11, 16, "list_item", "•"),
        (16, 19, "paragraph", ""),
    )
    found = demands(doc)
    assert [(row.act, row.speaker, row.addressee) for row in found] == [
        ("call", "Amnesty International", "you")
    ] * 2
    assert [content(doc, row) for row in found] == [["•"], ["•"]]


def test_without_blocks_the_colon_line_stands_for_itself() -> None:
    doc = compact("en", EN_LIST)
    assert [(row.act, row.addressee) for row in demands(doc)] == [("call", "you")]


def test_line_with_a_name_speaks_in_the_sentences_without_subject() -> None:
    doc = compact(
        "en",
        """
        The the DET _ 2 det
        Parliament parliament PROPN _ 0 root
        , , PUNCT _ 2 punct

        Calls call VERB VerbForm=Fin 0 root
        on on ADP _ 3 case
        Iran Iran PROPN _ 1 obl
        to to PART _ 5 mark
        act act VERB VerbForm=Inf 1 xcomp
        """,
    )
    found = demands(doc)
    assert [(row.act, row.speaker, row.addressee) for row in found] == [
        ("call", "The Parliament", "Iran")
    ]


NL_ITEM = """
Het het DET _ 2 det
Parlement parlement PROPN _ 0 root
, , PUNCT _ 2 punct

verzoekt verzoeken VERB VerbForm=Fin 0 root
de de DET _ 3 det
Raad raad NOUN _ 1 nsubj
op op ADP _ 6 mark
te te ADP _ 6 mark
treden optreden VERB VerbForm=Inf 1 advcl
"""


def test_an_item_that_opens_with_its_verb_is_said_by_the_body_announced_above() -> None:
    found = demands(compact("nl", NL_ITEM))
    assert [(row.act, row.speaker, row.addressee) for row in found] == [
        ("call", "Het Parlement", "de Raad")
    ]


def test_a_salutation_announces_no_speaker() -> None:
    doc = compact(
        "en",
        """
        Dear dear ADJ _ 2 amod
        Minister minister PROPN _ 0 root
        , , PUNCT _ 2 punct

        Call call VERB VerbForm=Imp 0 root
        on on ADP _ 3 case
        Iran Iran PROPN _ 1 obl
        to to PART _ 5 mark
        act act VERB VerbForm=Inf 1 xcomp
        """,
    )
    blocks(doc, (0, 3, "salutation", ""), (3, 8, "paragraph", ""))
    assert [(row.speaker, row.addressee) for row in demands(doc)] == [(None, "Iran")]


def test_what_is_permitted_is_no_condemnation() -> None:
    doc = compact(
        "en",
        """
        Any any DET _ 2 det
        Party party NOUN _ 4 nsubj
        may may AUX VerbForm=Fin 4 aux
        denounce denounce VERB VerbForm=Inf 0 root
        it it PRON _ 4 obj
        """,
    )
    assert demands(doc) == []


def test_a_phrase_that_opens_the_sentence_is_no_addressee() -> None:
    doc = compact(
        "en",
        """
        To to ADP _ 3 case
        this this DET _ 3 det
        end end NOUN _ 6 obl
        the the DET _ 5 det
        Council council PROPN _ 6 nsubj
        invites invite VERB VerbForm=Fin 0 root
        Iran Iran PROPN _ 6 obj
        to to PART _ 9 mark
        act act VERB VerbForm=Inf 6 xcomp
        """,
    )
    assert [row.addressee for row in demands(doc)] == ["Iran"]


def test_what_is_insisted_on_is_no_addressee() -> None:
    doc = compact(
        "en",
        """
        We we PRON _ 2 nsubj
        insist insist VERB VerbForm=Fin 0 root
        on on ADP _ 4 case
        access access NOUN _ 2 obl
        """,
    )
    assert [(row.act, row.addressee) for row in demands(doc)] == [("call", None)]


def test_description_is_no_demand() -> None:
    doc = compact(
        "en",
        """
        Ministers minister NOUN _ 2 nsubj
        met meet VERB VerbForm=Fin 0 root
        in in ADP _ 4 case
        Brussels Brussels PROPN _ 2 obl
        """,
    )
    assert demands(doc) == []


@pytest.mark.parametrize("lang", ["nl", "en", "sv"])
def test_every_word_names_a_known_act(lang: str) -> None:
    words = lexicon(lang)
    acts = {*words.verbs.values(), *words.adjectives.values(), *words.nouns.values()}
    assert acts <= set(ACTS)
    assert len(acts) == len(ACTS)
    assert set(FORCES) == {"strong", "plain"}


NESTED = """
We we PRON PronType=Prs 2 nsubj
urge urge VERB VerbForm=Fin 0 root
you you PRON PronType=Prs 2 obj
to to PART _ 2 mark
: : PUNCT _ 2 punct

- - PUNCT _ 5 punct
The the DET _ 3 det
Council council PROPN _ 5 nsubj
should should AUX VerbForm=Fin 5 aux
act act VERB VerbForm=Inf 0 root
by by ADP _ 5 mark
: : PUNCT _ 5 punct

- - PUNCT _ 2 punct
Supporting support VERB VerbForm=Ger 0 root
courts court NOUN _ 2 obj

- - PUNCT _ 2 punct
Support support VERB VerbForm=Inf 0 root
civil civil ADJ _ 4 amod
society society NOUN _ 2 obj

- - PUNCT _ 4 punct
An a DET _ 4 det
immediate immediate ADJ _ 4 amod
ceasefire ceasefire NOUN _ 0 root
"""


def test_items_of_both_levels_with_one_bullet_are_told_apart_by_their_form() -> None:
    doc = compact("en", NESTED)
    blocks(
        doc,
        (0, 5, "paragraph", ""),
        (5, 12, "list_item", "-"),
        (12, 15, "list_item", "-"),
        (15, 19, "list_item", "-"),
        (19, 23, "list_item", "-"),
    )
    assert [(row.act, row.speaker, row.addressee, row.force) for row in demands(doc)] == [
        ("call", None, "The Council", "plain"),
        ("call", None, "The Council", "plain"),
        ("call", "We", "you", "strong"),
        ("call", "We", "you", "strong"),
    ]


NL_INFINITIVE_ITEM = """
Wij wij PRON PronType=Prs 2 nsubj
vragen vragen VERB VerbForm=Fin 0 root
u u PRON PronType=Prs 2 obj
om om SCONJ _ 2 mark
: : PUNCT _ 2 punct

• • PUNCT _ 4 punct
De de DET _ 3 det
samenwerking samenwerking NOUN Number=Sing 4 nsubj
versterken versterken VERB Number=Plur|VerbForm=Fin 0 root
"""


def test_an_item_that_ends_with_an_infinitive_is_no_sentence_with_a_subject() -> None:
    doc = compact("nl", NL_INFINITIVE_ITEM)
    blocks(doc, (0, 5, "paragraph", ""), (5, 9, "list_item", "•"))
    assert [(row.act, row.addressee) for row in demands(doc)] == [("call", "u")]
    assert [content(doc, row) for row in demands(doc)] == [["•"]]


def acts(lang: str, tree: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return [
        (row.act, row.speaker, row.addressee, row.force) for row in demands(compact(lang, tree))
    ]


def test_what_a_law_must_do_is_asked_of_nobody() -> None:
    tree = """
    The the DET _ 2 det
    Act act PROPN _ 4 nsubj
    must must AUX VerbForm=Fin 4 aux
    ban ban VERB VerbForm=Inf 0 root
    exports export NOUN _ 4 obj
    """
    assert acts("en", tree) == [("call", None, None, "strong")]
    assert acts("en", tree.replace("Act act", "Council council")) == [
        ("call", None, "The Council", "strong")
    ]


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [("apply", []), ("cooperate", [("call", None, "The Parties", "strong")])],
)
def test_what_a_provision_says_to_hold_is_no_call(predicate: str, expected: list[object]) -> None:
    tree = f"""
    The the DET _ 2 det
    Parties party NOUN _ 4 nsubj
    shall shall AUX VerbForm=Fin 4 aux
    {predicate} {predicate} VERB VerbForm=Inf 0 root
    """
    assert acts("en", tree) == expected


def test_what_is_said_to_be_vital_is_called_for_and_an_adjective_alone_is_not() -> None:
    tree = """
    Det det PRON _ 3 expl
    är vara AUX VerbForm=Fin 3 cop
    viktigt viktig ADJ _ 0 root
    att att SCONJ _ 6 mark
    staterna stat NOUN _ 6 nsubj
    samarbetar samarbeta VERB VerbForm=Fin 3 csubj
    """
    doc = compact("sv", tree)
    assert [(row.act, row.addressee, content(doc, row)) for row in demands(doc)] == [
        ("call", None, ["att"])
    ]
    assert acts("sv", "\n".join(tree.strip().splitlines()[:3])) == []


OPINION = """
Parlamentet parlament NOUN _ 2 nsubj
betonar betona VERB VerbForm=Fin 0 root
att att SCONJ _ 6 mark
rådet råd NOUN _ 6 nsubj
bör böra AUX VerbForm=Fin 6 aux
agera agera VERB VerbForm=Inf 2 ccomp
"""


def test_stressing_that_somebody_should_act_is_a_call() -> None:
    assert acts("sv", OPINION) == [("call", "Parlamentet", "rådet", "plain")]
    stated = OPINION.replace("bör böra", "kan kunna")
    assert acts("sv", stated) == [("inform", "Parlamentet", None, "plain")]


def test_a_question_demands_nothing() -> None:
    tree = """
    Should should AUX VerbForm=Fin 4 aux
    the the DET _ 3 det
    Council council PROPN _ 4 nsubj
    act act VERB VerbForm=Inf 0 root
    """
    assert acts("en", tree) == [("call", None, "the Council", "plain")]
    assert acts("en", tree.rstrip() + "\n? ? PUNCT _ 4 punct") == []


def test_what_would_be_welcome_is_not_welcomed_yet() -> None:
    tree = """
    We we PRON PronType=Prs 3 nsubj
    would would AUX VerbForm=Fin 3 aux
    welcome welcome VERB VerbForm=Inf 0 root
    it it PRON _ 3 obj
    """
    assert acts("en", tree) == []


def test_purpose_is_no_content() -> None:
    tree = """
    Parlamentet parlament NOUN _ 2 nsubj
    kräver kräva VERB VerbForm=Fin 0 root
    utbildning utbildning NOUN _ 2 obj
    för för ADP _ 6 mark
    att att PART _ 6 mark
    stoppa stoppa VERB VerbForm=Inf 2 advcl
    våldet våld NOUN _ 6 obj
    """
    doc = compact("sv", tree)
    assert [content(doc, row) for row in demands(doc)] == [["Parlamentet"]]


def test_the_importance_of_an_action_gives_its_place_to_the_action() -> None:
    tree = """
    Parlamentet parlament NOUN _ 2 nsubj
    betonar betona VERB VerbForm=Fin 0 root
    {noun} {lemma} NOUN _ 2 obj
    att att PART _ 5 mark
    fortsätta fortsätta VERB VerbForm=Inf 3 acl
    """
    for noun, lemma, first in [("vikten", "vikt", "att"), ("beslutet", "beslut", "Parlamentet")]:
        doc = compact("sv", tree.format(noun=noun, lemma=lemma))
        assert [content(doc, row) for row in demands(doc)] == [[first]]


SV_OPEN_LIST = """
Vi vi PRON _ 2 nsubj
ber be VERB VerbForm=Fin 0 root
regeringen regering NOUN _ 2 obj
att att PART _ 2 mark

• • PUNCT _ 2 punct
stoppa stoppa VERB VerbForm=Inf 0 root
vapnen vapen NOUN _ 2 obj
, , PUNCT _ 2 punct
"""


def test_a_line_may_open_a_list_with_the_marker_of_its_infinitives() -> None:
    doc = compact("sv", SV_OPEN_LIST)
    blocks(doc, (0, 4, "paragraph", ""), (4, 8, "list_item", "•"))
    found = demands(doc)
    assert [(row.act, row.speaker, row.addressee) for row in found] == [
        ("call", "Vi", "regeringen")
    ]
    assert [content(doc, row) for row in found] == [["•"]]


NL_OPEN_LIST = """
Wij wij PRON _ 2 nsubj
verzoeken verzoeken VERB VerbForm=Fin 0 root
u u PRON _ 2 obj
: : PUNCT _ 2 punct

a. a. PUNCT _ 5 punct
Iran Iran PROPN _ 5 nsubj
op op ADP _ 5 compound:prt
te te ADP _ 5 mark
roepen oproepen VERB VerbForm=Inf 0 root
vrede vrede NOUN _ 8 obj
te te ADP _ 8 mark
sluiten sluiten VERB VerbForm=Inf 5 xcomp
. . PUNCT _ 5 punct
"""


def test_an_infinitive_of_calling_in_a_list_is_what_its_opener_asks_for() -> None:
    doc = compact("nl", NL_OPEN_LIST)
    blocks(doc, (0, 4, "paragraph", ""), (4, 13, "list_item", "a."))
    assert [(row.act, row.speaker, row.addressee) for row in demands(doc)] == [("call", "Wij", "u")]


EN_IT = """
The the DET _ 2 det
Council Council PROPN _ 3 nsubj
met meet VERB VerbForm=Fin|Tense=Past 0 root
. . PUNCT _ 3 punct

It it PRON PronType=Prs 2 nsubj
welcomes welcome VERB VerbForm=Fin 0 root
the the DET _ 4 det
ceasefire ceasefire NOUN _ 2 obj
. . PUNCT _ 2 punct
"""


def test_a_pronoun_speaks_for_the_body_of_the_sentence_before() -> None:
    assert acts("en", EN_IT) == [("welcome", "Council", None, "plain")]
    alone = EN_IT.replace(
        "The the DET _ 2 det\nCouncil Council PROPN", "So so ADV _ 3 advmod\nwe we PRON"
    )
    assert acts("en", alone) == []


NL_APPEAL = """
Wij wij PRON _ 2 nsubj
doen doen VERB VerbForm=Fin 0 root
een een DET _ 4 det
beroep beroep NOUN _ 2 obj
op op ADP _ 7 case
de de DET _ 7 det
regering regering NOUN _ 2 obl
om om ADP _ 10 mark
te te ADP _ 10 mark
helpen helpen VERB VerbForm=Inf 2 advcl
. . PUNCT _ 2 punct
"""


def test_an_appeal_is_made_to_the_body_behind_its_noun() -> None:
    assert acts("nl", NL_APPEAL) == [("call", "Wij", "de regering", "plain")]


@pytest.mark.parametrize("kind", ["furniture", "metadata", "signature"])
def test_nobody_performs_an_act_in_a_menu_or_an_address(kind: str) -> None:
    doc = compact(
        "en",
        """
        Reject reject VERB VerbForm=Inf 0 root
        optional optional ADJ _ 3 amod
        cookies cookie NOUN _ 1 obj
        """,
    )
    blocks(doc, (0, 3, "heading", ""))
    assert len(demands(doc)) == 1
    blocks(doc, (0, 3, kind, ""))
    assert demands(doc) == []


def test_a_formula_of_thanks_welcomes_nothing() -> None:
    tree = """
    Thank thank VERB VerbForm=Fin 0 root
    you you PRON _ 1 obj
    . . PUNCT _ 1 punct
    """
    assert acts("en", tree) == []


EN_SHE = """
Anna Anna PROPN _ 3 nsubj
Berg Berg PROPN _ 1 flat
spoke speak VERB VerbForm=Fin|Tense=Past 0 root

She she PRON Number=Sing|PronType=Prs 2 nsubj
urged urge VERB VerbForm=Fin|Tense=Past 0 root
Norway Norway PROPN _ 2 obj
to to PART _ 5 mark
act act VERB VerbForm=Inf 2 xcomp
"""


def test_a_personal_pronoun_speaks_for_the_person_named_before_or_for_nobody() -> None:
    doc = compact("en", EN_SHE)
    doc.ents = [Span(doc, 0, 2, label="PER")]
    assert [(row.speaker, row.addressee) for row in demands(doc)] == [("Anna Berg", "Norway")]
    assert [row.speaker for row in demands(compact("en", EN_SHE))] == [None]


def test_a_plural_pronoun_stays_as_it_is() -> None:
    they = EN_SHE.replace("She she PRON Number=Sing", "They they PRON Number=Plur")
    assert [row.speaker for row in demands(compact("en", they))] == ["They"]


SV_UNFINISHED = """
Vi vi PRON PronType=Prs 2 nsubj
rekommenderar rekommendera VERB VerbForm=Fin 0 root
att att SCONJ _ 4 mark
regeringen regering NOUN _ 2 nsubj
: : PUNCT _ 2 punct

friger frige VERB VerbForm=Fin 0 root
alla all DET _ 3 det
fångar fånge NOUN _ 1 nsubj

ändrar ändra VERB VerbForm=Fin 0 root
lagen lag NOUN _ 1 obj
"""


def test_items_go_on_from_the_subject_with_which_their_opener_breaks_off() -> None:
    doc = compact("sv", SV_UNFINISHED)
    blocks(doc, (0, 5, "paragraph", ""), (5, 8, "list_item", "•"), (8, 10, "list_item", "•"))
    found = [(row.speaker, row.addressee, content(doc, row)) for row in demands(doc)]
    assert found == [("Vi", "regeringen", ["friger"]), ("Vi", "regeringen", ["ändrar"])]


EN_LABELLED = """
We we PRON PronType=Prs 2 nsubj
urge urge VERB VerbForm=Fin 0 root
Norway Norway PROPN _ 2 obj
to to PART _ 2 dep
: : PUNCT _ 2 punct

On on ADP _ 2 case
detention detention NOUN _ 0 root
: : PUNCT _ 2 punct

free free VERB VerbForm=Inf 0 root
prisoners prisoner NOUN _ 1 obj
"""


@pytest.mark.parametrize(
    ("kind", "label"), [("paragraph", ""), ("heading", ""), ("list_item", "1.")]
)
def test_a_label_over_items_does_not_end_their_list(kind: str, label: str) -> None:
    doc = compact("en", EN_LABELLED)
    blocks(doc, (0, 5, "paragraph", ""), (5, 8, kind, label), (8, 10, "list_item", "•"))
    found = [(row.speaker, row.addressee, content(doc, row)) for row in demands(doc)]
    assert found == [("We", "Norway", ["free"])]


EN_THINGS = """
We we PRON PronType=Prs 2 nsubj
urge urge VERB VerbForm=Fin 0 root
their their PRON Poss=Yes 4 nmod:poss
treaties treaty NOUN Number=Plur 2 obj
to to PART _ 7 mark
be be AUX VerbForm=Inf 7 aux:pass
amended amend VERB VerbForm=Part 2 xcomp
"""


def test_a_document_is_asked_for_nothing() -> None:
    assert acts("en", EN_THINGS) == [("call", "We", None, "strong")]
