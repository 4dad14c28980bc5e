"""Head nouns of instruments, and the words around them, as one language's table lists them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any, NamedTuple

from pipeline.entities.spans import ANY, BLANK, RAISED
from pipeline.resources import language_data, table

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:(?:[-‑:'’/]|(?<=\d)\.(?=\d))[^\W_]+)*-?|[^\w\s]")
_LONGEST_STATE = 60


class Word(NamedTuple):
    """A word or mark of the sentence, with what the tagger says of it where it has run."""

    text: str
    start: int
    end: int
    verb: bool = False
    aside: bool = False
    nominal: bool = False
    outside: bool = False

    @property
    def folded(self) -> str:
        """The word in lower case."""
        return self.text.casefold()

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[:1].isupper()


def words(
    text: str,
    offset: int = 0,
    verbs: Collection[int] = (),
    asides: Collection[int] = (),
    nominals: Collection[int] = (),
    outside: Collection[int] = (),
) -> list[Word]:
    """The words of a sentence that starts at `offset` of its document.

    `verbs`, `asides` and `nominals` (nouns, adjectives and verbs that complete a noun) and
    `outside` (the main predicate, and where what modifies a verb begins) are the offsets, in the
    document, at which such words start.
    """
    found = []
    for match in _WORD.finditer(text):
        at = match.start() + offset
        found.append(
            Word(
                match.group(),
                *match.span(),
                verb=at in verbs,
                aside=at in asides,
                nominal=at in nominals,
                outside=at in outside,
            )
        )
    return found


class Heads:
    """One language's head nouns and the words that open, continue and end their complements."""

    def __init__(self, data: dict[str, Any], states: Iterable[str] = ()) -> None:
        """Compiles the table of a language; `states`: countries with a conjunction in the name."""
        heads, months = data["heads"], "|".join(data["months"]["names"])
        self.bare: dict[str, str] = heads["bare"]
        self.definite: dict[str, str] = heads["definite"]
        self.endings = tuple(self.definite)
        self.compound = tuple(heads["compound"])
        self.generic = frozenset(heads["generic"])
        self.completions = _phrases(heads["completions"])
        self.not_heads = frozenset(heads["not_heads"])
        self.not_endings = tuple(heads["not_endings"])
        self.common = frozenset(heads["common"])
        self.plural = tuple(heads["plural"])
        self.council = tuple(heads["council_names"])
        self.conclusions = tuple(heads["conclusions"])
        self.others: list[str] = data["titles"]["others"]
        self.european_council = tuple(heads["european_council"])
        self.communications = tuple(heads["communications"])
        self.fields = frozenset(heads["fields"])
        self.modified = {head: frozenset(nouns) for head, nouns in heads["modified"].items()}
        self.vague = frozenset(heads["vague"])
        self.no_laws = _phrases(heads["no_laws"])
        self.participial = _phrases(heads["participial"])
        self.own = frozenset(heads["own"])
        self.courts = tuple(heads["courts"])
        self.speakers = frozenset(heads["speakers"])
        self.weak = frozenset(heads["weak"])
        self.customary = frozenset(heads["customary"])
        self.adjectives = {kind: frozenset(words) for kind, words in heads["adjectives"].items()}
        self.qualified: dict[str, str] = heads["qualified"]
        self.possessives = frozenset(data["provisions"]["articles"]) - set(
            data["titles"]["articles"]
        )
        self.determiners = frozenset(heads["definite_articles"])
        self.definite_articles = self.determiners & set(data["titles"]["articles"])
        self.subject = _phrases(heads["subject"])
        self.stated = self.subject - _phrases(heads["enacting"])
        self.purpose = {kind: _phrases(words) for kind, words in heads["purpose"].items()}
        self.purpose_capital: bool = heads["purpose_capital"]
        self.solid: bool = heads["solid"]
        self.bare_subject: bool = heads["bare_subject"]
        self.gerunds: bool = heads["gerunds"]
        self.law_subject = _phrases(heads["law_subject"])
        self.anaphoric = frozenset(heads["anaphoric"])
        self.between = _phrases(heads["between"])
        self.longest_between = max(map(len, self.between))
        self.partner = _phrases(heads["partner"])
        self.act_subject = _phrases(data["acts"]["subject"])
        self.participle: str = data["acts"]["participle"]
        self.official = frozenset(heads["official"])
        self.parts = _phrases(heads["parts"])
        self.enumerating = _phrases(heads["enumerating"])
        units = "|".join(re.escape(unit) for unit in data["provisions"]["units"])
        links_of = "|".join(map(re.escape, data["provisions"]["links"]))
        articles = "|".join(map(re.escape, data["provisions"]["articles"]))
        own = "|".join(map(re.escape, heads["own"]))
        self.pinpoint_before = re.compile(
            rf"(?<!\w)(?:{units})\s[\d., ()a-z]{{1,40}}\s(?:{links_of})\s(?:(?:{articles})\s)?"
            rf"(?:(?:{own})\s)?\Z",
            re.IGNORECASE,
        )
        self.units = frozenset(data["provisions"]["units"])
        self.conjunctions = frozenset(heads["and"])
        self.relative = frozenset(heads["relative"])
        self.of = frozenset(heads["of"])
        self.stops = frozenset(heads["stops"])
        self.trailing = frozenset(heads["trailing"])
        bodies = data["authors"]["bodies"]
        ordered = sorted(set(bodies + data["authors"]["before"]), key=len, reverse=True)
        names = "|".join(re.escape(body) for body in ordered)
        self.author = re.compile(rf"(?:^|(?<=[\s(\"“”„‘'–]))(?:{names})(?:['’]s?)?\s?\Z")
        # `VN-Verdrag`: the author is joined to the head.
        self.joined_authors = tuple(b.casefold() for b in ordered if b.endswith("-"))
        of = "|".join(heads["of"]) or "av"
        self.body_after = re.compile(
            rf"{BLANK}(?:{of}){BLANK}(?:de |het |the )?(?:{names})(?![\w-])"
        )
        # `Verdrag van Wenen`, `Statute of the Special Tribunal for Lebanon`
        joined = "|".join(map(re.escape, sorted(states, key=len, reverse=True))) or r"(?!)"
        self.joined_state = re.compile(rf"(?<![\w-])(?:{joined})(?:['’]?s?)(?!\w)")
        name = rf"(?:(?:{joined})(?!\w)|(?:['’]s-)?[A-Z][\w'’-]*)"
        between = rf"(?:\s(?:{of}|for|voor|för|the|de|het|on|to)){{0,2}}"
        self.named_after = re.compile(
            rf"{BLANK}(?:{of}){BLANK}(?:the\s|het\s|de\s)?{name}(?:{between}\s{name}){{0,12}}"
        )
        addressees = "|".join(map(re.escape, data["authors"]["addressees"]))
        self.body_after = re.compile(rf"{self.body_after.pattern}|{BLANK}(?:{addressees})(?!\w)")
        self.body = re.compile(rf"(?<![\w-])(?:{names})(?![\w])")
        self.folded_body = re.compile(rf"(?<![\w-])(?:{names.lower()})(?![\w])")
        self.folded_bodies = {body.lower(): body for body in ordered}
        links = "|".join(sorted(map(re.escape, data["months"]["links"]), key=len, reverse=True))
        joint = rf"(?:\s?[–-]\s?|\s(?:{'|'.join(map(re.escape, heads['and']))})\s)"
        day = (
            rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?:{joint}\d{{1,2}})?{BLANK}(?:{months})"
            rf"|(?:{months}){BLANK}\d{{1,2}}\s?,){ANY}\d{{4}}"
        )
        date = (
            rf"(?:{day}|(?:{months}){BLANK}\d{{4}}|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}"
            r"|(?:1[5-9]|20)\d{2})"
        )
        after = "|".join(map(re.escape, data["months"]["after_years"]))
        not_owner = rf"(?!\s(?:{after})(?!\w))" if after else ""
        self.after_years = frozenset(data["months"]["after_years"])
        # `1951 Refugee Convention`, `1951 års flyktingkonvention`
        opening = rf"(?:1[5-9]|20)\d{{2}} (?:(?:{after}) )?" if after else r"(?:1[5-9]|20)\d{2} "
        self.year_first = re.compile(rf"\A{opening}")
        self.year_before = re.compile(rf"(?<!\w){opening}\Z")
        # `…, 1951 års flyktingkonvention`, `…, 1951 Refugee Convention`: the year opens a title.
        owners = rf"(?i:{after})(?!\w)|" if after else ""
        self.year_opens = re.compile(rf",\s\d{{4}}\s(?:{owners}[A-Z])")
        self.month = re.compile(rf"(?:{months})\s(?:1[5-9]|20)\d{{2}}(?!\w)", re.IGNORECASE)
        # `conclusions of the Council (Foreign Affairs) of 12 May 2014`
        self.configured_date = re.compile(
            rf"\s\((?!\d)[^\W\d_][\w ,/-]{{2,50}}\){BLANK}(?:{links}|den){BLANK}{date}(?![\w/:-])",
            re.IGNORECASE,
        )
        # `Joint Declaration “Towards peace” of 12 May 2014`
        self.quoted_date = re.compile(
            rf"\s[“„‘«\"'][^“”„‘«»\"]{{3,120}}[”’»\"']{BLANK}(?:{links}){BLANK}{date}(?![\w/:-])",
            re.IGNORECASE,
        )
        self.full_date = re.compile(rf"{BLANK}(?:{links}){BLANK}{day}(?![\w/:-])", re.IGNORECASE)
        # A date in brackets is part of the title of conclusions.
        self.bracketed_date = re.compile(rf"\s\({day}\)", re.IGNORECASE)
        self.date = re.compile(
            rf"{BLANK}(?:{links}){BLANK}{date}(?![\w/:-]){not_owner}", re.IGNORECASE
        )
        self.day = re.compile(rf"\d{{1,2}}(?:st|nd|rd|th)?\s(?:{months})(?!\w)", re.IGNORECASE)
        self.month_first = re.compile(rf"(?:{months})\s\d{{1,2}}(?!\d)", re.IGNORECASE)
        self.month_after = re.compile(
            rf"{BLANK}(?:{links}){BLANK}(?:{months}){BLANK}\d{{4}}(?!\w)", re.IGNORECASE
        )
        self.sanctions = re.compile("|".join(map(re.escape, heads["sanctions"])), re.IGNORECASE)
        # `of the IAEA Board of Governors of 3 March`, `IAEA-styrelsens resolution av den 3 mars`
        any_day = rf"(?i:(?:{links}){BLANK}(?:{day}|\d{{1,2}}\s(?:{months})))(?![\w/:-])"
        self.day_after = re.compile(rf"{BLANK}{any_day}")
        inner = rf"(?:\s(?:(?:{of}|the|de|het)\s){{0,2}}{name}){{0,6}}"
        self.issued = re.compile(
            rf"{BLANK}(?:{of}){BLANK}(?:the |het |de )?(?!(?i:{months}))"
            rf"(?P<body>{name}{inner}){BLANK}{any_day}"
        )
        before = "|".join(map(re.escape, heads["date_after"])) or "(?!)"
        self.date_before = re.compile(
            rf"(?:(?<!\w)(?:{before})|['’]s)\s(?P<date>{day})\s\Z", re.IGNORECASE
        )
        self.infinitive = frozenset(heads["infinitive"])
        self.month_before = re.compile(rf"(?:{months})\s\Z", re.IGNORECASE)
        conjunctions = "|".join(re.escape(word) for word in heads["and"])
        mark = rf"(?:\s?\(\s?\d{{1,3}}\s?\)|\s?\[\d{{1,3}}\]|\s?{RAISED}{{1,4}})"
        self.those = _phrases(heads["those"])
        those = "|".join(map(re.escape, heads["those"]))
        joined = rf"(?:\s?,|\s?,?{BLANK}(?:{conjunctions})){BLANK}"
        self.next_date = re.compile(
            rf"(?:[, ][^.;:()\[\]{RAISED}]{{0,150}}(?={mark}))??{mark}?{joined}"
            rf"(?:(?:{links}|{those}|den){BLANK})?(?P<date>{day})",
            re.IGNORECASE,
        )
        # `…(2), notably the case of X, of 19 April 2018`: a remark stands behind the mark.
        self.marked_date = re.compile(
            rf"(?:[, ][^.;:()\[\]{RAISED}]{{0,150}}(?={mark}))??{mark}"
            rf"(?:,?\s[^.;:()\[\]{RAISED}]{{1,120}}?)?{joined}(?:{links}|{those}){BLANK}(?P<date>{day})",
            re.IGNORECASE,
        )
        subjects = "|".join(map(re.escape, heads["subject"]))
        self.headless_date = re.compile(
            rf"{joined}(?:{links}){BLANK}(?P<date>{day})(?=\s(?:{subjects})\s)", re.IGNORECASE
        )
        particularly = "|".join(map(re.escape, heads["enumerating"]))
        self.those_dates = re.compile(
            rf"{mark}?[^.;:()\[\]{RAISED}]{{0,60}}?\b(?:{those}|(?:{particularly}){BLANK}(?:{links}))"
            rf"{BLANK}(?P<date>{day})",
            re.IGNORECASE,
        )
        self.rules_named = tuple(f"{name} " for name in heads["rules"])
        self.rules_pinpointed = tuple(f"{name} " for name in heads["rules_pinpointed"])
        rules = "|".join(map(re.escape, heads["rules"] + heads["rules_pinpointed"]))
        self.rules = re.compile(
            rf"(?<!\w)(?:{rules})(?:\s(?:{of})\s(?:the\s|het\s|de\s)?{name}(?:\s{name}){{0,4}})?(?!\w)"
        )
        organs = "|".join(re.escape(word) for word in data["authors"]["organs"])
        self.organ = re.compile(rf"(?:['’:]?s)?[\s-](?:{organs})", re.IGNORECASE)
        proposal = "|".join(re.escape(phrase) for phrase in data["documents"]["proposal"])
        recast = "|".join(map(re.escape, data["documents"]["recast"]))
        self.recast = re.compile(rf"{BLANK}\((?:{recast})\)")
        phrases = "|".join(map(re.escape, data["documents"]["dated_proposal"]))
        dated = phrases.replace("<day>", rf"(?:{links})\s{day}")
        self.proposal = re.compile(rf"(?<!\w)(?:{proposal}|{dated})\s\Z", re.IGNORECASE)
        self.kinds: dict[str, tuple[str, bool, bool] | None] = {}
        listed = sorted({*self.bare, *self.definite}, key=len, reverse=True)
        # Whether a sentence can have a head at all: most have none, and need no words.
        self.any = re.compile("|".join([*listed, *self.qualified, rules]), re.IGNORECASE)
        self.suffixes = re.compile(rf".(?P<head>{'|'.join(listed)})\Z")

    def head(self, folded: str) -> tuple[str, bool, bool] | None:
        """The class of a head noun, whether its form is definite, whether it is a compound."""
        if folded not in self.kinds:
            self.kinds[folded] = self._head(folded)
        return self.kinds[folded]

    def base(self, folded: str) -> str:
        """A definite head without the ending of a genitive: `strafflagens artikel 5`."""
        base = folded.removesuffix("s")
        return base if base != folded and base.endswith(self.endings) else folded

    def with_bodies(self, text: str) -> str:
        """A text in small letters with the capitals of the institutions that it names."""
        return self.folded_body.sub(lambda found: self.folded_bodies[found.group()], text)

    def past_others(self, text: str, end: int) -> int:
        """The end of a title behind its `and others`, whose first dot has ended it: `m.fl.`."""
        for phrase in self.others:
            start = end - phrase.index(".")
            if text.startswith(phrase, start) and text[start - 1 : start] == " ":
                return start + len(phrase)
        return end

    def qualified_head(self, folded: str, before: str) -> tuple[str, bool, bool] | None:
        """The class of a noun that is a head behind an adjective only: `executive order`."""
        kind = self.qualified.get(folded)
        return (kind, False, False) if kind and before in self.adjectives[kind] else None

    def name_start(self, text: str, position: int) -> int:
        """Where the name of a country starts that a position splits: `Bosnia and |Herzegovina`."""
        found = self.joined_state.finditer(text, max(0, position - _LONGEST_STATE))
        return next((m.start() for m in found if m.start() < position < m.end()), position)

    def _head(self, folded: str) -> tuple[str, bool, bool] | None:
        folded = self.base(folded)
        if folded in self.definite:
            return self.definite[folded], True, False
        if folded in self.bare:
            return self.bare[folded], False, False
        match = self.suffixes.search(folded)
        other = folded in self.not_heads or folded.endswith(self.not_endings)
        if match is None or not self.compound or other:
            return None
        head = match["head"]
        return self.definite.get(head) or self.bare[head], head in self.definite, True


def _phrases(phrases: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in phrases)


@cache
def heads(lang: str) -> Heads:
    """The head nouns of a language."""
    data = language_data(lang, "instruments")
    names = [r["surface"] for r in table("countries") if (r["lang"], r["form"]) == (lang, "name")]
    conjunctions = [f" {word} " for word in data["heads"]["and"]]
    return Heads(data, [name for name in names if any(word in name for word in conjunctions)])


def iso_date(text: str, lang: str) -> str | None:
    """The first full date in a text, as `2020-10-12`; of several days the first."""
    data = language_data(lang, "instruments")
    names = data["months"]["names"]
    months, conjunctions = "|".join(names), "|".join(map(re.escape, data["heads"]["and"]))
    match = re.search(
        rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:(?:\s?[–-]\s?|\s(?:{conjunctions})\s)\d{{1,2}})?"
        rf"{BLANK}({months}){BLANK}(\d{{4}})",
        text,
        re.IGNORECASE,
    )
    if match:
        month = names.index(match[2].casefold()) + 1
        return f"{match[3]}-{month:02d}-{int(match[1]):02d}"
    match = re.search(rf"({months}){BLANK}(\d{{1,2}})\s?,{ANY}(\d{{4}})", text, re.IGNORECASE)
    if match:
        month = names.index(match[1].casefold()) + 1
        return f"{match[3]}-{month:02d}-{int(match[2]):02d}"
    match = re.search(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text)
    return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}" if match else None
