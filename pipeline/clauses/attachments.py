"""Hangs words where they belong when a parser's choice cannot be right, before heads are found.

Each rule names what shows the error: the form of a verb, a word that opens a clause, a noun that
takes an infinitive. They change the tree in place; the rules of `word_order` do so where the order
of the words shows it.
"""

from __future__ import annotations

from pipeline.clauses.grammar import Grammar
from pipeline.clauses.shapes import INFINITIVE, infinitive_markers, shape
from pipeline.clauses.tree import AUXILIARIES, SUBJECTS, Features, Tree

_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})
_PARTING = frozenset({",", ";", ":", "–", "—", "("})
_NONFINITE = frozenset({"Inf", "Part"})
_OPEN = frozenset({"advcl", "xcomp", "ccomp"})
_ADVERBIAL = frozenset({"advcl", "xcomp", "obl", "advmod"})
_PHRASES = frozenset({"obl", "nmod"})
_OBJECTS = frozenset({"obj", "iobj"})


def mend(tree: Tree, words: Grammar) -> None:
    """Applies the rules."""
    _mend_adjectives(tree, words)
    for token in range(tree.size):
        _mend_sequence(tree, words, token)
        _mend_attributive(tree, words, token)
        _mend_gerund(tree, words, token)
        _mend_conjunction(tree, words, token)
        _mend_participle(tree, token)
        _mend_postnominal(tree, token)
        if tree.form(token) in _NONFINITE and infinitive_markers(tree, words, token):
            _mend_reflexive(tree, token)
            _mend_infinitive_subject(tree, words, token)
            _mend_opener(tree, words, token)
            _mend_absorbed(tree, words, token)
            _mend_object_noun(tree, words, token)
            _mend_after_noun(tree, words, token)
            _mend_item(tree, words, token)


def follows_period(tree: Tree, words: Grammar, token: int) -> bool:
    """Whether a word such as `following` stands right behind a noun that names a time."""
    return (
        tree.lower[token] in words.sequential
        and token > 0
        and tree.sentence[token - 1] == tree.sentence[token]
        and tree.lemma[token - 1] in words.periods
    )


def _mend_sequence(tree: Tree, words: Grammar, token: int) -> None:
    """Makes `following` a participle in *the month following the expiration of …*.

    After *protests* it is a preposition; after *month* it says which month is meant.
    """
    if tree.base[token] not in {"case", "mark"} or not follows_period(tree, words, token):
        return
    noun = tree.head[token]
    if noun < token or tree.is_below(token - 1, noun):
        return
    tree.rehang(token, token - 1, "acl")
    tree.rehang(noun, token, "obj")
    tree.pos[token] = "VERB"
    tree.features[token] = Features(form="Ger")


def _mend_attributive(tree: Tree, words: Grammar, token: int) -> None:
    """Gives a subordinator before a participle and its noun to the verb of that noun.

    In *unless remaining gaps are closed* parsers take `remaining` for the verb of the clause.
    """
    if tree.lower[token] not in words.attributive_participles or token + 1 >= tree.size:
        return
    marks = tree.having(token, frozenset({"mark"}))
    noun = token + 1
    verb = tree.head[noun]
    if len(marks) != 1 or marks[0] != token - 1 or tree.pos[noun] != "NOUN":
        return
    if tree.base[noun] != "nsubj" or verb < noun or tree.has(verb, frozenset({"mark"})):
        return
    if tree.is_below(verb, token):
        tree.rehang(verb, tree.head[token], tree.label[token])
    tree.rehang(marks[0], verb)
    tree.rehang(token, noun, "amod")


def _mend_gerund(tree: Tree, words: Grammar, token: int) -> None:
    """Makes a gerund between a preposition and a bare noun the verb of that noun.

    *Without harming civilians* has a verb and its object; other prepositions (*with growing
    concern*) as often have an adjective there.
    """
    noun = tree.head[token]
    if tree.base[token] != "amod" or tree.form(token) != "Ger" or noun != token + 1:
        return
    cases = tree.having(noun, frozenset({"case"}))
    modifiers = frozenset({"det", "amod", "nummod", "nmod"})
    others = [child for child in tree.having(noun, modifiers) if child < noun]
    if len(cases) != 1 or others != [token] or tree.leftmost(token) != cases[0] + 1:
        return
    if tree.pos[noun] != "NOUN" or tree.lower[cases[0]] not in words.gerund_prepositions:
        return
    if tree.lower[token] in words.attributive_participles or tree.base[noun] not in _PHRASES:
        return
    tree.rehang(token, tree.head[noun], "advcl" if tree.base[noun] == "obl" else "acl")
    tree.rehang(noun, token, "obj")
    tree.rehang(cases[0], token, "mark")


def _mend_opener(tree: Tree, words: Grammar, token: int) -> None:
    """Makes what opens an infinitive clause its mark: `om` and `ten einde`, far before `te`.

    Parsers take them for prepositions of the noun between (*ten einde de rust te bewaren*).
    """
    markers = [m for m in infinitive_markers(tree, words, token) if m < token]
    if not markers or tree.lower[markers[0]] not in words.weak_markers:
        return
    opener = _opener(tree, words, markers[0])
    if opener is None or tree.base[opener] == "mark":
        return
    noun = tree.head[opener]
    _join_coordinated(tree, words, token, noun)
    if noun != token and tree.is_below(token, noun):
        tree.rehang(token, tree.head[noun], "advcl")
        if tree.base[noun] == "root" or tree.head[noun] == noun:
            return
        tree.rehang(noun, token, "obj")
    tree.rehang(opener, token, "mark")
    if tree.lower[opener] not in words.infinitive_openers:
        tree.rehang(opener + 1, opener, "fixed")


def _join_coordinated(tree: Tree, words: Grammar, token: int, noun: int) -> None:
    """Makes the noun that `om` seems to govern the object of the infinitive, and that a conjunct.

    In *roept op om X te doen en om het besluit, dat …, uit te voeren* it is the infinitives that
    are coordinated.
    """
    first = tree.head[noun]
    conjunctions = [child for child in tree.having(noun, frozenset({"cc"})) if child < noun]
    if tree.base[noun] != "conj" or not conjunctions or noun > token:
        return
    if tree.is_below(token, noun) or shape(tree, words, first) != INFINITIVE:
        return
    tree.rehang(conjunctions[0], token)
    tree.rehang(noun, token, "obj")
    tree.rehang(token, first, "conj")


def _opener(tree: Tree, words: Grammar, marker: int) -> int | None:
    """What opens the infinitive clause of `marker`: no comma and no verb stand between.

    But for a relative clause between commas.
    """
    word = marker
    while word > 0:
        word -= 1
        if tree.lower[word] == ",":
            word = _before_relative(tree, word)
        if tree.sentence[word] != tree.sentence[marker] or tree.lower[word] in _PARTING:
            return None
        if tree.pos[word] in _VERBS and tree.base[word] not in {"amod", "acl"}:
            return None
        if tree.lower[word] in words.infinitive_openers:
            return word
        if tuple(tree.lower[word : word + 2]) in words.opener_phrases:
            return word
    return None


def _before_relative(tree: Tree, comma: int) -> int:
    """The word before a relative clause between two commas, the second given; else the comma."""
    clause = comma - 1
    while clause >= 0 and tree.label[clause] != "acl:relcl":
        if tree.head[clause] == clause or tree.head[clause] > comma:
            return comma
        clause = tree.head[clause]
    first = tree.leftmost(clause)
    return first - 2 if first > 1 and tree.lower[first - 1] == "," else comma


def _mend_after_noun(tree: Tree, words: Grammar, token: int) -> None:
    """Hangs an infinitive on the noun that takes one: *steun voor het recht … om te kiezen*.

    The verb above has no part in such an infinitive, so it does not give it its subject.
    """
    verb = tree.head[token]
    if tree.base[token] not in _OPEN or verb > token or shape(tree, words, token) != INFINITIVE:
        return
    before = tree.leftmost(token) - 1
    if before <= verb or tree.pos[before] not in _NOUNS:
        return
    noun = before
    while noun != verb and noun > verb and tree.pos[noun] in _NOUNS:
        # *Urges the authorities to act*: several are asked, they are no power to act.
        asked = tree.head[noun] == verb and tree.lemma[verb] in words.asking
        asked = asked and tree.features[noun].number == "Plur"
        if tree.lemma[noun] in words.infinitive_nouns and not asked:
            tree.rehang(token, noun, "acl")
            return
        noun = tree.head[noun]


def _mend_item(tree: Tree, words: Grammar, token: int) -> None:
    """Makes the infinitive that closes an item the verb of the noun before it.

    In *(a) documenten die … te overleggen* `te` alone cannot open a clause after a noun; the noun
    is the infinitive's object.
    """
    noun = tree.head[token]
    if tree.base[token] != "acl" or tree.head[noun] != noun or noun > token:
        return
    markers = tree.having(token, frozenset({"mark"}))
    if not markers or any(tree.lower[m] not in words.weak_markers for m in markers):
        return
    if tree.pos[noun] not in _NOUNS or tree.lemma[noun] in words.infinitive_nouns:
        return
    if tree.has(noun, SUBJECTS | AUXILIARIES) or tree.has(token, _OBJECTS):
        return
    label = tree.label[noun]
    tree.rehang(token, token, label)
    tree.rehang(noun, token, "obj")


def _mend_conjunction(tree: Tree, words: Grammar, token: int) -> None:
    """Makes a participle behind a comma the conjunction of the finite clause that follows.

    In *may leave, provided notice is given* `provided` describes no noun.
    """
    if tree.lower[token] not in words.participial_conjunctions or not token:
        return
    if tree.lower[token - 1] != "," or tree.has(token, SUBJECTS | AUXILIARIES | _OBJECTS):
        return
    verb = next(
        (
            child
            for child in (*tree.children[tree.head[token]], *tree.children[token])
            if child > token and tree.has(child, SUBJECTS) and tree.leftmost(child) > token
        ),
        None,
    )
    if verb is None:
        return
    above = tree.head[token]
    while tree.pos[above] not in _VERBS and tree.head[above] != above:
        above = tree.head[above]
    tree.rehang(verb, above, "advcl")
    for child in list(tree.children[token]):
        tree.rehang(child, verb)
    tree.rehang(token, verb, "mark")
    tree.pos[token] = "SCONJ"


def _mend_participle(tree: Tree, token: int) -> None:
    """Hangs a participle on the noun before it where the conjunction is that of its adverbs.

    In *children temporarily or permanently deprived of care* nothing is coordinated with the noun.
    """
    if tree.base[token] != "conj" or tree.form(token) != "Part":
        return
    conjunctions = tree.having(token, frozenset({"cc"}))
    adverbs = tree.having(token, frozenset({"advmod"}))
    if len(conjunctions) != 1 or not adverbs or not adverbs[0] < conjunctions[0] < token:
        return
    noun = tree.leftmost(token) - 1
    if noun > 0 and tree.pos[noun] in _NOUNS and tree.is_below(noun, tree.head[token]):
        tree.rehang(token, noun, "acl")
        tree.rehang(conjunctions[0], adverbs[-1])


def _mend_postnominal(tree: Tree, token: int) -> None:
    """Hangs a participle with its own phrase, right behind a subject and before its verb, on it.

    In *att alla personer kopplade till nätverket friges* the participle says which persons.
    """
    verb, noun = tree.head[token], token - 1
    if tree.form(token) != "Part" or verb < token or tree.base[token] not in _ADVERBIAL:
        return
    if tree.pos[noun] not in _NOUNS or tree.head[noun] != verb or tree.base[noun] != "nsubj":
        return
    if tree.has(token, SUBJECTS | AUXILIARIES) or tree.leftmost(token) != token:
        return
    if tree.has(token, _PHRASES):
        tree.rehang(token, noun, "acl")


def _mend_reflexive(tree: Tree, token: int) -> None:
    """Gives a reflexive pronoun that a comma parts from an infinitive to the verb above."""
    above = tree.head[token]
    for child in tree.having(token, frozenset({"expl"})):
        parted = tree.label[child] == "expl:pv" and tree.lower[child + 1] == ","
        if parted and above < child < token:
            tree.rehang(child, above)


def _mend_absorbed(tree: Tree, words: Grammar, token: int) -> None:
    """Hangs an infinitive on the modal that stands right before its marker: *dient te helpen*."""
    markers = tree.having(token, frozenset({"mark"}))
    if len(markers) != 1 or tree.lower[markers[0]] not in words.weak_markers:
        return
    modal = markers[0] - 1
    if modal >= 0 and tree.sentence[modal] == tree.sentence[token]:
        adjacent = tree.lemma[modal] in words.absorbing and tree.form(modal) == "Fin"
        other = tree.head[token] not in {modal, token} and tree.base[modal] not in AUXILIARIES
        if adjacent and other and not tree.is_below(modal, token):
            tree.rehang(token, modal, "xcomp")
    modal = tree.head[token]
    if modal == token or not words.is_modal(tree.lemma[modal]) or tree.base[token] not in _OPEN:
        return
    # A modal has no object: what was taken for one is its subject, or the infinitive's.
    for child in tree.having(modal, frozenset({"obj"})):
        if child < modal and not tree.has(modal, SUBJECTS):
            tree.label[child] = tree.base[child] = "nsubj"
        elif child < token:
            tree.rehang(child, token)


def _mend_object_noun(tree: Tree, words: Grammar, token: int) -> None:
    """Gives the verb above its object, which takes the infinitive: *geeft de macht X te doen*.

    Parsers make the noun an object of the infinitive, which has one behind it.
    """
    above = tree.head[token]
    markers = tree.having(token, frozenset({"mark"}))
    if tree.base[token] not in _OPEN or len(markers) != 1 or above > token:
        return
    if tree.lower[markers[0]] not in words.weak_markers or tree.has(above, frozenset({"obj"})):
        return
    objects = [child for child in tree.having(token, _OBJECTS) if above < child < markers[0]]
    if not objects or tree.lemma[objects[0]] not in words.infinitive_nouns:
        return
    noun = objects[0]
    own = objects[1:] + [
        child
        for child in tree.having(noun, frozenset({"nmod", "appos"}))
        if child > noun and not tree.has(child, frozenset({"case"}))
    ]
    if not own or any(child < noun for child in tree.having(noun, frozenset({"case"}))):
        return
    tree.rehang(noun, above, "obj")
    tree.rehang(token, noun, "acl")
    tree.rehang(own[0], token, "obj")


def _mend_infinitive_subject(tree: Tree, words: Grammar, token: int) -> None:
    """Makes the noun between `om` and `te` an object: such an infinitive has no subject."""
    markers = tree.having(token, frozenset({"mark"}))
    opened = [m for m in markers if tree.lower[m] in words.infinitive_openers]
    weak = any(tree.lower[m] in words.weak_markers for m in markers)
    subjects = tree.having(token, frozenset({"nsubj"}))
    if opened and weak and len(subjects) == 1 and opened[0] < subjects[0] < token:
        passive = any(tree.label[child] == "aux:pass" for child in tree.children[token])
        if not passive and tree.label[subjects[0]] == "nsubj":
            tree.label[subjects[0]] = tree.base[subjects[0]] = "obj"


def _mend_adjectives(tree: Tree, words: Grammar) -> None:
    """Makes adjectives of participles that are such under a copula: *is determined to …*.

    An agent tells a passive (*is determined by the Council*).
    """
    for token in range(tree.size):
        lemma = words.adjectival.get(tree.lower[token])
        if lemma is None:
            continue
        copulas = [
            child
            for child in tree.children[token]
            if tree.label[child] in {"cop", "aux:pass"} and tree.lemma[child] in words.copulas
        ]
        agent = any(tree.label[child] == "obl:agent" for child in tree.children[token])
        if not copulas or agent:
            continue
        tree.pos[token], tree.lemma[token] = "ADJ", lemma
        tree.features[token] = Features(number=tree.features[token].number)
        tree.label[copulas[-1]] = tree.base[copulas[-1]] = "cop"
        for child in tree.children[token]:
            if tree.label[child] == "nsubj:pass":
                tree.label[child] = "nsubj"
            dependent = tree.base[child] == "acl" or (
                tree.base[child] == "csubj" and tree.has(token, frozenset({"nsubj"}))
            )
            if dependent and child > token and shape(tree, words, child) == INFINITIVE:
                tree.label[child] = tree.base[child] = "xcomp"
