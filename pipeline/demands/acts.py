"""The acts that single clauses perform by their own words."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from pipeline.demands.lexicon import lexicon, skeleton
from pipeline.demands.model import Demand
from pipeline.types import Clause

_INDEPENDENT = frozenset({"main", "coordinate", "parenthetical"})
_CONTENT = frozenset({"complement", "infinitive", "participial", "subject", "main"})
_OBJECTS = frozenset({"obj", "iobj"})
_PHRASE = frozenset({"det", "amod", "nmod", "flat", "compound", "nummod", "fixed", "conj", "cc"})
_NO_SPEAKERS = frozenset({"salutation", "signature", "metadata", "furniture"})
_LONGEST_NAME = 7
_MODALITIES = {"obligation": "strong", "prohibition": "strong", "recommendation": "plain"}


class Reader:
    """Reads the acts of one Doc off its clauses."""

    def __init__(self, doc: Doc, clauses: Sequence[Clause]) -> None:
        self._doc = doc
        self._clauses = clauses
        self._words = lexicon(doc.lang_)
        self._children: list[list[int]] = [[] for _ in clauses]
        for index, clause in enumerate(clauses):
            if clause.parent is not None:
                self._children[clause.parent].append(index)
        self._names = self._name_lines()

    def explicit(self) -> list[Demand]:
        """The acts that a clause performs by its own words, lists not yet considered."""
        performed = [self._performed(index) for index in range(len(self._clauses))]
        speakers = {
            demand.speaker for demand in performed if demand and self._names_speaker(demand)
        }
        found: list[Demand] = []
        speaker: str | None = None
        for index, demand in enumerate(performed):
            demand = demand or self._modal(index, speaker, speakers)
            if demand is None:
                continue
            found.append(demand)
            if performed[index] is not None and self._names_speaker(demand):
                speaker = demand.speaker
        return found

    def _names_speaker(self, demand: Demand) -> bool:
        """Whether a demand's speaker is a name or noun that later sentences may have in mind."""
        subject = self._subject_up(demand.clause)
        named = subject is None or subject.pos_ != "PRON"
        return demand.act != "commit" and demand.speaker is not None and named

    def _performed(self, index: int) -> Demand | None:
        clause = self._clauses[index]
        if clause.predicate is None or clause.kind not in _INDEPENDENT or not self._free(index):
            return None
        act = self._act(clause) or self._opinion(index)
        if act is None or clause.modality in _MODALITIES:
            return None
        head = self._doc[clause.head]
        if clause.voice == "passive" and head.lower_ not in self._words.adjectives:
            return None
        subject = self._subject_up(index)
        if subject is not None and "PronType=Dem" in str(subject.morph):
            return None
        if clause.modality == "permission":
            return None
        if clause.modality == "intention" and act not in {"call", "commit"}:
            return None
        content = self._content(index, act)
        if content == (index,) and skeleton(clause.predicate) in self._words.with_content:
            return None
        addressee = self._addressee(index) if act in {"call", "inform", "commit"} else None
        if act == "call" and addressee is None:
            addressee = self._subject_of_content(index, content)
        return Demand(
            act=act,
            clause=index,
            speaker=self._speaker(clause),
            addressee=self._phrase(addressee) if addressee is not None else None,
            content=content,
            force=self._force(clause),
            addressee_head=addressee.i if addressee is not None else None,
        )

    def _opinion(self, index: int) -> str | None:
        """A call, where a predicate of opinion has a complement that says what should be done."""
        if skeleton(self._clauses[index].predicate or "") not in self._words.opinion:
            return None
        called = any(
            self._clauses[child].kind == "complement"
            and self._clauses[child].modality in _MODALITIES
            for child in self._children[index]
        )
        return "call" if called else None

    def _speaker(self, clause: Clause) -> str | None:
        """The subject, or the body announced above.

        Under an announced body an item that opens with its verb has no subject of its own: what a
        parser takes for one behind the verb (`verzoekt de Raad …`) is the addressee.
        """
        announced = self._announced(clause)
        subject = subject_of(self._doc, clause)
        opens = not any(
            self._doc[token].pos_ not in {"PUNCT", "ADV"}
            for token in clause.tokens
            if token < clause.head
        )
        if announced and opens and (subject is None or subject.i > clause.head):
            return announced
        return clause.subject or announced

    def _announced(self, clause: Clause) -> str | None:
        """The speaker of a sentence without subject: the last line that is a name and a comma.

        In resolutions `The European Parliament,` opens a sequence of items that begin with verbs.
        """
        return next(
            (name for sentence, name in reversed(self._names) if sentence < clause.sentence), None
        )

    def _name_lines(self) -> list[tuple[int, str]]:
        """Sentences that are a short name and a comma, with that name."""
        silent = {
            token
            for block in self._doc.spans.get("blocks", ())
            if block.label_ in _NO_SPEAKERS
            for token in range(block.start, block.end)
        }
        lines = []
        for clause in self._clauses:
            sentence = self._doc[clause.head].sent
            if clause.kind != "fragment" or len(clause.tokens) != len(sentence):
                continue
            if clause.head in silent:
                continue
            if sentence[-1].text == "," and len(sentence) <= _LONGEST_NAME:
                lines.append((clause.sentence, sentence[:-1].text))
        return lines

    def _free(self, index: int) -> bool:
        """Whether a clause is asserted: it is, or is coordinated with, a main clause."""
        clause = self._clauses[index]
        while clause.kind == "coordinate" and clause.parent is not None:
            clause = self._clauses[clause.parent]
        return clause.kind in {"main", "parenthetical", "coordinate", "fragment"}

    def _act(self, clause: Clause) -> str | None:
        """The act that the predicate, alone or with its object or adjective, performs."""
        words = self._words
        verb = skeleton(clause.predicate or "")
        inside = frozenset(clause.tokens)
        head = self._doc[clause.head]
        if {verb, skeleton(head.lemma_)} & words.expressing:
            for token in self._tokens(clause):
                act = words.nouns.get(token.lemma_.lower())
                if act and token.head.i == clause.head and base(token) in {"obj", "obl", "xcomp"}:
                    return act
        near = {token.lower_ for token in self._tokens(clause)}
        for (known, preposition), act in words.verbs.items():
            if preposition in near and known in {verb, skeleton(head.lemma_)}:
                return act
        if (verb, "") in words.verbs:
            return words.verbs[verb, ""]
        described = [head, *(child for child in head.children if child.i in inside)]
        for token in described:
            if token is head or base(token) in {"xcomp", "advmod", "obl"}:
                act = words.adjectives.get(token.lemma_.lower()) or words.adjectives.get(
                    token.lower_
                )
                if act:
                    return act
        return None

    def _tokens(self, clause: Clause) -> list[Token]:
        return [self._doc[token] for token in clause.tokens]

    def _content(self, index: int, act: str) -> tuple[int, ...]:
        """The clauses that say what the act is about, with those coordinated to them."""
        head = self._clauses[index].head
        first = [
            child
            for child in self._children[index]
            if self._clauses[child].kind in _CONTENT
            and self._clauses[child].head > head
            and (act == "call" or self._governed(self._clauses[child]))
        ]
        found = list(first)
        for child in found:
            found += [
                other
                for other in self._children[child]
                if base(self._doc[self._clauses[other].head]) == "conj"
                and self._clauses[other].kind in _CONTENT | {"coordinate"}
            ]
        return tuple(sorted(found)) or (index,)

    def _governed(self, clause: Clause) -> bool:
        """Whether a clause is an argument of what stands above it, not its circumstance."""
        return clause.kind == "complement" or base(self._doc[clause.head]) in {"xcomp", "ccomp"}

    def _addressee(self, index: int) -> Token | None:
        """The person or body spoken to: an object, or a phrase with the verb's preposition."""
        clause = self._clauses[index]
        inside = frozenset(clause.tokens)
        head = self._doc[clause.head]
        phrases = [
            child
            for child in head.children
            if child.i in inside
            and (base(child) in _OBJECTS | {"obl"} or (base(child), head.pos_) == ("nmod", "NOUN"))
            and child.pos_ in {"NOUN", "PROPN", "PRON"}
            and "Reflex=Yes" not in str(child.morph)
        ]
        with_preposition = [
            phrase
            for phrase in phrases
            if any(
                base(child) == "case" and child.lower_ in self._words.addressee_prepositions
                for child in phrase.children
            )
            and phrase.lemma_.lower() not in self._words.nouns
            and phrase.left_edge.i != clause.tokens[0]
        ]
        demanding = skeleton(clause.predicate or "") in self._words.demanding
        has_content = self._opens_list(clause) or any(
            self._clauses[child].kind in {"infinitive", "complement"}
            for child in self._children[index]
        )
        # `Insist on access` says what is asked, `insist on Egypt to …` of whom.
        if with_preposition and (has_content or not demanding):
            return with_preposition[0]
        objects = [phrase for phrase in phrases if base(phrase) in _OBJECTS]
        for phrase in objects:
            if phrase.lemma_.lower() in self._words.nouns:
                return self._below(phrase)
        if demanding or not has_content:
            return None
        return objects[0] if objects else self._bare_phrase(clause)

    def _bare_phrase(self, clause: Clause) -> Token | None:
        """The first noun phrase after the predicate without preposition, whatever its relation."""
        inside = frozenset(clause.tokens)
        for position in clause.tokens:
            token = self._doc[position]
            if position <= clause.head or token.pos_ not in {"NOUN", "PROPN"}:
                continue
            inner = token.head.i in inside and token.head.pos_ in {"NOUN", "PROPN"}
            if not inner and not any(base(child) == "case" for child in token.children):
                return token
        return None

    def _below(self, noun: Token) -> Token | None:
        """The addressee inside a noun phrase, as in `zijn oproep aan Belarus`."""
        for child in noun.children:
            if base(child) == "nmod" and any(
                case.lower_ in self._words.addressee_prepositions for case in child.children
            ):
                return child
        return None

    def _subject_of_content(self, index: int, content: tuple[int, ...]) -> Token | None:
        """In `insists that the authorities abolish …` the authorities are addressed."""
        first = self._clauses[content[0]]
        if content[0] == index or first.kind != "complement" or first.voice != "active":
            return None
        return subject_of(self._doc, first)

    def _modal(self, index: int, speaker: str | None, speakers: set[str | None]) -> Demand | None:
        """What somebody should or must do, or what a speaker says that it will do."""
        clause = self._clauses[index]
        if clause.kind not in {"main", "coordinate"} or not self._free(index):
            return None
        if not clause.finite or clause.subject is None:
            return None
        force = _MODALITIES.get(clause.modality or "")
        if force is not None and force == "strong" and self._past(clause):
            return None
        if force is not None:
            subject = self._subject_up(index) if clause.voice == "active" else None
            return Demand(
                act="call",
                clause=index,
                speaker=speaker,
                addressee=self._phrase(subject) if subject is not None else None,
                content=(index,),
                force=force,
                addressee_head=subject.i if subject is not None else None,
            )
        speaks = clause.subject in speakers or (
            clause.subject.lower() in self._words.speaker_pronouns
        )
        if clause.modality == "intention" and speaks:
            return Demand("commit", index, clause.subject, None, (index,), self._force(clause))
        return None

    def _past(self, clause: Clause) -> bool:
        """Whether the clause tells what was obligatory or forbidden."""
        head = self._doc[clause.head]
        verbs = [head, *(child for child in head.children if base(child) == "aux")]
        return any("Tense=Past" in str(verb.morph) for verb in verbs if "Fin" in str(verb.morph))

    def _subject_up(self, index: int) -> Token | None:
        """The subject of the clause, or of the conjunct from which it inherits one."""
        clause = self._clauses[index]
        subject = subject_of(self._doc, clause)
        while subject is None and clause.kind == "coordinate" and clause.parent is not None:
            clause = self._clauses[clause.parent]
            subject = subject_of(self._doc, clause)
        return subject

    def _force(self, clause: Clause) -> str:
        words = self._words
        strong = any(self._doc[token].lower_ in words.strong_words for token in clause.tokens)
        verb = skeleton(clause.predicate or "")
        return "strong" if strong or verb in words.strong_verbs else "plain"

    def _phrase(self, head: Token) -> str:
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
        return str(self._doc[first : last + 1].text)

    def _opens_list(self, clause: Clause) -> bool:
        """Whether the sentence of a clause ends with a colon."""
        return bool(self._doc[clause.head].sent.text.rstrip().endswith(":"))


def base(token: Token) -> str:
    """The token's UD relation without its subtype."""
    relation: str = token.dep_.partition(":")[0].lower()
    return relation


def subject_of(doc: Doc, clause: Clause) -> Token | None:
    """The clause's own subject."""
    return next((child for child in doc[clause.head].children if base(child) == "nsubj"), None)
