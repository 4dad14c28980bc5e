"""LassySmall's training set of 2017 (UD 2.0) to the conventions of its release of 2025.

Rules state what changed in the treebank; word lists (which verbs are inherently
reflexive, which prepositions make `obl:arg`, what a function word's features
are) are counted from released trees.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from models.recipe.corpora import Sentence
from models.recipe.trees import Draft, reattach_punctuation

RENAMED = {"flat:name": "flat"}
_OPEN = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM", "X"})
_COPULA = "zijn"
_AUXILIARIES = frozenset({"hebben", "zijn", "kunnen", "zullen", "moeten", "mogen", "worden"})
_MODALS = frozenset({"kunnen", "zullen", "moeten", "mogen"})
_NAME_PARTS = frozenset({"NOUN", "ADJ", "NUM", "PROPN", "VERB"})


@dataclass
class Conventions:
    """Counts from released trees.

    Attributes:
        tags: (UPOS) of closed-class forms by form and old relation class.
        feats: FEATS by (form, UPOS).
        reflexive: `expl:pv` against other relations of `zich`, by verb lemma.
        arguments: `obl:arg` against `obl`, by (verb lemma, preposition).
        lemmas: lemmas by (form, UPOS).
        external: `ExtPos` of the first word of a `fixed` expression, by its relation.
    """

    upos: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    feats: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    reflexive: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    arguments: dict[tuple[str, str], Counter[bool]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    lemmas: dict[tuple[str, str], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )

    external: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def learn(self, trees: Iterable[Sentence]) -> Conventions:
        """Count released trees; returns itself."""
        for tree in trees:
            assert tree.upos and tree.feats and tree.lemma and tree.deprel and tree.head
            draft = Draft(tree, {})
            lemma = [plain_lemma(cell or "") for cell in tree.lemma]
            for index, word in enumerate(draft.words):
                upos, head = tree.upos[index], draft.head[index]
                self.upos[word][upos] += 1
                self.feats[word, upos][tree.feats[index]] += 1
                self.lemmas[word, upos][lemma[index]] += 1
                if draft.children(index, "fixed"):
                    cells = tree.feats[index].split("|")
                    external = next((cell for cell in cells if cell.startswith("ExtPos=")), "_")
                    self.external[tree.deprel[index]][external] += 1
                if head < 0:
                    continue
                if word == "zich":
                    self.reflexive[lemma[head]][tree.deprel[index] == "expl:pv"] += 1
                if tree.deprel[index] in ("obl", "obl:arg"):
                    for case in draft.children(index, "case"):
                        key = (lemma[head], draft.words[case])
                        self.arguments[key][tree.deprel[index] == "obl:arg"] += 1
        return self


def plain_lemma(lemma: str) -> str:
    """A lemma without the marks between the parts of a compound: `op_richten`, `web_site`."""
    return lemma.replace("_", "") or lemma


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
    verbs(draft, lemma)
    passives(draft)
    arguments(draft, lemma, conventions)
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
    """Names of several words are `flat` and PROPN: `Tweede Wereldoorlog`, `Vlaams Parlement`."""
    groups: dict[int, list[int]] = defaultdict(list)
    for index, relation in enumerate(draft.deprel):
        if relation in ("fixed", "flat"):
            groups[draft.head[index]].append(index)
    for first, rest in groups.items():
        later = [index for index in rest if tree.words[index][:1].isupper()]
        if not any(draft.upos[index] in _NAME_PARTS for index in later):
            continue
        for index in rest:
            draft.deprel[index] = "flat"
        for index in (first, *later):
            if tree.words[index][:1].isupper() and draft.upos[index] in _NAME_PARTS:
                draft.upos[index] = "PROPN"


def function_words(draft: Draft, lemma: list[str], conventions: Conventions) -> None:
    """Closed-class words get the tag they always have today, and possessives their relation."""
    for index, word in enumerate(draft.words):
        counts = conventions.upos.get(word)
        upos, relation, head = draft.upos[index], draft.deprel[index], draft.head[index]
        if relation in ("flat", "fixed") or not counts:
            continue
        poss = conventions.feats.get((word, "PRON"))
        if relation == "det" and upos in ("DET", "PRON") and poss and "Poss=Yes" in str(poss):
            draft.upos[index], draft.deprel[index] = "PRON", "nmod:poss"
            continue
        best, count = counts.most_common(1)[0]
        sure = count >= 3 and count >= 0.9 * sum(counts.values())
        if upos == "NUM" and sure and best == "ADJ":
            draft.upos[index] = "ADJ"
            if relation == "nummod":
                draft.deprel[index] = "amod"
        elif sure and best not in _OPEN and upos not in _OPEN and best != "AUX" != upos:
            draft.upos[index] = best
        elif word in ("als", "dan") and relation == "mark":
            draft.upos[index] = "SCONJ"
        modifies = draft.upos[head] if head >= 0 else ""
        if (upos, relation) == ("ADV", "amod") and modifies in ("VERB", "AUX", "ADJ", "ADV"):
            draft.deprel[index] = "advmod"
        if word == "zich" and relation == "obj" and head >= 0:
            seen = conventions.reflexive.get(lemma[head], Counter())
            if seen[True] >= seen[False]:
                draft.deprel[index] = "expl:pv"


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
            draft.deprel[child] in ("nsubj", "nsubj:pass", "csubj", "cc", "punct", "mark")
            or (draft.deprel[child] not in kept and child < verb)
            or draft.deprel[child] in ("conj", "aux", "advcl", "parataxis")
        )
    ]
    draft.attach(verb, draft.head[content], draft.deprel[content])
    draft.attach(content, verb, "xcomp")
    draft.upos[verb] = "VERB"
    for child in moved:
        draft.head[child] = verb


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
    """A prepositional object is `obl:arg` if released trees mostly have it with this verb."""
    for index, relation in enumerate(draft.deprel):
        if relation != "obl" or draft.head[index] < 0:
            continue
        verb = full_lemma(draft, draft.head[index], lemma)
        for case in draft.children(index, "case"):
            seen = conventions.arguments.get((verb, draft.words[case]), Counter())
            if seen[True] > seen[False]:
                draft.deprel[index] = "obl:arg"


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
