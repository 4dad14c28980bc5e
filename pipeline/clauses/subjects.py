"""Who or what a clause is about: its own subject, or the one that it shares or is controlled by.

A relative pronoun stands for its antecedent. A conjunct shares the subject of the first; an
infinitive has that of the clause above it, or its object where the verb is one of asking,
allowing, forcing (`data/<lang>/columns.toml`).
"""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc

from pipeline.clauses.grammar import Grammar
from pipeline.clauses.heads import Heads
from pipeline.clauses.lexicon import ColumnWords
from pipeline.clauses.shapes import first_conjunct, infinitive_markers
from pipeline.clauses.tree import AUXILIARIES, Tree
from pipeline.clauses.word_order import number

_NAME_PARTS = frozenset({"flat", "fixed", "goeswith"})
_CONTROLLED = frozenset({"infinitive", "participial"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_MARKS = frozenset({"mark", "case"})
_OBJECTS = frozenset({"obj", "iobj"})


class Subjects:
    """Finds the subjects of the clauses of one Doc; remembers them, since clauses inherit."""

    def __init__(
        self,
        doc: Doc,
        tree: Tree,
        words: Grammar,
        known: ColumnWords,
        found: Heads,
        clauses: Mapping[int, list[int]],
    ) -> None:
        self._doc = doc
        self._tree = tree
        self._words = words
        self._known = known
        self._found = found
        self._outer = found.copula_of
        self._clauses = clauses
        self._subjects: dict[int, int | None] = {}

    def text(self, head: int) -> str | None:
        """The text of the subject of the clause that `head` heads; a name in full."""
        subject = self.of(head)
        if subject is None:
            return None
        tree = self._tree
        name = [subject] + [
            child
            for child in tree.children[subject]
            if tree.base[child] in _NAME_PARTS
            or (tree.base[child] == "compound" and tree.pos[child] == tree.pos[subject] == "PROPN")
        ]
        return self._doc[min(name) : max(name) + 1].text

    def of(self, head: int) -> int | None:
        """The token that is the subject of a clause, or None."""
        if head not in self._subjects:
            self._subjects[head] = None  # a cycle of inheritance ends here
            self._subjects[head] = self._find(head)
        return self._subjects[head]

    def bare_item(self, head: int) -> bool:
        """Whether what looks like a clause with its subject is an infinitive with its object.

        In a Dutch item such as *De samenwerking versterken* the plural verb does not agree with
        the singular in front of it.
        """
        tree = self._tree
        if tree.head[head] != head or tree.lemma[head] != tree.lower[head]:
            return False
        own = next((child for child in tree.having(head, frozenset({"nsubj"}))), None)
        if own is None or own > head or tree.has(head, AUXILIARIES):
            return False
        if tree.has(own, frozenset({"conj"})) or tree.pos[own] not in _NOUNS:
            return False
        plural = self._doc[head].morph.get("Number", []) == ["Plur"] or tree.form(head) == "Inf"
        return plural and self._doc[own].morph.get("Number", []) == ["Sing"]

    def _find(self, head: int) -> int | None:
        tree = self._tree
        own = self._own(head)
        kind = self._found.kind[head]
        if own is not None:
            return self._antecedent(head, own, kind)
        governor = tree.head[head]
        if governor == head:
            return None
        if kind == "relative" and tree.base[head] == "acl" and self._opened_by_mark(head):
            return governor
        if tree.base[head] == "conj":
            return self._of_clause_around(first_conjunct(tree, head))
        if kind not in _CONTROLLED or tree.base[head] == "csubj":
            return None
        return self._controller(head, governor, kind)

    def _antecedent(self, head: int, own: int, kind: str) -> int:
        """What a relative pronoun in subject position stands for; other subjects for themselves."""
        tree = self._tree
        if tree.lower[own] not in self._words.relative_words:
            return own
        governor = tree.head[first_conjunct(tree, head)]
        nearest = self._right_before(own)
        if tree.lower[own] in self._known.sentential and self._disagrees(own, governor):
            return own
        person = self._person_before(own, governor)
        if kind == "relative" and person is not None:
            return person
        if kind == "relative" and governor != head and tree.pos[governor] != "VERB":
            if nearest is not None and tree.base[nearest] == "conj":
                return nearest if tree.head[nearest] == governor else governor
            return governor
        whole = self._words.free_relatives | self._known.sentential
        relative = tree.features[own].pronoun == "Rel" or tree.pos[own] == "SCONJ"
        if not relative or tree.lower[own] in whole:
            return own
        if nearest is not None:
            return nearest
        before = own - 1
        while before >= 0 and tree.sentence[before] == tree.sentence[own]:
            if tree.pos[before] in _NOMINAL:
                return before
            before -= 1
        return own

    def _person_before(self, pronoun: int, governor: int) -> int | None:
        """A person's name right before a relative pronoun and its comma, as its antecedent.

        In *the arrest of X, who …* parsers tend to hang the clause on `arrest`.
        """
        tree = self._tree
        name = pronoun - 2 if tree.lower[pronoun - 1] == "," else pronoun - 1
        if tree.lower[pronoun] not in self._known.personal or name <= governor:
            return None
        if tree.sentence[name] != tree.sentence[pronoun] or self._doc[name].ent_type_ != "PER":
            return None
        while tree.base[name] in _NAME_PARTS and tree.head[name] < name:
            name = tree.head[name]
        title = tree.head[name] if tree.base[name] == "appos" else name
        return None if governor in {name, title} else name

    def _disagrees(self, pronoun: int, noun: int) -> bool:
        """Whether a relative pronoun differs from a noun in number, so that it stands for more."""
        numbers = self._tree.features[pronoun].number, self._tree.features[noun].number
        return "" not in numbers and numbers[0] != numbers[1]

    def _right_before(self, token: int) -> int | None:
        """The noun, or what stands in for one (`eenieder die`), right before a relative pronoun."""
        tree = self._tree
        before = token - 1
        if before < 0 or tree.sentence[before] != tree.sentence[token]:
            return None
        return before if tree.pos[before] in _NOMINAL | {"DET", "NUM"} else None

    def _controller(self, head: int, governor: int, kind: str) -> int | None:
        """The subject of an infinitive or participial clause without one of its own."""
        tree = self._tree
        marks = [mark for mark in tree.having(head, _MARKS) if mark < head]
        if kind == "participial" and not marks:
            described = self._described(head)
            if described is not None:
                return described
        if tree.base[head] == "acl" and governor in self._clauses[head]:
            # The noun went to the infinitive whose object it is (*sporen aan een plan te maken*).
            governor, kind = tree.head[governor], "infinitive"
            objects = [
                child
                for child in tree.having(governor, _OBJECTS)
                if child not in self._clauses[head]
            ]
            if objects and self._controls(governor):
                return objects[0]
            return self._of_clause_around(governor)
        if tree.base[head] in {"acl", "amod"}:
            if kind == "participial":
                return None if marks else governor
            controls = tree.base[governor] in _OBJECTS and self._controls(tree.head[governor])
            # *Request permission to visit him*: a noun that takes an infinitive does not act.
            takes = tree.lemma[governor] in self._words.infinitive_nouns
            takes = takes and tree.features[governor].number != "Plur"
            return governor if controls and not takes else None
        if any(
            governor < child < head and tree.lower[child] in self._known.expletives
            for child in tree.children[governor]
        ):
            return None
        if tree.pos[governor] == "ADJ" and tree.base[governor] in {"amod", "acl"}:
            # *Cooperation likely to contribute to repression.*
            return tree.head[governor] if governor not in self._found.kind else self.of(governor)
        asked = self._asked(head, governor, " ".join(tree.lower[mark] for mark in marks))
        if asked is not None:
            return asked
        return self._of_clause_around(governor)

    def _described(self, head: int) -> int | None:
        """The noun right before a participial clause, which it describes, no comma between.

        Parsers hang `outlining` in *should provide a vision outlining …* on the verb.
        """
        tree = self._tree
        before = min(self._clauses[head]) - 1
        if before < 0 or tree.sentence[before] != tree.sentence[head] or tree.base[head] == "acl":
            return None
        return before if tree.pos[before] in _NOUNS and tree.head[head] < before else None

    def _asked(self, head: int, governor: int, marker: str) -> int | None:
        """The object of the verb above, or what stands for it, where that is the subject."""
        tree = self._tree
        inside = frozenset(self._clauses[head])
        controls = self._controls(governor)
        objects = [
            child
            for child in tree.having(governor, _OBJECTS)
            if child < head
            and child not in inside
            # *Die het plein probeerden te verlaten*: before the verb it may be the infinitive's.
            and (child > governor or controls)
            and tree.lower[child] not in self._known.reflexives
        ]
        complement = tree.base[head] in {"xcomp", "ccomp"}
        if complement or marker in self._known.object_control_markers:
            if objects:
                return objects[0]
            subjects = tree.having(governor, frozenset({"nsubj"}))
            if len(subjects) > 1 and (governor < subjects[-1] < head or controls):
                return subjects[-1]
        opened = [word for word in marker.split() if word not in self._known.control_openers]
        bare = len(infinitive_markers(tree, self._words, head)) == len(opened)
        if not controls or not (complement or bare):
            return None
        if objects:
            return objects[0]
        return next(
            (
                child
                for child in tree.having(governor, frozenset({"obl", "nmod"}))
                if child < head and self._has_control_preposition(child)
            ),
            None,
        )

    def _controls(self, verb: int) -> bool:
        """Whether a verb is one of asking, allowing, forcing."""
        return self._tree.lemma[verb] in self._known.object_control

    def _has_control_preposition(self, noun: int) -> bool:
        tree = self._tree
        return any(
            tree.lower[case] in self._known.control_prepositions
            for case in tree.having(noun, frozenset({"case"}))
        )

    def _opened_by_mark(self, head: int) -> bool:
        """Whether a relative word is labelled a subordinator, so that the subject is missing."""
        tree = self._tree
        marks = tree.having(head, frozenset({"mark"}))
        return any(tree.lower[mark] in self._words.relative_words for mark in marks)

    def _own(self, head: int) -> int | None:
        """The subject among the head's children; an expletive only where there is no other."""
        tree = self._tree
        if self.bare_item(head):
            return None
        outer = head in self._found.split
        children = tree.children[self._found.split.get(head, head)]
        split = head in self._outer
        for base in ("nsubj", "expl", "csubj"):
            candidates = [
                child
                for child in children
                if tree.base[child] == base
                and not (split and tree.label[child].endswith(":outer"))
                and (not outer or tree.label[child].endswith(":outer") or child < head)
                and tree.label[child] != "expl:pv"
                and tree.lower[child] not in self._words.pronominal
                and not self._possessive(head, child)
                and not self._mistaken(head, child)
            ]
            if candidates:
                return self._likeliest(head, candidates)
        return None

    def _possessive(self, head: int, pronoun: int) -> bool:
        """Whether a pronoun in the genitive was taken for a verb's subject (`sedan dess`)."""
        tree = self._tree
        genitive = tree.pos[pronoun] == "PRON" and tree.features[pronoun].case == "Gen"
        governed = tree.pos[pronoun] == "ADV" and tree.has(pronoun, frozenset({"case"}))
        fixed = (tree.lower[pronoun - 1], tree.lower[pronoun]) in self._words.phrasal
        return (genitive or governed or fixed) and self._found.kind[head] != "participial"

    def _likeliest(self, head: int, subjects: list[int]) -> int:
        """Of several subjects a parser gives one verb: none in a phrase with a preposition.

        One that agrees with the verb, a personal pronoun rather than a noun (*deze brief kan je
        lezen*), and of those before the verb the last.
        """
        tree = self._tree
        if len(subjects) == 1:
            return subjects[0]
        bare = [token for token in subjects if not tree.has(token, frozenset({"case"}))]
        subjects = bare or subjects
        # An unknown adverb that was taken for a pronoun has no features.
        known = [token for token in subjects if self._doc[token].morph]
        subjects = known or subjects
        wanted = number(tree, head)
        agreeing = [t for t in subjects if tree.features[t].number in {"", wanted}]
        subjects = agreeing if wanted and agreeing else subjects
        pronouns = [token for token in subjects if tree.features[token].pronoun == "Prs"]
        before = [token for token in subjects if token < head]
        return (pronouns[:1] or before[-1:] or subjects)[0]

    def _mistaken(self, head: int, subject: int) -> bool:
        """Whether a subject behind its verb is more likely its object.

        An infinitive has no subject behind it. After *the Council condemns …* `and calls Belarus`
        has none of its own either; only where the first conjunct is inverted can it.
        """
        tree = self._tree
        if subject < head:
            return False
        if tree.form(head) == "Inf" and not tree.has(head, AUXILIARIES):
            return True
        if tree.base[head] != "conj" or tree.form(head) != "Fin":
            return False
        before = [child for child in tree.children[head] if child < head]
        if any(tree.base[child] not in {"cc", "punct"} for child in before):
            return False
        first = first_conjunct(tree, head)
        own = tree.having(first, frozenset({"nsubj"}))
        return bool(own) and own[0] < first and tree.form(first) == "Fin"

    def _of_clause_around(self, token: int) -> int | None:
        """The subject of the clause in which `token` is (part of) the predicate."""
        tree = self._tree
        while token not in self._found.kind:
            own = next(iter(tree.having(token, frozenset({"nsubj"}))), None)
            if own is not None:
                return own
            if tree.head[token] == token:
                return None
            token = tree.head[token]
        return self.of(token)
