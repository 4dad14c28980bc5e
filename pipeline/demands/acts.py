"""The acts that single clauses perform by their own words."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from pipeline.demands import addressees, referents
from pipeline.demands.contents import contents, itself, stands_alone
from pipeline.demands.lexicon import lexicon, skeleton
from pipeline.demands.model import Demand
from pipeline.demands.view import View, base, ends_like, subject_of
from pipeline.types import Clause

_INDEPENDENT = frozenset({"main", "coordinate", "parenthetical"})
_NO_SPEAKERS = frozenset({"salutation", "signature", "metadata", "furniture"})
_LONGEST_NAME = 7
_MODALITIES = {"obligation": "strong", "prohibition": "strong", "recommendation": "plain"}
_SPOKEN = frozenset({"call", "condemn", "welcome", "express_concern", "commit"})
_STATING = frozenset({"inform", "reaffirm"})


class Reader:
    """Reads the acts of one Doc off its clauses."""

    def __init__(self, doc: Doc, clauses: Sequence[Clause]) -> None:
        self._doc = doc
        self._clauses = clauses
        self._words = lexicon(doc.lang_)
        self.view = View(doc, clauses, self._words)
        self._names = self._name_lines()

    def explicit(self) -> list[Demand]:
        """The acts that a clause performs by its own words, lists not yet considered."""
        performed = [
            None if self.view.asks(index) or self.view.silent(index) else self._performed(index)
            for index in range(len(self._clauses))
        ]
        speakers = {
            demand.speaker for demand in performed if demand and self._names_speaker(demand)
        }
        found: list[Demand] = []
        speaker: str | None = None
        for index, own in enumerate(performed):
            demand = (
                own
                or self._needed(index, speaker)
                or self._invited(index, speaker)
                or self._modal(index, speaker, speakers)
            )
            if demand is None or self.view.asks(index) or self.view.silent(index):
                continue
            found.append(demand)
            if own is not None and self._names_speaker(own):
                speaker = own.speaker
        return found

    def _names_speaker(self, demand: Demand) -> bool:
        """Whether a demand's speaker is a name or noun that later sentences may have in mind."""
        subject = self.view.subject(demand.clause)
        named = subject is None or subject.pos_ != "PRON"
        return demand.act != "commit" and demand.speaker is not None and named

    def _performed(self, index: int) -> Demand | None:
        clause = self._clauses[index]
        if clause.predicate is None or clause.kind not in _INDEPENDENT:
            return None
        if not self.view.free(index) or clause.modality in {*_MODALITIES, "permission"}:
            return None
        act = self._act(index)
        obliged = self._obliged(index) if act is None or act in _STATING else None
        if obliged is not None:
            act = "call"
        elif act is None:
            return None
        head = self._doc[clause.head]
        if clause.voice == "passive" and head.lower_ not in self._words.adjectives:
            return None
        subject = self.view.subject(index)
        if subject is not None and not self._speaks(subject) and not self._stands_for(subject, act):
            return None
        if any(token.lower_ in self._words.conditional for token in self.view.tokens(index)):
            return None
        if clause.modality == "intention" and act not in {"call", "commit"}:
            return None
        content = contents(self.view, index, act)
        bare = content == (index,) and not self.view.opens_list(index)
        if bare and self._entry(index) in self._words.with_content:
            return None
        to = (
            addressees.addressee(self.view, index, act, content)
            if obliged is None
            else addressees.of_content(self.view, index, content)
        )
        return Demand(
            act=act,
            clause=index,
            speaker=self._speaker(index),
            addressee=self.view.phrase(to) if to is not None else None,
            content=content,
            force=_MODALITIES[obliged] if obliged is not None else self._force(index, act),
        )

    def _speaks(self, subject: Token) -> bool:
        """Whether a subject can perform an act: people, bodies, and the texts that they issue."""
        return self.view.is_agent(subject) or ends_like(subject, self._words.documents)

    def _stands_for(self, subject: Token, act: str) -> bool:
        """Whether a pronoun (`It welcomes …`) stands for the body that the text before names.

        Facts too may underline or confirm; they do not urge or welcome. A dummy is nobody's name.
        """
        anaphor = act in _SPOKEN and subject.lower_ in self._words.anaphors
        return anaphor and referents.referent(self.view, subject) is not None

    def _obliged(self, index: int) -> str | None:
        """The modality of what a predicate of stating or opinion says that somebody should do."""
        if self._act(index) is None and not self._opines(index):
            return None
        return next(
            (
                modality
                for child in self.view.children[index]
                if self._clauses[child].kind in {"complement", "subject"}
                and (modality := self._clauses[child].modality or "") in _MODALITIES
                and not (_MODALITIES[modality] == "strong" and self._past(child))
            ),
            None,
        )

    def _opines(self, index: int) -> bool:
        """Whether a predicate is one of opinion, in itself or by a noun (`is of the opinion`)."""
        if skeleton(self._clauses[index].predicate or "") in self._words.opinion:
            return True
        return any(
            token.lemma_.lower() in self._words.opinion_nouns for token in self.view.tokens(index)
        )

    def _speaker(self, index: int) -> str | None:
        """The subject, or who a pronoun stands for, or the body announced above.

        Under an announced body an item that opens with its verb has no subject of its own: what a
        parser takes for one behind the verb (`verzoekt de Raad …`) is the addressee.
        """
        clause = self._clauses[index]
        announced = self._announced(clause)
        subject = subject_of(self._doc, clause)
        opens = not any(
            self._doc[token].pos_ not in {"PUNCT", "ADV"}
            for token in clause.tokens
            if token < clause.head
        )
        if announced and opens and (subject is None or subject.i > clause.head):
            return announced
        shared = self.view.subject(index)
        if shared is not None and referents.stands_in(self.view, shared):
            return referents.referent(self.view, shared)
        return clause.subject or announced

    def _announced(self, clause: Clause) -> str | None:
        """The speaker of a sentence without subject: the last line that is a name and a comma.

        In resolutions `The European Parliament,` opens a sequence of items that begin with verbs,
        in conclusions `The Council:` does.
        """
        return next(
            (name for sentence, name in reversed(self._names) if sentence < clause.sentence), None
        )

    def _name_lines(self) -> list[tuple[int, str]]:
        """Sentences that are a short name and a comma or colon, with that name."""
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
            if sentence[-1].text in {",", ":"} and len(sentence) <= _LONGEST_NAME:
                lines.append((clause.sentence, sentence[:-1].text))
        return lines

    def _act(self, index: int) -> str | None:
        """The act that the predicate, alone or with its object or adjective, performs."""
        clause, words = self._clauses[index], self._words
        verb = skeleton(clause.predicate or "")
        inside = frozenset(clause.tokens)
        head = self._doc[clause.head]
        tokens = self.view.tokens(index)
        if {verb, skeleton(head.lemma_)} & words.expressing:
            for token in tokens:
                act = words.nouns.get(token.lemma_.lower())
                if act and token.head.i == clause.head and base(token) in {"obj", "obl", "xcomp"}:
                    return act
        entry = self._entry(index)
        if entry is not None:
            return words.verbs[entry]
        described = [head, *(child for child in head.children if child.i in inside)]
        for token in described:
            if token is head or base(token) in {"xcomp", "advmod", "obl"}:
                act = words.adjectives.get(token.lemma_.lower()) or words.adjectives.get(
                    token.lower_
                )
                if act:
                    return act
        return None

    def _entry(self, index: int) -> tuple[str, str] | None:
        """The verb of the lexicon, with its preposition, that the predicate is."""
        clause, words = self._clauses[index], self._words
        head = self._doc[clause.head]
        if head.pos_ == "ADJ" and any(base(child) == "cop" for child in head.children):
            # `Ni är välkomna att ringa`: an adjective, whatever verb it looks like.
            return None
        verb = skeleton(clause.predicate or "")
        forms = {verb, skeleton(self._doc[clause.head].lemma_)}
        near = {token.lower_ for token in self.view.tokens(index)}
        entries = (entry for entry in words.verbs if entry[0] in forms and entry[1] in near)
        return next(entries, (verb, "") if (verb, "") in words.verbs else None)

    def _needed(self, index: int, speaker: str | None) -> Demand | None:
        """What is said to be necessary or important, of nobody: `it is essential to …`."""
        clause = self._clauses[index]
        if clause.kind not in {"main", "coordinate"} or not self.view.free(index):
            return None
        head = self._doc[clause.head]
        subject = subject_of(self._doc, clause)
        named = {head.lemma_.lower(), head.lower_}
        if subject is not None and subject.lemma_.lower() in self._words.needs:
            named = {subject.lemma_.lower()}
        elif subject is not None and not self._is_vague(subject):
            return None
        if not named & self._words.needs or clause.negated or self._past(index):
            return None
        content = contents(self.view, index, "call")
        if content == (index,):
            return None
        return Demand("call", index, speaker, None, content, self._force(index, "call"))

    def _invited(self, index: int, speaker: str | None) -> Demand | None:
        """What somebody is asked to do in the passive: `The Commission is invited to report`."""
        clause, words = self._clauses[index], self._words
        if clause.kind not in {"main", "coordinate"} or not self.view.free(index):
            return None
        entry = self._entry(index)
        if clause.voice != "passive" or entry is None or words.verbs[entry] != "call":
            return None
        if clause.negated or clause.modality or self._past(index) or not clause.finite:
            return None
        subject = self.view.subject(index)
        if subject is None or not self.view.is_agent(subject):
            return None
        content = contents(self.view, index, "call")
        if content == (index,):
            return None
        agent = self._agent(index)
        to = self.view.phrase(subject)
        force = self._force(index, "call")
        return Demand("call", index, agent or speaker, to, content, force)

    def _agent(self, index: int) -> str | None:
        """Who does what a passive clause says, where a phrase names it."""
        return next(
            (
                token.text
                for token in self.view.tokens(index)
                if token.dep_.lower() == "obl:agent" and self.view.is_agent(token)
            ),
            None,
        )

    def _is_vague(self, subject: Token) -> bool:
        """Whether a subject only announces a clause, or is one."""
        return subject.pos_ == "VERB" or subject.lower_ in self._words.impersonal

    def _modal(self, index: int, speaker: str | None, speakers: set[str | None]) -> Demand | None:
        """What somebody should or must do, or what a speaker says that it will do."""
        clause = self._clauses[index]
        if clause.kind not in {"main", "coordinate"} or not self.view.free(index):
            return None
        if not clause.finite and clause.kind != "main":
            return None
        if clause.kind == "coordinate" and not stands_alone(self.view, index):
            return None
        force = _MODALITIES.get(clause.modality or "")
        if force is not None:
            if (force == "strong" and self._past(index)) or self._constitutes(clause):
                return None
            subject = addressees.of_modal(self.view, index)
            to = self.view.phrase(subject) if subject is not None else None
            return Demand("call", index, speaker, to, itself(self.view, index), force)
        said_by = clause.subject or ""
        speaks = said_by in speakers or said_by.lower() in self._words.speaker_pronouns
        if clause.modality == "intention" and speaks:
            content = itself(self.view, index)
            force = self._force(index, "commit")
            return Demand("commit", index, clause.subject, None, content, force)
        return None

    def _constitutes(self, clause: Clause) -> bool:
        """Whether a clause says what holds, not what is to be done: *shall enter into force*.

        *Such bodies are essential* asks for nothing either.
        """
        predicate = (clause.predicate or "").lower()
        return predicate in self._words.constitutive | self._words.needs

    def _past(self, index: int) -> bool:
        """Whether the clause tells what was obligatory, forbidden or necessary."""
        head = self.view.head(index)
        verbs = [head, *(child for child in head.children if base(child) in {"aux", "cop"})]
        return any(
            "Tense=Past" in str(verb.morph) for verb in verbs if "VerbForm=Fin" in str(verb.morph)
        )

    def _force(self, index: int, act: str) -> str:
        words = self._words
        strong = any(token.lower_ in words.strong_words for token in self.view.tokens(index))
        verb = skeleton(self._clauses[index].predicate or "")
        strong = strong or (act == "call" and verb in words.strong_verbs)
        return "strong" if strong else "plain"
