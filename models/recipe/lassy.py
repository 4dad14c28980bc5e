"""LassySmall's training set of 2017 (UD 2.0) to the conventions of its release of 2025.

Rules state what changed in the treebank; word lists (which verbs are inherently
reflexive, which prepositions make `obl:arg`, what a function word's features
are) are counted from released trees.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace

from models.recipe.corpora import Sentence
from models.recipe.lassy_counts import Conventions, is_infinitive, plain_lemma
from models.recipe.trees import Draft, reattach_punctuation

RENAMED = {"flat:name": "flat"}
UNSURE = "obl?"  # `obl` or `obl:arg`; the training leaves relations with a question mark out
_OPEN = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM", "X"})
_COPULA = "zijn"
_AUXILIARIES = frozenset({"hebben", "zijn", "kunnen", "zullen", "moeten", "mogen", "worden"})
_MODALS = frozenset({"kunnen", "zullen", "moeten", "mogen"})
_NAME_PARTS = frozenset({"NOUN", "ADJ", "NUM", "PROPN", "VERB"})
_ARTICLES = frozenset({"de", "het", "een", "'t"})
_GRADED = frozenset({"meer", "meest", "minder", "minst", "veel", "weinig", "teveel"})
_INFLECTED = frozenset({"meeste", "vele"})
_ORDINAL = re.compile(r"\d+(?:e|de|ste)|eerst|(?!beide)\w{2,20}(?:de|ste)n?")
_MODIFIED = {
    "ADV": frozenset({"VERB", "AUX", "ADJ", "ADV", "DET", "PRON", "ADP"}),
    "ADJ": frozenset({"VERB", "AUX", "ADJ", "ADV"}),
}


def plain(tree: Sentence) -> Sentence:
    """A released tree with lemmas as a dictionary writes them."""
    assert tree.lemma
    return replace(tree, lemma=tuple(plain_lemma(cell or "_") for cell in tree.lemma))


def upgrade(tree: Sentence, conventions: Conventions) -> Sentence:
    """A UD 2.0 tree of LassySmall with today's tags, features, relations and heads."""
    assert tree.lemma and tree.feats
    draft = Draft(tree, RENAMED)
    lemma = [cell or "_" for cell in tree.lemma]
    names(tree, draft)
    function_words(draft, lemma, conventions)
    modifiers(draft)
    verbs(draft, lemma)
    passives(draft)
    arguments(draft, lemma, conventions)
    complements(draft, lemma, conventions)
    coordination(draft)
    reattach_punctuation(tree.words, draft)
    feats = features(tree, draft, conventions)
    if not draft.is_tree():
        draft.head = Draft(tree, RENAMED).head
    return replace(
        tree,
        upos=tuple(draft.upos),
        feats=tuple(feats),
        lemma=lemmas(tree, draft, lemma, conventions),
        head=tuple(head + 1 for head in draft.head),
        deprel=tuple(draft.deprel),
    )


def names(tree: Sentence, draft: Draft) -> None:
    """Names and titles of several words are `flat`; the words of names are PROPN.

    `Tweede Wereldoorlog`, `Vlaams Parlement` and `Museum voor Schone Kunsten` are PROPN
    throughout; titles that begin with an article or have other words in lower case (`De grappen
    van Lambik`, `Maskers tarten de dood`) keep the tags of their words.
    """
    groups: dict[int, list[int]] = defaultdict(list)
    for index, relation in enumerate(draft.deprel):
        if relation in ("fixed", "flat"):
            groups[draft.head[index]].append(index)
    for first, rest in groups.items():
        group = sorted([first, *rest])
        capitals = [index for index in group if tree.words[index][:1].isupper()]
        if not is_name(draft, first, rest, capitals):
            continue
        for index in rest:
            draft.deprel[index] = "flat"
        tags = {
            draft.upos[index]
            for index in set(group) - set(capitals)
            if tree.words[index][:1].isalpha()
        }
        if draft.words[first] in _ARTICLES:
            if first in capitals:
                draft.upos[first] = "DET"
            continue
        proper = any(draft.upos[index] == "PROPN" for index in group)
        if tags and not (tags == {"ADP"} and not proper):
            continue
        for index in group:
            if (draft.upos[index] in _NAME_PARTS and index in capitals) or (
                tags and draft.upos[index] == "ADP"
            ):
                draft.upos[index] = "PROPN"


def is_name(draft: Draft, first: int, rest: list[int], capitals: list[int]) -> bool:
    """Whether a group is a name or a title, not a fixed expression such as `Voor het eerst`."""
    later = [index for index in rest if index in capitals]
    if any(draft.upos[index] in _NAME_PARTS for index in later):
        return True
    content = any(draft.upos[index] in _NAME_PARTS for index in rest)
    return first in capitals and content and draft.upos[first] not in ("ADP", "ADV", "SCONJ")


def function_words(draft: Draft, lemma: list[str], conventions: Conventions) -> None:
    """Closed-class words get the tag they always have today, and possessives their relation."""
    for index, word in enumerate(draft.words):
        counts = conventions.upos.get(word)
        upos, relation, head = draft.upos[index], draft.deprel[index], draft.head[index]
        if draft.upos[index] == "PUNCT" and relation != "punct":
            draft.upos[index] = "SYM"
            continue
        if upos == "NUM" and _ORDINAL.fullmatch(word):
            draft.upos[index] = "ADJ"
            draft.deprel[index] = "amod" if relation == "nummod" else relation
            continue
        if relation in ("flat", "fixed") or not counts:
            continue
        poss = conventions.feats.get((word, "PRON"))
        if relation == "det" and upos in ("DET", "PRON") and poss and "Poss=Yes" in str(poss):
            draft.upos[index], draft.deprel[index] = "PRON", "nmod:poss"
            continue
        best, count = counts.most_common(1)[0]
        sure = count >= 3 and count >= 0.9 * sum(counts.values())
        if (sure and best == "SYM") or (upos, best, sure) == ("ADV", "ADJ", True):
            draft.upos[index] = best
        elif (upos, best) == ("ADV", "CCONJ") and relation not in ("cc", "mark"):
            pass
        elif relation == "mark" and (word in ("als", "dan") or (upos == "ADV" and counts["SCONJ"])):
            draft.upos[index] = "SCONJ"
        elif sure and best not in _OPEN and upos not in _OPEN and best != "AUX" != upos:
            draft.upos[index] = best
        if word == "zich" and relation == "obj" and head >= 0:
            seen = conventions.reflexive.get(lemma[head], Counter())
            if seen[True] >= seen[False]:
                draft.deprel[index] = "expl:pv"


def modifiers(draft: Draft) -> None:
    """Relations of adverbs, quantifiers, genitives and measures in today's release."""
    for index, word in enumerate(draft.words):
        upos, relation, head = draft.upos[index], draft.deprel[index], draft.head[index]
        modified = draft.upos[head] if head >= 0 else ""
        if relation == "det" and upos == "ADJ" and word.endswith("zelfde"):
            draft.upos[index] = "DET"
        elif relation == "det" and upos in ("PROPN", "NOUN"):
            draft.deprel[index] = "nmod:poss" if upos == "PROPN" and word.endswith("s") else "nmod"
        elif upos == "PRON" and word in _GRADED:
            graded(draft, index, modified)
        elif (upos, relation) == ("PRON", "nmod") and word in _INFLECTED:
            draft.upos[index], draft.deprel[index] = "ADV", "amod"
        elif relation == "amod" and modified in _MODIFIED.get(upos, ()):
            draft.deprel[index] = "advmod"
        elif (upos, relation) == ("NOUN", "amod") or (relation == "obj" and word == "waar"):
            draft.deprel[index] = "obl"
        elif relation == "expl" and word == "er":
            draft.upos[index] = "PRON"
        elif (upos, relation) == ("ADJ", "advmod") and any(
            draft.upos[child] == "NOUN" for child in draft.children(index) if child < index
        ):
            draft.deprel[index] = "obl"


def graded(draft: Draft, index: int, modified: str) -> None:
    """`meer`, `minder`, `veel` are ADV beside a verb or an adjective, DET as a determiner."""
    relation = draft.deprel[index]
    if relation == "det":
        draft.upos[index] = "DET"
    elif (
        relation == "advmod"
        or (relation == "obl" and not draft.children(index, "case"))
        or (relation == "amod" and modified in _MODIFIED["ADV"])
    ):
        draft.upos[index], draft.deprel[index] = "ADV", "advmod"


def verbs(draft: Draft, lemma: list[str]) -> None:
    """Only `zijn` is a copula, only some verbs are auxiliaries, and modals always are."""
    for index in range(len(draft.words)):
        head, relation = draft.head[index], draft.deprel[index]
        participle = head >= 0 and draft.upos[head] == "VERB"
        if relation == "cop" and lemma[index] != _COPULA:
            if lemma[index] == "worden" and participle:
                draft.deprel[index] = "aux:pass"
            else:
                become_main(draft, index)
        elif relation == "aux" and lemma[index] not in _AUXILIARIES:
            become_main(draft, index)
        elif draft.upos[index] == "VERB" and lemma[index] in _MODALS | {"worden"}:
            main = [
                child
                for child in draft.children(index, "xcomp", "ccomp")
                if draft.upos[child] == "VERB"
            ]
            if len(main) == 1:
                passive = lemma[index] == "worden"
                draft.promote(main[0], "aux:pass" if passive else "aux")
                draft.upos[index] = "AUX"


def become_main(draft: Draft, verb: int) -> None:
    """A former copula or auxiliary becomes the head, its former head the `xcomp`."""
    content = draft.head[verb]
    kept = ("case", "det", "amod", "nmod", "nmod:poss", "flat", "fixed", "nummod", "acl:relcl")
    moved = [
        child
        for child in draft.children(content)
        if child != verb
        and (
            draft.deprel[child] in ("nsubj", "nsubj:pass", "csubj", "cc", "punct")
            or (draft.deprel[child] == "mark" and not stays(draft, child, content, verb))
            or (draft.deprel[child] not in (*kept, "mark") and child < verb)
            or draft.deprel[child] in ("conj", "aux", "advcl", "parataxis")
        )
    ]
    draft.attach(verb, draft.head[content], draft.deprel[content])
    draft.attach(content, verb, "xcomp")
    draft.upos[verb] = "VERB"
    for child in moved:
        draft.head[child] = verb


def stays(draft: Draft, mark: int, content: int, verb: int) -> bool:
    """Whether a mark belongs to the complement and not to the verb that becomes its head.

    So do `te` (`bleek ziek te zijn`), and `als` without a subject after it (`klinkt als muziek`).
    """
    if draft.words[mark] == "te":
        return mark != verb - 1
    subjects = draft.children(content, "nsubj", "nsubj:pass")
    return draft.words[mark] == "als" and not any(mark < s < content for s in subjects)


def passives(draft: Draft) -> None:
    """Subjects and agents of passive verbs have relations of their own."""
    for index, relation in enumerate(draft.deprel):
        if relation != "aux:pass" or draft.head[index] < 0:
            continue
        verb = draft.head[index]
        for child in draft.children(verb, "nsubj"):
            draft.deprel[child] = "nsubj:pass"
        for child in draft.children(verb, "csubj"):
            draft.deprel[child] = "csubj:pass"
        for child in draft.children(verb, "obl"):
            if any(draft.words[case] == "door" for case in draft.children(child, "case")):
                draft.deprel[child] = "obl:agent"


def arguments(draft: Draft, lemma: list[str], conventions: Conventions) -> None:
    """A prepositional object is `obl:arg` if released trees mostly have it with this verb.

    With a verb that they do not have, nothing is said after prepositions that verbs often govern.
    """
    for index, relation in enumerate(draft.deprel):
        if relation != "obl" or draft.head[index] < 0:
            continue
        verb = full_lemma(draft, draft.head[index], lemma)
        for case in draft.children(index, "case"):
            seen = conventions.arguments.get((verb, draft.words[case]), Counter())
            if seen[True] > seen[False]:
                draft.deprel[index] = "obl:arg"
            elif not seen and draft.words[case] in conventions.governed():
                draft.deprel[index] = UNSURE


def complements(draft: Draft, lemma: list[str], conventions: Conventions) -> None:
    """An infinitive with `te` is `xcomp`, unless released trees mostly have `ccomp` there."""
    for index, relation in enumerate(draft.deprel):
        if relation == "ccomp" and draft.head[index] >= 0 and is_infinitive(draft, index):
            seen = conventions.complements.get(full_lemma(draft, draft.head[index], lemma))
            if not seen or seen["xcomp"] >= seen["ccomp"]:
                draft.deprel[index] = "xcomp"


def coordination(draft: Draft) -> None:
    """Conjunctions hang on the conjunct that follows: UD 2.0's release still had the first."""
    for index, relation in enumerate(draft.deprel):
        head = draft.head[index]
        if relation == "cc" and 0 <= head < index:
            later = [child for child in draft.children(head, "conj") if child > index]
            if later:
                draft.head[index] = min(later)


def full_lemma(draft: Draft, index: int, lemma: list[str]) -> str:
    """A verb's lemma with its separated particle: `houdt … aan` is `aanhouden`."""
    particles = draft.children(index, "compound:prt")
    if draft.upos[index] == "VERB" and len(particles) == 1:
        particle = draft.words[particles[0]]
        if draft.upos[particles[0]] in ("ADP", "ADV") and not lemma[index].startswith(particle):
            return particle + lemma[index]
    return lemma[index]


def features(tree: Sentence, draft: Draft, conventions: Conventions) -> list[str]:
    """FEATS: those seen with the form and tag, else the old ones with today's spelling."""
    assert tree.feats
    feats = []
    for index, word in enumerate(draft.words):
        old = (
            tree.feats[index].replace("Abbr=yes", "Abbr=Yes").replace("Foreign=yes", "Foreign=Yes")
        )
        seen = conventions.feats.get((word, draft.upos[index]))
        closed = draft.upos[index] not in _OPEN - {"NUM"} and draft.upos[index] != "AUX"
        if seen and (closed or draft.upos[index] != (tree.upos or ())[index]):
            old = without_external(seen.most_common(1)[0][0])
        external = "_"
        if draft.children(index, "fixed"):
            counts = conventions.external.get(draft.deprel[index])
            external = counts.most_common(1)[0][0] if counts else "_"
        elif draft.children(index, "flat") and draft.upos[index] not in ("PROPN", "NUM"):
            external = "ExtPos=PROPN"
        if external != "_":
            cells = [cell for cell in (*old.split("|"), external) if cell != "_"]
            old = "|".join(sorted(cells, key=str.casefold))
        feats.append(old)
    return feats


def without_external(feats: str) -> str:
    """FEATS without `ExtPos`, which belongs to an expression and not to the form."""
    kept = [cell for cell in feats.split("|") if not cell.startswith("ExtPos=")]
    return "|".join(kept) or "_"


def lemmas(
    tree: Sentence, draft: Draft, lemma: list[str], conventions: Conventions
) -> tuple[str | None, ...]:
    """Lemmas: names are their own, verbs carry their particle, no capital of a first word."""
    found: list[str | None] = []
    for index, word in enumerate(tree.words):
        upos = draft.upos[index]
        cell = full_lemma(draft, index, lemma)
        seen = conventions.lemmas.get((draft.words[index], upos))
        if upos == "PROPN":
            found.append(word if word[:1].isupper() and not word.isupper() else None)
        elif upos != "VERB" and seen and upos not in ("X", "SYM"):
            found.append(seen.most_common(1)[0][0])
        elif index == 0 and cell[:1].isupper() and upos in ("ADJ", "NOUN", "VERB", "ADV"):
            lower = cell.lower()
            known = any(
                (lower, tag) in conventions.lemmas for tag in ("ADJ", "NOUN", "VERB", "ADV")
            )
            found.append(lower if known else None)
        else:
            found.append(cell)
    return tuple(found)
