"""The clauses of a Doc as the readers of demands look at them."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from pipeline.demands.lexicon import Lexicon
from pipeline.types import Clause

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_PHRASE = frozenset({"det", "amod", "nmod", "flat", "compound", "nummod", "fixed", "conj", "cc"})
_SHORTEST_END = 4
_LONGEST_SUBJECT = 10
_SILENT = frozenset({"salutation", "signature", "metadata", "furniture"})
_FREE = frozenset({"main", "parenthetical", "coordinate", "fragment"})


class View:
    """A Doc, its clauses, what is embedded in each, and the words of the language."""

    def __init__(self, doc: Doc, clauses: Sequence[Clause], words: Lexicon) -> None:
        self.doc = doc
        self.clauses = clauses
        self.words = words
        self.children: list[list[int]] = [[] for _ in clauses]
        for index, clause in enumerate(clauses):
            if clause.parent is not None:
                self.children[clause.parent].append(index)
        blocks = doc.spans.get("blocks", ())
        self._block_kinds = {block.start: block.label_ for block in blocks}
        self._kinds = [""] * len(doc)
        for block in blocks:
            self._kinds[block.start : block.end] = [block.label_] * len(block)

    def head(self, index: int) -> Token:
        """The syntactic head of a clause."""
        return self.doc[self.clauses[index].head]

    def tokens(self, index: int) -> list[Token]:
        """The words of a clause, embedded clauses not among them."""
        return [self.doc[token] for token in self.clauses[index].tokens]

    def free(self, index: int) -> bool:
        """Whether a clause is asserted: it is, or is coordinated with, a main clause."""
        clause = self.clauses[index]
        while clause.kind == "coordinate" and clause.parent is not None:
            clause = self.clauses[clause.parent]
        return clause.kind in _FREE

    def subject(self, index: int) -> Token | None:
        """The subject of a clause, or of the conjunct from which it inherits one."""
        clause = self.clauses[index]
        found = subject_of(self.doc, clause)
        while found is None and clause.kind == "coordinate" and clause.parent is not None:
            clause = self.clauses[clause.parent]
            found = subject_of(self.doc, clause)
        return found

    def coordinates(self, index: int) -> list[int]:
        """The clauses coordinated with a clause, at any distance, in order."""
        found = [child for child in self.children[index] if self._goes_on(child)]
        for child in found:
            found += [other for other in self.children[child] if self._goes_on(other)]
        return sorted(child for child in found if self.clauses[child].head > self.head(index).i)

    def _goes_on(self, index: int) -> bool:
        """Whether a clause is coordinated with the one above it, if only by `;` or `en`."""
        kind = self.clauses[index].kind
        if kind == "parenthetical":
            return False
        if kind == "coordinate" or base(self.head(index)) in {"conj", "parataxis"}:
            return True
        first = next((token for token in self.tokens(index) if not token.is_punct), None)
        return first is not None and first.pos_ == "CCONJ" and kind == "infinitive"

    def asks(self, index: int) -> bool:
        """Whether the sentence of a clause is a question."""
        return bool(self.head(index).sent.text.rstrip(" ”\"'").endswith("?"))

    def opens_list(self, index: int) -> bool:
        """Whether the sentence of a clause announces a list."""
        return self.announces(self.head(index).sent)

    def announces(self, span: Span) -> bool:
        """Whether a text ends with a colon, or with the marker of the infinitives of a list.

        Only before list items: `uppmanar regeringen att` goes on in them.
        """
        if span.text.rstrip().endswith(":"):
            return True
        last = span[-1]
        return (
            last.lower_ in self.words.list_openers
            and last.i + 1 < len(self.doc)
            and self._block_kinds.get(last.i + 1) == "list_item"
        )

    def unfinished(self, index: int) -> Token | None:
        """The subject with which the sentence of a clause breaks off before a list, if it does.

        In *We recommend that Iraq:* the items go on from `Iraq`; no verb stands behind `that`.
        """
        sentence = self.head(index).sent
        words = [token for token in sentence if not token.is_space]
        if len(words) < _SHORTEST_END or words[-1].text != ":":
            return None
        run: list[Token] = []
        for token in reversed(words[:-1]):
            if token.lower_ in self.words.list_openers and base(token) == "mark":
                inside = {word.i for word in run}
                return next(
                    (
                        word
                        for word in reversed(run)
                        if word.pos_ in NOMINAL and word.head.i not in inside
                    ),
                    None,
                )
            if token.pos_ in {"VERB", "AUX"} or len(run) == _LONGEST_SUBJECT:
                return None
            run.append(token)
        return None

    def silent(self, index: int) -> bool:
        """Whether nobody acts where a clause stands: in a menu, an address, a formula."""
        head = self.head(index)
        if self._kinds[head.i] in _SILENT:
            return True
        return head.sent.text.lower().startswith(self.words.courtesies)

    def is_agent(self, token: Token) -> bool:
        """Whether a word denotes people, a body or a state: what can be asked, or can speak."""
        words = self.words
        if token.pos_ == "PRON":
            return token.lower_ not in words.impersonal and "PronType=Dem" not in str(token.morph)
        if ends_like(token, words.agents):
            return True
        named = token.pos_ == "PROPN" or bool(token.ent_type_)
        return named and not ends_like(token, words.things)

    def phrase(self, head: Token) -> str:
        """The noun phrase around `head`, without its preposition and the clauses in it."""
        members = [head.i]
        pending = [child for child in head.children if base(child) in _PHRASE]
        while pending:
            token = pending.pop()
            members.append(token.i)
            pending += [
                child for child in token.children if base(child) in _PHRASE | {"case", "punct"}
            ]
        first, last = min(members), max(members)
        if last - first + 1 > len(members) + 2:
            first = last = head.i
        return str(self.doc[first : last + 1].text)


def ends_like(token: Token, words: Sequence[str]) -> bool:
    """Whether a word is one of `words`, or a compound that ends with one (`lidstaat`)."""
    return any(
        form == word or (len(word) >= _SHORTEST_END and form.endswith(word))
        for form in (token.lower_, token.lemma_.lower())
        for word in words
    )


def base(token: Token) -> str:
    """The token's UD relation without its subtype."""
    relation: str = token.dep_.partition(":")[0].lower()
    return relation


def subject_of(doc: Doc, clause: Clause) -> Token | None:
    """The clause's own subject; none where the clauses take what looks like one for an object."""
    if clause.subject is None:
        return None
    return next((child for child in doc[clause.head].children if base(child) == "nsubj"), None)
