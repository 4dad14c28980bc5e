"""Old treebanks to today's guidelines."""

from __future__ import annotations

import pytest

from models.recipe import lassy, lassy_counts, talbanken
from models.recipe.conventions import Conventions, current_feats
from models.recipe.corpora import Sentence, heads_form_tree
from models.recipe.settled import settled_relations
from models.recipe.trees import Draft, reattach_punctuation


def tree(text: str, lang: str = "sv", lemmas: str | None = None) -> Sentence:
    """A tree from `word/UPOS/relation/head` cells, heads 1-based."""
    rows = [cell.split("/") for cell in text.split()]
    return Sentence(
        id="t",
        source="t",
        lang=lang,
        words=tuple(row[0] for row in rows),
        space_after=(True,) * len(rows),
        upos=tuple(row[1] for row in rows),
        xpos=("_",) * len(rows),
        feats=("_",) * len(rows),
        lemma=tuple(lemmas.split()) if lemmas else None,
        deprel=tuple(row[2] for row in rows),
        head=tuple(int(row[3]) for row in rows),
    )


def shown(sentence: Sentence) -> str:
    """`word/relation/head` cells."""
    assert sentence.deprel and sentence.head
    cells = zip(sentence.words, sentence.deprel, sentence.head, strict=True)
    return " ".join(f"{word}/{relation}/{head}" for word, relation, head in cells)


TALBANKEN = [
    pytest.param(
        "Skatten/NOUN/nsubjpass/2 höjs/VERB/root/0 av/ADP/case/4 staten/NOUN/nmod:agent/2",
        "Skatten/nsubj:pass/2 höjs/root/0 av/case/4 staten/obl:agent/2",
        id="passive",
    ),
    pytest.param(
        "Hon/PRON/nsubj/2 bor/VERB/root/0 i/ADP/case/4 byn/NOUN/nmod/2 "
        "vid/ADP/case/6 sjön/NOUN/nmod/4",
        "Hon/nsubj/2 bor/root/0 i/case/4 byn/obl/2 vid/case/6 sjön/nmod/4",
        id="oblique under a verb, nmod under a noun",
    ),
    pytest.param(
        "äpplen/NOUN/root/0 ,/PUNCT/punct/1 päron/NOUN/conj/1 och/CONJ/cc/1 bär/NOUN/conj/1",
        "äpplen/root/0 ,/punct/3 päron/conj/1 och/cc/5 bär/conj/1",
        id="coordinators go to the following conjunct",
    ),
    pytest.param(
        "dog/VERB/root/0 på/ADP/case/4 grund/NOUN/mwe/2 kyla/NOUN/nmod/1",
        "dog/root/0 på/case/3 grund/obl/1 kyla/nmod/3",
        id="complex preposition",
    ),
    pytest.param(
        "När/ADV/case/4 det/PRON/mwe/1 gäller/VERB/mwe/1 skatten/NOUN/nmod/5 väntar/VERB/root/0",
        "När/mark/3 det/nsubj/3 gäller/advcl/5 skatten/obj/3 väntar/root/0",
        id="clause used as a preposition",
    ),
    pytest.param(
        "I/ADP/advmod/3 dag/NOUN/mwe/1 regnar/VERB/root/0",
        "I/case/2 dag/obl/3 regnar/root/0",
        id="prepositional phrase used as an adverb",
    ),
    pytest.param(
        "bättre/ADV/root/0 och/CONJ/mwe/1 bättre/ADV/mwe/1",
        "bättre/root/0 och/cc/3 bättre/conj/1",
        id="repetition",
    ),
    pytest.param(
        "Jag/PRON/nsubj/2 går/VERB/root/0 för/ADP/case/5 att/PART/mark/5 handla/VERB/advcl/2",
        "Jag/nsubj/2 går/root/0 för/mark/5 att/mark/5 handla/advcl/2",
        id="preposition before a clause",
    ),
    pytest.param(
        "Hon/PRON/nsubj/3 är/VERB/aux/3 anställd/ADJ/root/0",
        "Hon/nsubj/3 är/cop/3 anställd/root/0",
        id="copula with participle",
    ),
    pytest.param(
        "samma/ADJ/det/3 två/NUM/det/3 barn/NOUN/root/0",
        "samma/amod/3 två/nummod/3 barn/root/0",
        id="determiners are named by their tag",
    ),
    pytest.param(
        "Det/PRON/nsubj/2 är/VERB/root/0 hon/PRON/dep/2 som/PRON/nsubj/5 föder/VERB/acl:relcl/3",
        "Det/expl/3 är/cop/3 hon/root/0 som/nsubj/5 föder/acl:cleft/3",
        id="cleft",
    ),
    pytest.param(
        "Bo/PROPN/nsubj/3 Ek/PROPN/name/1 kom/VERB/root/0 inte/ADV/neg/3",
        "Bo/nsubj/3 Ek/flat:name/1 kom/root/0 inte/advmod/3",
        id="names and negation",
    ),
    pytest.param(
        "kände/VERB/root/0 till/ADP/case/3 1971/NUM/nummod/1",
        "kände/root/0 till/case/3 1971/obl/1",
        id="a year after a preposition",
    ),
]


@pytest.mark.parametrize(("before", "after"), TALBANKEN)
def test_talbanken_rules(before: str, after: str) -> None:
    converted = talbanken.convert(tree(before))
    assert shown(converted) == after
    assert converted.head and heads_form_tree(converted.head)


def test_auxiliaries_become_aux_and_conj_cconj() -> None:
    before = tree("Hon/PRON/nsubj/3 har/VERB/aux/3 sprungit/VERB/root/0 och/CONJ/cc/3")
    assert talbanken.convert(before).upos == ("PRON", "AUX", "VERB", "CCONJ")


def test_settled_relations_keep_only_what_is_certain() -> None:
    lines = [
        "sv-ud-train-2\t2\t3:obl:genom",
        "sv-ud-train-2\t10\t5:conj:och|3:obj",
        "sv-ud-train-2\t4\t3:obl:i_samband_med",
        "sv-ud-train-2\t5\t3:ref",
        "sv-ud-dev-1\t4\t3:nmod:av",
    ]
    assert settled_relations(lines) == {2: {1: (2, "obl")}}


def test_settled_relations_override_rules_but_keep_a_tree() -> None:
    before = tree(
        "syn/NOUN/root/0 på/ADP/case/3 tro/NOUN/nmod/1 genom/ADP/case/5 tiden/NOUN/nmod/3"
    )
    after = talbanken.convert(before, relations={4: (0, "obl"), 0: (2, "nmod")})
    assert shown(after) == "syn/root/0 på/case/3 tro/nmod/1 genom/case/5 tiden/obl/1"


def test_a_wrong_first_conjunct_is_repaired() -> None:
    before = tree("Vi/PRON/nsubj/4 undersöker/VERB/aux/4 och/CONJ/cc/4 planerar/VERB/root/0")
    after = talbanken.convert(before, relations={3: (1, "conj")})
    assert after.head is not None and after.deprel is not None
    assert after.head[1] == 0 and after.deprel[1] == "root"
    assert (after.head[3], after.deprel[3]) == (2, "conj")


def test_expressions_that_v2_keeps_stay_fixed() -> None:
    conventions = Conventions(fixed={("därför", "att")})
    before = tree("Därför/ADV/mark/3 att/SCONJ/mwe/1 regnar/VERB/root/0")
    assert (
        shown(talbanken.convert(before, conventions)) == "Därför/mark/3 att/fixed/1 regnar/root/0"
    )


@pytest.mark.parametrize(
    ("feats", "xpos", "expected"),
    [
        ("PronType=Int,Rel", "HP|-|-|-", "PronType=Rel"),
        ("PronType=Int,Rel", "HA", "_"),
        ("Case=Nom", "RG|NOM", "Case=Nom|NumType=Card"),
        ("Case=Nom", "NN|UTR", "Case=Nom"),
    ],
)
def test_features_of_pud_become_those_of_talbanken(feats: str, xpos: str, expected: str) -> None:
    assert current_feats(feats, xpos) == expected


LASSY = [
    pytest.param(
        "Jan/PROPN/nsubj/3 Smit/PROPN/flat:name/1 slaapt/VERB/root/0 ,/PUNCT/punct/3 "
        "zei/VERB/parataxis/3 hij/PRON/nsubj/5 ./PUNCT/punct/3",
        "Jan Smit slapen , zeggen hij .",
        "Jan/nsubj/3 Smit/flat/1 slaapt/root/0 ,/punct/5 zei/parataxis/3 hij/nsubj/5 ./punct/3",
        id="names and punctuation",
    ),
    pytest.param(
        "Hij/PRON/nsubj/4 werd/AUX/cop/4 snel/ADV/advmod/4 benoemd/VERB/root/0",
        "hij worden snel benoemen",
        "Hij/nsubj:pass/4 werd/aux:pass/4 snel/advmod/4 benoemd/root/0",
        id="passive with worden",
    ),
    pytest.param(
        "Hij/PRON/nsubj/3 werd/AUX/cop/3 minister/NOUN/root/0",
        "hij worden minister",
        "Hij/nsubj/2 werd/root/0 minister/xcomp/2",
        id="worden is no copula",
    ),
    pytest.param(
        "Hij/PRON/nsubj/2 moet/VERB/root/0 werken/VERB/xcomp/2",
        "hij moeten werken",
        "Hij/nsubj/3 moet/aux/3 werken/root/0",
        id="modals are auxiliaries",
    ),
    pytest.param(
        "Hij/PRON/nsubj/3 is/AUX/aux:pass/3 gezien/VERB/root/0 door/ADP/case/5 haar/PRON/obl/3",
        "hij zijn zien door haar",
        "Hij/nsubj:pass/3 is/aux:pass/3 gezien/root/0 door/case/5 haar/obl:agent/3",
        id="subject and agent of a passive",
    ),
    pytest.param(
        "de/DET/det/2 Tweede/NUM/root/0 Wereldoorlog/NOUN/fixed/2",
        "de tweede wereldoorlog",
        "de/det/2 Tweede/root/0 Wereldoorlog/flat/2",
        id="names of several words",
    ),
    pytest.param(
        "Jan/PROPN/nsubj/6 ,/PUNCT/punct/1 Piet/PROPN/conj/1 en/CCONJ/cc/1 Kees/PROPN/conj/1 "
        "slapen/VERB/root/0 en/CCONJ/cc/6 dromen/VERB/conj/6",
        "Jan , Piet en Kees slapen en dromen",
        "Jan/nsubj/6 ,/punct/3 Piet/conj/1 en/cc/5 Kees/conj/1 slapen/root/0 en/cc/8 dromen/conj/6",
        id="conjunctions hang on the conjunct that follows",
    ),
    pytest.param(
        "De/DET/nsubj/6 dode/ADJ/fixed/1 tante/NOUN/fixed/1 van/ADP/fixed/1 Oom/NOUN/fixed/1 "
        "verscheen/VERB/root/0",
        "de dood tante van oom verschijnen",
        "De/nsubj/6 dode/flat/1 tante/flat/1 van/flat/1 Oom/flat/1 verscheen/root/0",
        id="titles are flat",
    ),
    pytest.param(
        "Voor/ADP/obl/4 het/DET/fixed/1 eerst/NUM/fixed/1 wint/VERB/root/0",
        "voor het eerst winnen",
        "Voor/obl/4 het/fixed/1 eerst/fixed/1 wint/root/0",
        id="fixed expressions stay fixed at the start of a sentence",
    ),
    pytest.param(
        "Annes/PROPN/det/2 fiets/NOUN/nsubj/3 past/VERB/root/0",
        "Anne fiets passen",
        "Annes/nmod:poss/2 fiets/nsubj/3 past/root/0",
        id="genitives are possessives",
    ),
    pytest.param(
        "Hij/PRON/nsubj/2 probeert/VERB/root/0 te/ADP/mark/4 slapen/VERB/ccomp/2",
        "hij proberen te slapen",
        "Hij/nsubj/2 probeert/root/0 te/mark/4 slapen/xcomp/2",
        id="infinitives without a subject are open complements",
    ),
    pytest.param(
        "Zij/PRON/nsubj/3 bleek/AUX/cop/3 ziek/ADJ/root/0 te/ADP/mark/3 zijn/AUX/cop/3",
        "zij blijken ziek te zijn",
        "Zij/nsubj/2 bleek/root/0 ziek/xcomp/2 te/mark/3 zijn/cop/3",
        id="te stays with the complement of a former copula",
    ),
    pytest.param(
        "omdat/SCONJ/mark/3 zij/PRON/nsubj/3 ziek/ADJ/root/0 lijkt/AUX/cop/3",
        "omdat zij ziek lijken",
        "omdat/mark/4 zij/nsubj/4 ziek/xcomp/4 lijkt/root/0",
        id="a subordinator goes to a former copula",
    ),
    pytest.param(
        "de/DET/det/3 derde/NUM/nummod/3 dag/NOUN/root/0",
        "de derde dag",
        "de/det/3 derde/amod/3 dag/root/0",
        id="ordinals are adjectives",
    ),
    pytest.param(
        "eind/NOUN/root/0 jaren/NOUN/amod/1",
        "eind jaar",
        "eind/root/0 jaren/obl/1",
        id="nouns are no adjectival modifiers",
    ),
    pytest.param(
        "Een/NUM/nummod/2 jaar/NOUN/obl/3 later/ADJ/advmod/4 stierf/VERB/root/0",
        "een jaar laat sterven",
        "Een/nummod/2 jaar/obl/3 later/obl/4 stierf/root/0",
        id="adverbial adjectives with a measure are oblique",
    ),
]


@pytest.mark.parametrize(("before", "lemmas", "after"), LASSY)
def test_lassy_rules(before: str, lemmas: str, after: str) -> None:
    upgraded = lassy.upgrade(tree(before, "nl", lemmas), lassy_counts.Conventions())
    assert shown(upgraded) == after


def test_names_of_several_words_are_proper_nouns() -> None:
    before = tree("Tweede/NUM/root/0 Wereldoorlog/NOUN/fixed/1", "nl", "tweede wereldoorlog")
    assert lassy.upgrade(before, lassy_counts.Conventions()).upos == ("PROPN", "PROPN")


TAGS = [
    ("Museum/NOUN/root/0 voor/ADP/fixed/1 Kunst/NOUN/fixed/1", "PROPN PROPN PROPN"),
    ("De/PROPN/root/0 grappen/NOUN/flat:name/1 van/ADP/flat:name/1 Jan/PROPN/flat:name/1",
     "DET NOUN ADP PROPN"),
    ("Intocht/NOUN/root/0 te/ADP/flat:name/1 Gent/PROPN/flat:name/1", "NOUN ADP PROPN"),
    ("een/DET/det/3 meer/PRON/obl/3 open/ADJ/root/0", "DET ADV ADJ"),
    ("meer/PRON/det/2 tijd/NOUN/root/0", "DET NOUN"),
    ("de/DET/det/3 meeste/PRON/nmod/3 staten/NOUN/root/0", "DET ADV NOUN"),
    ("dezelfde/ADJ/det/2 naam/NOUN/root/0", "DET NOUN"),
    ("zijn/AUX/cop/3 er/ADV/expl/3 klaar/ADJ/root/0", "AUX PRON ADJ"),
    ("de/DET/det/2 20e/NUM/nummod/3 eeuw/NOUN/root/0", "DET ADJ NOUN"),
    ("beide/NUM/nummod/2 staten/NOUN/root/0", "NUM NOUN"),
    ("a/X/root/0 =/PUNCT/conj/1 b/X/conj/1", "X SYM X"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "tags"), TAGS)
def test_lassy_tags(before: str, tags: str) -> None:
    cells = before.split()
    lemmas = " ".join(cell.split("/")[0].lower() for cell in cells)
    upos = lassy.upgrade(tree(before, "nl", lemmas), lassy_counts.Conventions()).upos
    assert upos is not None and " ".join(upos) == tags


def test_subordinators_are_no_adverbs() -> None:
    released = tree("toen/SCONJ/mark/2 sliep/VERB/root/0", "nl", "toen slapen")
    conventions = lassy_counts.Conventions().learn([released])
    before = tree(
        "toen/ADV/advmod/2 sliep/VERB/root/0 toen/ADV/mark/4 werkte/VERB/advcl/2",
        "nl",
        "toen slapen toen werken",
    )
    upos = lassy.upgrade(before, conventions).upos
    assert upos is not None and (upos[0], upos[2]) == ("ADV", "SCONJ")


def test_an_adverb_that_opens_a_clause_is_a_subordinator_however_often_it_is_none() -> None:
    adverb = tree("al/ADV/advmod/2 sliep/VERB/root/0", "nl", "al slapen")
    opening = tree("al/SCONJ/mark/2 sliep/VERB/root/0", "nl", "al slapen")
    conventions = lassy_counts.Conventions().learn([*[adverb] * 20, opening])
    before = tree(
        "Zij/PRON/nsubj/2 sliep/VERB/root/0 al/ADV/mark/4 werkte/VERB/advcl/2",
        "nl",
        "zij slapen al werken",
    )
    upos = lassy.upgrade(before, conventions).upos
    assert upos is not None and upos[2] == "SCONJ"
    assert lassy.upgrade(adverb, conventions).upos == adverb.upos


def test_objects_of_prepositions_are_unsure_with_unknown_verbs() -> None:
    text = "{}/VERB/root/0 op/ADP/case/3 steun/NOUN/{}/1"
    known = [
        tree(text.format("rekenen", "obl:arg"), "nl", "rekenen op steun"),
        tree(text.format("liggen", "obl"), "nl", "liggen op steun"),
    ]
    conventions = lassy_counts.Conventions().learn(known)
    found = []
    for verb in ("rekenen", "liggen", "hopen"):
        before = tree(text.format(verb, "obl"), "nl", f"{verb} op steun")
        found.append((lassy.upgrade(before, conventions).deprel or ())[2])
    assert found == ["obl:arg", "obl", lassy.UNSURE]


def test_particle_verbs_carry_their_particle() -> None:
    before = tree(
        "Hij/PRON/nsubj/2 houdt/VERB/root/0 aan/ADP/compound:prt/2", "nl", "hij houden aan"
    )
    lemma = lassy.upgrade(before, lassy_counts.Conventions()).lemma
    assert lemma is not None and lemma[1] == "aanhouden"


@pytest.mark.parametrize(
    ("lemma", "expected"), [("op_richten", "oprichten"), ("_", "_"), ("Jan", "Jan")]
)
def test_compound_marks_leave_the_lemma(lemma: str, expected: str) -> None:
    assert lassy_counts.plain_lemma(lemma) == expected


def test_possessives_and_reflexives_follow_released_trees() -> None:
    released = tree(
        "zich/PRON/expl:pv/2 schamen/VERB/root/0 zijn/PRON/nmod:poss/4 kat/NOUN/obj/2", "nl"
    )
    released = Sentence(
        **{
            **released.__dict__,
            "lemma": ("zich", "schamen", "zijn", "kat"),
            "feats": ("_", "_", "Person=3|Poss=Yes|PronType=Prs", "_"),
        }
    )
    conventions = lassy_counts.Conventions().learn([released])
    before = tree(
        "zijn/DET/det/2 broer/NOUN/nsubj/4 zich/PRON/obj/4 schaamt/VERB/root/0",
        "nl",
        "zijn broer zich schamen",
    )
    after = lassy.upgrade(before, conventions)
    assert shown(after) == "zijn/nmod:poss/2 broer/nsubj/4 zich/expl:pv/4 schaamt/root/0"
    assert after.upos is not None and after.upos[0] == "PRON"
    assert after.feats is not None and after.feats[0] == "Person=3|Poss=Yes|PronType=Prs"


def test_brackets_hang_on_what_they_enclose() -> None:
    before = tree(
        "een/DET/det/2 partij/NOUN/root/0 (/PUNCT/punct/2 de/DET/det/5 "
        "grootste/ADJ/appos/2 )/PUNCT/punct/2 ./PUNCT/punct/2"
    )
    draft = Draft(before, {})
    reattach_punctuation(before.words, draft)
    assert [head + 1 for head in draft.head] == [2, 0, 5, 5, 2, 5, 2]
