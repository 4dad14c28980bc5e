"""Mends trees where the order of the words, or the number of a verb, shows the error.

Dutch subordinate clauses end with their verbs, Dutch and Swedish main clauses have their verb in
second place, and a verb agrees with its subject: what breaks this was parsed wrong.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.clauses.grammar import Grammar
from pipeline.clauses.shapes import FINITE, INFINITIVE, shape
from pipeline.clauses.tree import AUXILIARIES, SUBJECTS, Tree

_NOUNS = frozenset({"NOUN", "PROPN"})
_NOMINALS = _NOUNS | {"PRON"}
_CLAUSES = frozenset({"ccomp", "advcl", "xcomp"})
_RELATIVE = frozenset({"Rel", "Int,Rel"})
_ARGUMENTS = frozenset({"nsubj", "obj", "iobj"})
_FRONTED = frozenset({"obl", "advcl", "advmod"})
_VERBS = frozenset({"VERB", "AUX"})
_DASHES = frozenset({"-", "–", "—", "--"})
_BESIDE = frozenset({"conj", "appos", "parataxis", "list", "dep", "flat"})
# How many words the place in front of a news item may have (`New York`, `BRYSSEL, 3 maj`).
_DATELINE = 5


def mend(tree: Tree, words: Grammar) -> None:
    """Applies the rules, in place."""
    for token in range(tree.size):
        _mend_dateline(tree, token)
        _mend_subject_of_auxiliary(tree, token)
        if tree.base[token] == "conj":
            _mend_relative_conjunct(tree, words, token)
            _mend_coordinated_relative(tree, token)
        elif tree.base[token] in _CLAUSES:
            _mend_relative(tree, words, token)
            _mend_object_relative(tree, words, token)
        elif tree.features[token].pronoun in _RELATIVE:
            _mend_stray_pronoun(tree, words, token)
        if tree.base[token] == "advcl":
            _mend_late_subject(tree, token)
        elif tree.base[token] == "acl":
            _mend_plural_antecedent(tree, words, token)
            _mend_second_subject(tree, token)
            _mend_coordinated_relative(tree, token)
        if tree.features[token].pronoun in _RELATIVE:
            _mend_stranded(tree, words, token)
        _mend_closing_adjective(tree, words, token)
        if tree.head[token] == token:
            _mend_inversion(tree, words, token)


def number(tree: Tree, token: int) -> str:
    """The number of a predicate's finite verb, its own or its auxiliary's; empty if unknown."""
    for verb in (token, *tree.having(token, AUXILIARIES)):
        if tree.form(verb) == "Fin":
            return tree.features[verb].number
    return ""


def _mend_dateline(tree: Tree, token: int) -> None:
    """Takes the place in front of a news item from its verb: *BRUSSEL – Ministers hebben …*."""
    first = token == 0 or tree.sentence[token - 1] != tree.sentence[token]
    if not first or tree.pos[token] != "PROPN":
        return
    place = tree.head[token] if tree.base[token] in {"flat", "compound"} else token
    verb = tree.head[place]
    if tree.base[place] != "nsubj" or verb < place:
        return
    dashes = [word for word in range(token, verb) if tree.lower[word] in _DASHES]
    if len(dashes) != 1 or dashes[0] > token + _DATELINE or not tree.spaced[dashes[0]]:
        return
    for child in tree.children[place]:
        behind = tree.leftmost(child) == dashes[0] + 1
        coordinated = tree.has(child, frozenset({"cc"})) and tree.children[child][0] < child
        if behind and tree.base[child] in _BESIDE and tree.pos[child] in _NOMINALS:
            if coordinated and tree.base[tree.children[child][0]] == "cc":
                continue
            tree.rehang(child, verb, tree.label[place])
            tree.rehang(place, verb, "dep")
            return


def _mend_relative(tree: Tree, words: Grammar, token: int) -> None:
    """Hangs a verb-final clause that a relative pronoun opens on the noun right before that.

    In *de Staten die partij zijn bij het Verdrag* parsers take `die` for a demonstrative.
    """
    opener = tree.leftmost(token)
    before = opener - 1
    if opener == token or tree.lower[opener] not in words.relative_pronouns or before < 0:
        return
    if tree.head[opener] != token or tree.pos[opener] not in {"DET", "PRON"}:
        return
    if tree.pos[before] not in _NOUNS or tree.sentence[before] != tree.sentence[token]:
        return
    copulas = [child for child in tree.having(token, frozenset({"cop"})) if child > token]
    missing = tree.base[opener] == "det" and copulas and not tree.has(token, SUBJECTS)
    demonstrative = tree.pos[opener] == "DET" and tree.base[opener] in _ARGUMENTS
    if not (missing or demonstrative):
        return
    tree.label[opener] = tree.base[opener] = "nsubj" if missing else tree.base[opener]
    _make_relative(tree, opener, token, before)


def _mend_object_relative(tree: Tree, words: Grammar, token: int) -> None:
    """Makes `dat` a relative pronoun where the verb does not agree with the noun after it.

    In *een akkoord dat de rechten verzwakt* the rights are what is weakened.
    """
    marks = [child for child in tree.having(token, frozenset({"mark"})) if child < token]
    subjects = tree.having(token, frozenset({"nsubj"}))
    if len(marks) != 1 or len(subjects) != 1 or tree.has(token, frozenset({"obj"})):
        return
    opener, subject = marks[0], subjects[0]
    if tree.lower[opener] not in words.complementizers & words.relative_pronouns:
        return
    clash = number(tree, token) == "Sing" and tree.features[subject].number == "Plur"
    if not clash or not opener < subject < token or tree.pos[subject] not in _NOUNS:
        return
    noun = opener - 1
    while noun >= 0 and tree.sentence[noun] == tree.sentence[token]:
        if tree.pos[noun] == "NOUN" and tree.features[noun].number == "Sing":
            tree.label[opener] = tree.base[opener] = "nsubj"
            tree.label[subject] = tree.base[subject] = "obj"
            _make_relative(tree, opener, token, noun)
            return
        noun -= 1


def _make_relative(tree: Tree, opener: int, token: int, noun: int) -> None:
    """Hangs `token` as a relative clause on `noun`; `opener` is its relative pronoun."""
    if tree.base[noun] == "flat":
        noun = tree.head[noun]
    if tree.is_below(noun, token):
        return
    tree.pos[opener] = "PRON"
    tree.features[opener] = replace(tree.features[opener], pronoun="Rel")
    tree.rehang(token, noun, "acl:relcl")


def _mend_stray_pronoun(tree: Tree, words: Grammar, token: int) -> None:
    """Hangs a relative pronoun that follows its verb and a comma on the finite verb after it.

    It opens the clause that it belongs to, so no verb can stand before it.
    """
    above = tree.head[token]
    if tree.base[token] not in _ARGUMENTS or above > token or tree.lower[token - 1] != ",":
        return
    if tree.pos[above] not in {"VERB", "AUX"} or tree.lower[token] not in words.relative_pronouns:
        return
    for verb in range(token + 1, tree.size):
        if tree.sentence[verb] != tree.sentence[token] or tree.lower[verb] == ";":
            return
        finite = tree.pos[verb] in {"VERB", "AUX"} and shape(tree, words, verb) == FINITE
        if finite and tree.base[verb] not in AUXILIARIES and not tree.is_below(above, verb):
            for subject in tree.having(verb, frozenset({"nsubj"})):
                tree.label[subject] = tree.base[subject] = "obj"
            tree.rehang(token, verb, "nsubj")
            tree.label[verb] = "acl:relcl"
            tree.base[verb] = "acl"
            return


def _mend_late_subject(tree: Tree, token: int) -> None:
    """Gives a subject behind a fronted clause and its comma to the verb above, which lacks one.

    In *Where it has been denounced, any other Party may …* parsers hang `Party` on `denounced`.
    """
    above = tree.head[token]
    if above < token or tree.has(above, SUBJECTS):
        return
    subjects = tree.having(token, frozenset({"nsubj"}))
    if len(subjects) < 2 or not token < subjects[-1] < above:
        return
    if any(tree.lower[word] == "," for word in range(token, tree.leftmost(subjects[-1]))):
        tree.rehang(subjects[-1], above, "nsubj")


def _mend_relative_conjunct(tree: Tree, words: Grammar, token: int) -> None:
    """Takes a relative clause apart from the infinitive whose object it describes.

    In *om het volk te onderdrukken en wie zich verzet het zwijgen op te leggen* it is `leggen`
    that is coordinated with `onderdrukken`, and has what the relative clause describes as object.
    """
    before = [child for child in tree.children[token] if child < token]
    openers = [child for child in before if tree.features[child].pronoun in _RELATIVE]
    if not openers or tree.base[openers[0]] not in _ARGUMENTS:
        return
    described = openers[0] - 1
    if described not in before or tree.base[described] in {"cc", "mark", "punct", "case"}:
        return
    above = tree.head[token]
    infinitive = next(
        (
            child
            for child in tree.children[token]
            if child > token
            and tree.base[child] in _CLAUSES
            and tree.lower[max(tree.having(child, frozenset({"mark"})), default=child)]
            in words.weak_markers
        ),
        None,
    )
    if infinitive is None or shape(tree, words, above) != INFINITIVE:
        return
    tree.rehang(infinitive, above, "conj")
    for child in before:
        if child < described:
            tree.rehang(child, infinitive)
    tree.rehang(described, infinitive, "obj")
    tree.rehang(token, described, "acl:relcl")


def _mend_closing_adjective(tree: Tree, words: Grammar, token: int) -> None:
    """Makes the adjective before a clause-final copula the predicate, not a noun behind it.

    In *dat hij bereid is degenen die … te helpen* the noun is an object of the infinitive.
    """
    copulas = tree.having(token, frozenset({"cop"}))
    if len(copulas) != 1 or not 0 < copulas[0] < token or tree.pos[token] not in _NOMINALS:
        return
    copula = copulas[0]
    adjective = copula - 1
    if tree.lower[adjective] not in words.closing or tree.head[adjective] != token:
        return
    infinitives = [
        child
        for child in tree.children[token]
        if child > token and shape(tree, words, child) == INFINITIVE
    ]
    if not infinitives:
        return
    above, label = tree.head[token], tree.label[token]
    tree.pos[adjective], tree.lemma[adjective] = "ADJ", tree.lower[adjective]
    tree.features[adjective] = replace(tree.features[adjective], form="")
    tree.rehang(adjective, adjective if above == token else above, label)
    for child in [child for child in tree.children[token] if child <= copula]:
        tree.rehang(child, adjective)
    tree.rehang(infinitives[0], adjective, "xcomp")
    tree.rehang(token, infinitives[0], "obj")


def _mend_inversion(tree: Tree, words: Grammar, token: int) -> None:
    """Finds the subject behind the verb of a main clause that something else opens.

    In *Onverminderd lid 3 genieten deze personen de voorrechten* and *dan kunt u ons bellen* the
    verb has no subject before it, and where the verb stands second it must have one.
    """
    if not words.verb_second or tree.pos[token] not in _VERBS or tree.formulaic[token]:
        return
    if tree.has(token, frozenset({"expl", "mark", "csubj", "cop"})):
        return
    finite = min(tree.having(token, frozenset({"aux"})), default=token)
    fronted = [child for child in tree.having(token, _FRONTED) if child < finite]
    subjects = tree.having(token, frozenset({"nsubj"}))
    plural = tree.form(finite) == "Inf" and tree.lemma[finite] == tree.lower[finite]
    wanted = "Plur" if plural else tree.features[finite].number
    if any(not _is_adjunct(tree, child, finite, wanted) for child in subjects):
        return
    if any(tree.lower[tree.leftmost(child)] in words.free_relatives for child in fronted):
        return  # *Wie demonstreert, riskeert een boete*: the clause is the subject.
    after_comma = finite > 0 and tree.lower[finite - 1] == ","
    if after_comma and wanted != "Plur" and not (fronted and tree.base[fronted[-1]] == "advcl"):
        return
    objects = [child for child in tree.having(token, frozenset({"obj"})) if child > finite]
    if not (fronted or subjects) or not objects or tree.leftmost(objects[0]) != finite + 1:
        return
    subject = objects[0]
    if (not plural and tree.form(finite) != "Fin") or (plural and finite != token):
        return
    personal = tree.features[subject].pronoun == "Prs" and tree.features[subject].case == "Nom"
    agrees = wanted in {"", tree.features[subject].number}
    if not personal and (tree.pos[subject] not in _NOUNS or not agrees or finite != token):
        return
    for child in subjects:
        tree.label[child] = tree.base[child] = "obl"
    tree.label[subject] = tree.base[subject] = "nsubj"
    if plural:
        tree.features[token] = replace(tree.features[token], form="Fin", number="Plur")


def _is_adjunct(tree: Tree, subject: int, verb: int, wanted: str) -> bool:
    """Whether a fronted phrase with a preposition, of another number, was taken for a subject."""
    differs = wanted not in {"", tree.features[subject].number}
    return subject < verb and differs and tree.has(subject, frozenset({"case"}))


def _mend_stranded(tree: Tree, words: Grammar, token: int) -> None:
    """Gives a particle before a relative pronoun that takes no preposition to the verb above.

    In *wijzen een autoriteit aan die …* `aan` cannot belong to `die`: that would be `aan wie`.
    """
    particle = token - 1
    if particle < 1 or tree.lower[particle] not in words.stranded:
        return
    if tree.lower[token] not in words.bare_relatives or tree.pos[token] == "DET":
        return
    if tree.sentence[particle] != tree.sentence[token] or tree.pos[particle - 1] == "PUNCT":
        return
    clause = tree.head[token]
    if tree.head[particle] not in {clause, token} or clause < token or tree.base[clause] != "acl":
        return
    verb = tree.head[clause]
    while tree.pos[verb] not in _VERBS and tree.head[verb] != verb:
        verb = tree.head[verb]
    if tree.pos[verb] == "VERB" and verb < particle:
        tree.rehang(particle, verb, "compound:prt")


def _mend_coordinated_relative(tree: Tree, token: int) -> None:
    """Makes a second relative clause behind a conjunction go on from the first.

    In *lagförslaget som lades fram den 3 maj och som …* parsers may hang it on `maj`.
    """
    before = [
        child for child in tree.children[token] if child < token and tree.pos[child] != "PUNCT"
    ]
    if len(before) < 2 or tree.base[before[0]] != "cc":
        return
    if tree.features[before[1]].pronoun not in _RELATIVE:
        return
    above = tree.head[token]
    if tree.base[token] == "conj":
        relatives = [verb for verb in range(above + 1, token) if tree.label[verb] == "acl:relcl"]
        relatives = [verb for verb in relatives if tree.is_below(verb, above)]
        if relatives and tree.base[above] != "acl":
            tree.rehang(token, relatives[-1])
        return
    while tree.head[above] != above:
        if tree.label[above] == "acl:relcl" and above < token:
            tree.rehang(token, above, "conj")
            return
        above = tree.head[above]


def _mend_second_subject(tree: Tree, token: int) -> None:
    """Of a relative pronoun and a noun, both subjects, makes the one that disagrees the object."""
    subjects = tree.having(token, frozenset({"nsubj"}))
    if len(subjects) != 2 or tree.features[subjects[0]].pronoun not in _RELATIVE:
        return
    clash = number(tree, token) == "Sing" and tree.features[subjects[1]].number == "Plur"
    if clash and subjects[1] < token and not tree.has(token, frozenset({"obj"})):
        tree.label[subjects[1]] = tree.base[subjects[1]] = "obj"


def _mend_plural_antecedent(tree: Tree, words: Grammar, token: int) -> None:
    """Makes `dat` after a plural noun a subordinator: *berichten dat zij worden vastgehouden*."""
    wanted = number(tree, token)
    agreeing = [
        child
        for child in tree.having(token, frozenset({"nsubj"}))
        if tree.lower[child] not in words.singular_relatives
        and wanted in {"", tree.features[child].number}
    ]
    if tree.features[tree.head[token]].number != "Plur" or not agreeing:
        return
    for child in tree.having(token, _ARGUMENTS):
        if child < token and tree.lower[child] in words.singular_relatives:
            tree.label[child] = tree.base[child] = "mark"
            tree.pos[child] = "SCONJ"
            tree.features[child] = replace(tree.features[child], pronoun="")


def _mend_subject_of_auxiliary(tree: Tree, token: int) -> None:
    """Hangs the subject of an auxiliary or copula on the predicate: *the EU remains committed*."""
    if tree.base[token] not in AUXILIARIES:
        return
    above = tree.head[token]
    for child in tree.having(token, frozenset({"nsubj"})):
        if not tree.has(above, SUBJECTS) and above != token:
            tree.rehang(child, above)
