"""What is mended of a parse, and the kinds that it alone does not tell: hand-made trees."""

from __future__ import annotations

from itertools import pairwise

import pytest
from spacy.tokens import Doc, Span

from pipeline.clauses import segment
from tests.conllu import compact


def rows(doc: Doc) -> list[tuple[str, str]]:
    """Kind and words of each clause, punctuation left out, `…` where a fragment ends."""
    found = []
    for clause in segment(doc):
        words = [token for token in clause.tokens if doc[token].pos_ != "PUNCT"]
        text = [doc[words[0]].text]
        for left, right in pairwise(words):
            gap = any(doc[token].pos_ != "PUNCT" for token in range(left + 1, right))
            text += (["…"] if gap else []) + [doc[right].text]
        found.append((clause.kind, " ".join(text)))
    return found


BOUNDARIES = [
    # The second subject was coordinated with the first object.
    (
        "nl",
        """
        Zij zij PRON _ 2 nsubj
        roven roven VERB VerbForm=Fin 0 root
        eitjes eitje NOUN _ 2 obj
        en en CCONJ _ 5 cc
        bijen bij NOUN _ 3 conj
        roven roven VERB VerbForm=Fin 2 conj
        terug terug ADV _ 6 advmod
        """,
        [("main", "Zij roven eitjes"), ("coordinate", "en bijen roven terug")],
    ),
    # The name of the reporter was left to the speech.
    (
        "en",
        """
        Prices price NOUN _ 2 nsubj
        rose rise VERB VerbForm=Fin 6 ccomp
        , , PUNCT _ 6 punct
        Ann Ann PROPN _ 2 obl
        Lee Lee PROPN _ 4 flat
        said say VERB VerbForm=Fin 0 root
        """,
        [("complement", "Prices rose"), ("parenthetical", "Ann Lee said")],
    ),
    # A shared subject is no error.
    (
        "en",
        """
        They they PRON _ 2 nsubj
        came come VERB VerbForm=Fin 0 root
        home home ADV _ 2 advmod
        and and CCONJ _ 5 cc
        slept sleep VERB VerbForm=Fin 2 conj
        """,
        [("main", "They came home"), ("coordinate", "and slept")],
    ),
    # What stands between a copula and `to` is the predicate of the copula.
    (
        "en",
        """
        It it PRON _ 5 nsubj
        is be AUX VerbForm=Fin 5 cop
        due due ADJ _ 5 advmod
        to to PART _ 5 mark
        report report VERB VerbForm=Inf 0 root
        """,
        [("main", "It is due"), ("infinitive", "to report")],
    ),
    # Of two nouns before the infinitive the first is the one who is asked.
    (
        "nl",
        """
        Hij hij PRON _ 2 nsubj
        verzoekt verzoeken VERB VerbForm=Fin 0 root
        de de DET _ 4 det
        Commissie commissie NOUN _ 8 nsubj
        een een DET _ 6 det
        plan plan NOUN _ 8 obj
        te te ADP _ 8 mark
        maken maken VERB VerbForm=Inf 2 xcomp
        """,
        [("main", "Hij verzoekt de Commissie"), ("infinitive", "een plan te maken")],
    ),
    # A connective before an insertion goes with the clause behind it.
    (
        "en",
        """
        They they PRON _ 2 nsubj
        left leave VERB VerbForm=Fin 0 root
        ; ; PUNCT _ 2 punct
        however however ADV _ 8 advmod
        , , PUNCT _ 4 punct
        if if SCONJ _ 8 mark
        they they PRON _ 8 nsubj
        return return VERB VerbForm=Fin 11 advcl
        , , PUNCT _ 8 punct
        we we PRON _ 11 nsubj
        act act VERB VerbForm=Fin 2 parataxis
        """,
        [
            ("main", "They left"),
            ("coordinate", "however … we act"),
            ("adverbial", "if they return"),
        ],
    ),
    # Words before a relative phrase go on from what stands right before them.
    (
        "en",
        """
        They they PRON _ 2 nsubj
        left leave VERB VerbForm=Fin 0 root
        , , PUNCT _ 4 punct
        citing cite VERB VerbForm=Part 2 advcl
        oddly oddly ADV _ 4 advmod
        rules rule NOUN _ 11 nsubj
        , , PUNCT _ 11 punct
        under under ADP _ 9 case
        which which PRON PronType=Rel 11 obl
        all all PRON _ 11 nsubj
        vote vote VERB VerbForm=Fin 2 parataxis
        """,
        [
            ("main", "They left"),
            ("participial", "citing oddly rules"),
            ("relative", "under which all vote"),
        ],
    ),
    # A free relative is no part of the copula's clause.
    (
        "en",
        """
        Peace peace NOUN _ 3 nsubj
        is be AUX VerbForm=Fin 3 cop
        what what PRON PronType=Int 0 root
        they they PRON _ 5 nsubj
        need need VERB VerbForm=Fin 3 acl:relcl
        """,
        [("main", "Peace is"), ("relative", "what they need")],
    ),
    # Behind `bereid` there is nothing but the infinitive's own words.
    (
        "nl",
        """
        Zij zij PRON _ 2 nsubj
        blijft blijven VERB VerbForm=Fin 0 root
        bereid bereid ADJ _ 2 xcomp
        het het DET _ 5 det
        land land NOUN _ 2 obj
        te te ADP _ 7 mark
        steunen steunen VERB VerbForm=Inf 2 xcomp
        """,
        [("main", "Zij blijft bereid"), ("infinitive", "het land te steunen")],
    ),
    # An infinitive has all that stands between its opener and its marker.
    (
        "nl",
        """
        Teneinde teneinde ADV _ 3 mark
        de de DET _ 3 det
        rust rust NOUN _ 6 obl
        te te ADP _ 5 mark
        bewaren bewaren VERB VerbForm=Inf 3 acl
        blijven blijven VERB VerbForm=Fin 0 root
        wij wij PRON _ 6 nsubj
        """,
        [("infinitive", "Teneinde de rust te bewaren"), ("main", "blijven wij")],
    ),
    (
        "nl",
        """
        Wij wij PRON _ 2 nsubj
        trachten trachten VERB VerbForm=Fin 0 root
        hen hen PRON _ 7 obj
        in in ADP _ 7 compound:prt
        staat staat NOUN _ 7 obl
        te te ADP _ 7 mark
        stellen stellen VERB VerbForm=Inf 2 xcomp
        """,
        [("main", "Wij trachten"), ("infinitive", "hen in staat te stellen")],
    ),
    # A preposition's noun is no stray particle of the governing verb.
    (
        "nl",
        """
        Hij hij PRON _ 2 nsubj
        dreigt dreigen VERB VerbForm=Fin 0 root
        ons ons PRON _ 7 obj
        de de DET _ 5 det
        rug rug NOUN _ 7 compound:prt
        te te ADP _ 7 mark
        keren keren VERB VerbForm=Inf 2 xcomp
        """,
        [("main", "Hij dreigt"), ("infinitive", "ons de rug te keren")],
    ),
]


@pytest.mark.parametrize(("lang", "tree", "expected"), BOUNDARIES)
def test_words_go_with_the_clause_that_commas_and_conjunctions_show(lang, tree, expected) -> None:
    assert rows(compact(lang, tree)) == expected


KINDS = [
    # Extraposed relative clauses hang on the verb.
    (
        "nl",
        """
        Acties actie NOUN _ 3 nsubj:pass
        zijn zijn AUX VerbForm=Fin 3 aux:pass
        genomen nemen VERB VerbForm=Part 0 root
        die die PRON PronType=Rel 5 nsubj
        helpen helpen VERB VerbForm=Fin 3 advcl
        """,
        [("main", "Acties zijn genomen"), ("relative", "die helpen")],
    ),
    (
        "sv",
        """
        De de PRON _ 2 nsubj
        vann vinna VERB VerbForm=Fin 0 root
        , , PUNCT _ 5 punct
        vilket vilken PRON PronType=Rel 5 nsubj
        gläder glädja VERB VerbForm=Fin 2 advcl
        """,
        [("main", "De vann"), ("relative", "vilket gläder")],
    ),
    # Second predicates after a semicolon.
    (
        "en",
        """
        whereas whereas SCONJ _ 3 mark
        he he PRON _ 3 nsubj
        fled flee VERB VerbForm=Fin 0 root
        ; ; PUNCT _ 3 punct
        whereas whereas SCONJ _ 7 mark
        she she PRON _ 7 nsubj
        stayed stay VERB VerbForm=Fin 3 advcl
        """,
        [("main", "whereas he fled"), ("coordinate", "whereas she stayed")],
    ),
    (
        "nl",
        """
        overwegende overwegen VERB VerbForm=Fin 0 root
        dat dat SCONJ _ 4 mark
        hij hij PRON _ 4 nsubj
        vlucht vluchten VERB VerbForm=Fin 1 ccomp
        ; ; PUNCT _ 1 punct
        dat dat SCONJ _ 8 mark
        zij zij PRON _ 8 nsubj
        blijft blijven VERB VerbForm=Fin 1 advcl
        """,
        [
            ("main", "overwegende"),
            ("complement", "dat hij vlucht"),
            ("complement", "dat zij blijft"),
        ],
    ),
    # A citation has no predicate.
    (
        "nl",
        """
        – – PUNCT _ 2 punct
        gezien zien VERB VerbForm=Fin 0 root
        het het DET _ 4 det
        Handvest handvest NOUN _ 2 obj
        """,
        [("fragment", "gezien het Handvest")],
    ),
    # A free relative that opens the sentence is its subject.
    (
        "nl",
        """
        Wie wie PRON PronType=Rel 2 nsubj
        weigert weigeren VERB VerbForm=Fin 4 parataxis
        , , PUNCT _ 2 punct
        vertrekt vertrekken VERB VerbForm=Fin 0 root
        """,
        [("subject", "Wie weigert"), ("main", "vertrekt")],
    ),
    # A reporting clause has its subject behind its verb.
    (
        "sv",
        """
        Fallen fall NOUN _ 2 nsubj
        ökar öka VERB VerbForm=Fin 0 root
        , , PUNCT _ 4 punct
        visar visa VERB VerbForm=Fin 2 advcl
        statistiken statistik NOUN _ 4 nsubj
        """,
        [("main", "Fallen ökar"), ("parenthetical", "visar statistiken")],
    ),
    # The passive of the Swedish present looks like an infinitive.
    (
        "sv",
        """
        Kritik kritik NOUN _ 2 nsubj
        riktas rikta VERB VerbForm=Fin 0 root
        mot mot ADP _ 6 mark
        att att SCONJ _ 6 mark
        kretsen krets NOUN _ 6 nsubj:pass
        avgränsas avgränsa VERB VerbForm=Inf 2 advcl
        """,
        [("main", "Kritik riktas"), ("complement", "mot att kretsen avgränsas")],
    ),
    # Adjectives that are participles govern no object.
    (
        "en",
        """
        It it PRON _ 2 nsubj
        led lead VERB VerbForm=Fin 0 root
        to to ADP _ 4 mark
        escalating escalate VERB VerbForm=Part 2 advcl
        violations violation NOUN _ 4 obj
        """,
        [("main", "It led to escalating violations")],
    ),
    (
        "en",
        """
        It it PRON _ 2 nsubj
        risks risk VERB VerbForm=Fin 0 root
        escalating escalate VERB VerbForm=Part 2 xcomp
        the the DET _ 5 det
        conflict conflict NOUN _ 3 obj
        """,
        [("main", "It risks"), ("participial", "escalating the conflict")],
    ),
    (
        "nl",
        """
        Het het DET _ 4 det
        daarin daarin ADV _ 3 advmod
        bedoelde bedoelen VERB VerbForm=Part 4 advcl
        rapport rapport NOUN _ 5 nsubj
        volgt volgen VERB VerbForm=Fin 0 root
        """,
        [("main", "Het daarin bedoelde rapport volgt")],
    ),
    (
        "nl",
        """
        Zij zij PRON _ 2 nsubj
        komt komen VERB VerbForm=Fin 0 root
        binnen binnen ADP _ 7 case
        de de DET _ 7 det
        nader nader ADV _ 7 advmod
        te te ADP _ 7 mark
        stellen stellen VERB VerbForm=Inf 2 advcl
        termijn termijn NOUN _ 7 obj
        """,
        [("main", "Zij komt binnen de nader te stellen termijn")],
    ),
    (
        "en",
        """
        We we PRON _ 2 nsubj
        speak speak VERB VerbForm=Fin 0 root
        of of ADP _ 6 mark
        the the DET _ 6 det
        necessary necessary ADJ _ 6 amod
        supporting support VERB VerbForm=Ger 2 advcl
        services service NOUN _ 6 obj
        """,
        [("main", "We speak of the necessary supporting services")],
    ),
    # Conditions by inversion.
    (
        "en",
        """
        We we PRON _ 2 nsubj
        act act VERB VerbForm=Fin 0 root
        , , PUNCT _ 6 punct
        should should AUX VerbForm=Fin 6 aux
        they they PRON _ 6 nsubj
        return return VERB VerbForm=Inf 2 parataxis
        """,
        [("main", "We act"), ("adverbial", "should they return")],
    ),
    # A Swedish subordinate clause may leave out `har`.
    (
        "sv",
        """
        Nätverket nätverk NOUN _ 6 nsubj
        , , PUNCT _ 5 punct
        som som PRON PronType=Rel 5 nsubj
        varit vara AUX VerbForm=Sup 5 cop
        känt känd ADJ VerbForm=Part 1 acl:relcl
        växer växa VERB VerbForm=Fin 0 root
        """,
        [("main", "Nätverket … växer"), ("relative", "som varit känt")],
    ),
    # A participle that is the first word of a conjunction.
    (
        "en",
        """
        We we PRON _ 2 nsubj
        help help VERB VerbForm=Fin 0 root
        them they PRON _ 2 obj
        , , PUNCT _ 5 punct
        provided provide VERB VerbForm=Part 2 acl
        that that SCONJ _ 8 mark
        they they PRON _ 8 nsubj
        ask ask VERB VerbForm=Fin 5 ccomp
        """,
        [("main", "We help them"), ("adverbial", "provided that they ask")],
    ),
    # The past tense of a verb with a subject was taken for a participle.
    (
        "en",
        """
        France France PROPN _ 2 nsubj
        acted act VERB VerbForm=Fin 0 root
        , , PUNCT _ 5 punct
        Spain Spain PROPN _ 5 nsubj
        followed follow VERB VerbForm=Part 2 parataxis
        and and CCONJ _ 8 cc
        Italy Italy PROPN _ 8 nsubj
        slept sleep VERB VerbForm=Fin 2 conj
        """,
        [
            ("main", "France acted"),
            ("coordinate", "Spain followed"),
            ("coordinate", "and Italy slept"),
        ],
    ),
]


@pytest.mark.parametrize(("lang", "tree", "expected"), KINDS)
def test_kind_is_told_by_what_opens_the_clause(lang, tree, expected) -> None:
    assert rows(compact(lang, tree)) == expected


@pytest.mark.parametrize(("block", "kind"), [("furniture", "fragment"), ("paragraph", "main")])
def test_verb_of_a_formula_makes_no_main_clause(block, kind) -> None:
    doc = compact("nl", "Steun steunen VERB VerbForm=Fin 0 root\nons ons PRON _ 1 obj")
    doc.spans["blocks"] = [Span(doc, 0, 2, label=block)]
    assert rows(doc) == [(kind, "Steun ons")]
