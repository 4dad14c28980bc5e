"""The grammar of dates, over the kinds of words of `date_words`; one for all languages.

An *element* is a day, a month, a year or a combination of them. Elements that `to`, a dash, `and`
or a comma joins make a chain, in which each takes the month or year that it lacks from a neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipeline.entities.date_context import Context, is_listed
from pipeline.entities.date_words import Reader, Word
from pipeline.entities.edtf import Point, interval

_WEEKDAY = r"(?:(?P<W>W)(?:[.,]{0,2} (?:l )?| ?(?P<b>\()))?"
_YEAR = r"(?:(?:(?: ?,)? (?:p )?(?:l )?|,)(?P<y>y|h))?"
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<d>[doc])\.?(?: (?P<p>p )?(?:l )?|-)(?P<m>M|m\.?)(?![a-z]){_YEAR}"
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<m>M\.?|m\.?)(?: (?:l )?|-|(?P<c>, ))(?P<d>[do])(?![/:.]d){_YEAR}"
)
_FOREIGN_MONTH = re.compile(r"(?P<m>F) (?P<y>y)")
_FORMS = (
    re.compile(rf"{_WEEKDAY}(?P<N>N)"),
    re.compile(r"(?P<d>d)(?P<s>[-/])(?P<m>[Mm])(?P=s)(?P<y>y)"),
    re.compile(r"(?P<y>y)(?P<s>[-/])(?P<m>[Mm])(?P=s)(?P<d>d)"),
    _DAY_FIRST,
    _MONTH_FIRST,
    # `27 avril 2017`, `3 de mayo de 2017`, `octobre 2014`: a word of that language may join them.
    re.compile(r"(?P<d>[do])\.? (?:[xpl] )?(?P<m>F) (?:[xpl] )?(?P<y>y)"),
    _FOREIGN_MONTH,
    re.compile(r"(?P<Q>Q),? (?:p )?(?:l )?(?P<y>y)"),
    re.compile(r"(?P<y>y) (?:l )?(?P<Q>Q)"),
    re.compile(r"(?P<y>y) (?P<m>M)(?!,? (?:p )?[dy])"),
    re.compile(rf"(?P<m>M|m\.?){_YEAR}"),
    re.compile(r"(?P<T>T)"),
    re.compile(r"(?P<y>y)"),
    re.compile(rf"{_WEEKDAY}(?P<d>[do])\.?"),
)
# The day after a month and day, with the year of both: `5, 2020` in `May 3 and 5, 2020`.
_NEXT_DAY = re.compile(r"(?P<d>[do])(?:, (?P<y>y))?(?! [pl]? ?[Mm])")
_FIGURES = re.compile(r"(?:(?P<W>W)[.,]? )?(?P<d>d)/(?P<m>d)(?![-/.:]?[dny%])(?! ?[%°])")
_YEARS = re.compile(r"(?P<y>y)(?P<sign>[-/])(?P<z>[ydn])(?![-/.:]?[dny])")
_NUMBER_GOES_ON = re.compile(r"[/:.][dny](?![-/]?[dny])")
# The number of a footnote behind the full stop of a sentence: `29 April 2024.2 That …`.
_NOTE = re.compile(r"\.d(?: x|\Z)")
_JOINTS = (
    ("-", re.compile(r"-(?:l )?")),
    ("to", re.compile(r" - (?:l )?|-? ?t (?:l )?")),
    ("and", re.compile(r",? a (?:l )?")),
    (",", re.compile(r", (?:l )?")),
)
_START = re.compile(r"[doycMmFWNQT]")
_BEFORE = re.compile(r"[ (\"]$|e-$")
_BETWEEN = re.compile(r"b (?:l )?$")
_LONGEST_RANGE = 150  # years
_LONGEST_CHAIN = 12  # elements; keeps the work on a long list of numbers linear


class Element(NamedTuple):
    """A part of a date expression: what it says, and where in the kinds it stands."""

    point: Point
    start: int
    end: int
    last: Point | None = None  # the end of a part of the year (`first quarter of 2024`)
    numeric: bool = False
    month_first: bool = False  # `May 3`: further days may follow
    bare: bool = False  # a day whose month was filled in

    @property
    def is_bare_day(self) -> bool:
        """Whether this is a day that waits for a month."""
        return self.point.day is not None and self.point.month is None


@dataclass(frozen=True, slots=True)
class Found:
    """A date expression: its characters `[start, end)` and its first and last point."""

    start: int
    end: int
    first: Point
    last: Point | None = None


class Line:
    """One sentence under the grammar: its words, and their kinds as a string with spaces."""

    def __init__(self, text: str, reader: Reader, context: Context) -> None:
        self.text, self.reader, self.context = text, reader, context
        self.words = reader.words(text)
        kinds: list[str] = []
        self.at: list[int] = []  # the word at each position of `kinds`
        end = 0
        for index, word in enumerate(self.words):
            if word.start > end and index:
                kinds.append(" ")
                self.at.append(index)
            kinds.append(word.kind)
            self.at.append(index)
            end = word.end
        self.kinds = "".join(kinds)

    def dates(self) -> Iterator[Found]:
        """The date expressions of the line, in order; they do not overlap."""
        position = 0
        while start := _START.search(self.kinds, position):
            position = start.start()
            if position and not _BEFORE.search(self.kinds, max(0, position - 2), position):
                position += 1
                continue
            found, position = self._dates_at(position)
            yield from found

    def _dates_at(self, position: int) -> tuple[list[Found], int]:
        """The expressions that begin at a position, and where to go on."""
        if years := _YEARS.match(self.kinds, position):
            return list(self._year_range(years)), years.end()
        if figures := _FIGURES.match(self.kinds, position):
            found = list(self._figures(figures))
            if found:
                return found, figures.end()
        elements, joints = _trimmed(*self._chain(position))
        if not elements:
            return [], position + 1
        return list(self._mentions(_completed(elements), joints)), elements[-1].end

    def _word(self, position: int) -> Word:
        return self.words[self.at[position]]

    def _span(self, start: int, end: int) -> tuple[int, int]:
        """The characters that `kinds[start:end]` covers."""
        return self._word(start).start, self._word(end - 1).end

    def _element(self, position: int) -> Element | None:
        """The longest element that begins at a position."""
        for form in _FORMS:
            match = form.match(self.kinds, position)
            if match and form is _MONTH_FIRST and not self._may_lead(match):
                continue
            if match and (element := self._read(match)):
                return element
        return None

    def _may_lead(self, match: re.Match[str]) -> bool:
        """Whether a month may stand before its day.

        It does in English, and in page headers of any language: `Jun 21, 2018`.
        """
        american = match["y"] and self.kinds[match.end("d") : match.start("y")].startswith(",")
        return self.reader.month_first or bool(american)

    def _read(self, match: re.Match[str]) -> Element | None:
        """The element that a match of one of the forms stands for, None if it is no date."""
        word = {
            name: self._word(match.start(name))
            for name, found in match.groupdict().items()
            if found
        }
        start, end = match.span()
        if "b" in word and self.kinds[end : end + 1] == ")":  # `fredag (15 juni)`
            end += 1
        weekday = word["W"].value if "W" in word else None
        if "N" in word:
            return Element(replace(word["N"].value, weekday=weekday), start, end, numeric=True)
        if "T" in word:
            return Element(word["T"].value, start, end)
        year = word["y"].value if "y" in word else None
        if "Q" in word:
            first, last = word["Q"].value
            return Element(Point(year, first), start, end, Point(year, last))
        noted = "m" in word and _NOTE.match(self.kinds, match.end())
        if year is not None and not noted and _NUMBER_GOES_ON.match(self.kinds, match.end()):
            if "m" not in word or match.end("m") > match.start("y"):
                return None
            end, year = match.end("m"), None
            word.pop("y")
        if not self._is_calendar(word, match.re):
            return None
        month, day = (word[name].value if name in word else None for name in "md")
        month_first = match.re in (_MONTH_FIRST, _NEXT_DAY)
        return Element(Point(year, month, day, weekday), start, end, month_first=month_first)

    def _is_calendar(self, word: dict[str, Word], form: re.Pattern[str]) -> bool:
        """Whether month and day are ones: not in `Article 2 may` or `the second March hearing`."""
        if "m" not in word:
            return True
        month, dated = word["m"], "y" in word
        name = self.text[month.start : month.end]
        if form is _FOREIGN_MONTH:
            # `Mars 2020` went to the planet.
            return name.islower() or name.lower() not in self.context.ambiguous_months
        if "d" not in word:
            if dated and word["y"].start < month.start and name in self.context.ambiguous_months:
                return False  # `the Act of 1978 may be …`
            abbreviated = month.kind == "m"
            return dated or self.context.is_month(self.text, month.start, month.end, abbreviated)
        day = word["d"]
        if day.kind == "d" and not dated:
            if name in self.context.ambiguous_months:
                if form is _MONTH_FIRST or not self.context.announces_figures(self.text, day.start):
                    return False
            elif form is _MONTH_FIRST and self._is_after_in(month):
                return False
            if "c" in word:  # `in May, 15 people`
                return False
        if month.kind == "m" and not self.reader.capitals and not name.islower():
            return dated
        spelled = day.kind == "o" and not self.text[day.start].isdigit()
        return "p" in word or form is not _DAY_FIRST or not (spelled and self.reader.month_first)

    def _is_after_in(self, month: Word) -> bool:
        """Whether `in` stands before a month: `in May 15 people` is no fifteenth of May."""
        return self.text[max(0, month.start - 4) : month.start].lower().endswith("in ")

    def _chain(self, position: int) -> tuple[list[Element], list[str]]:
        """The elements joined to the one at a position, and what joins each two of them."""
        first = self._element(position)
        if first is None:
            return [], []
        elements, joints = [first], []
        between = _BETWEEN.search(self.kinds, max(0, position - 4), position) is not None
        while len(elements) < _LONGEST_CHAIN and (joint := self._joint(elements[-1].end)):
            sign, start = joint
            following = self._following(elements[-1], start)
            if following is None or not _may_join(elements[-1], following, sign, between):
                break
            elements.append(following)
            joints.append("to" if between else sign)
            between = False
        return elements, joints

    def _joint(self, position: int) -> tuple[str, int] | None:
        """What joins the next element (`to`, `-`, `and` or `,`) and where that begins."""
        for sign, pattern in _JOINTS:
            if match := pattern.match(self.kinds, position):
                return sign, match.end()
        return None

    def _following(self, last: Element, position: int) -> Element | None:
        """The element at a position after `last`."""
        if last.month_first and (match := _NEXT_DAY.match(self.kinds, position)):
            return self._read(match)
        return self._element(position)

    def _figures(self, match: re.Match[str]) -> Iterator[Found]:
        """A day and month in figures after a preposition or weekday (`op 22/4`, `den 22/4`)."""
        start, end = self._span(*match.span())
        weekday = self._word(match.start("W")).value if match.group("W") else None
        if weekday is None and not self.context.announces_figures(self.text, start):
            return
        first, second = (self._word(match.start(name)).value for name in "dm")
        for day, month in ((first, second), (second, first)):
            point = Point(None, month, day, weekday)
            if point.is_valid():
                yield Found(start, end, point)
                return

    def _year_range(self, match: re.Match[str]) -> Iterator[Found]:
        """`2014-2020`, `2019/2020`, `2019-20` and `1988-89`."""
        start, end = self._span(*match.span())
        first, final = self._word(match.start("y")).value, self._word(match.start("z"))
        last = final.value
        if match.group("z") != "y":
            if final.end - final.start != 2:
                return
            last += first // 100 * 100
        longest = 1 if match.group("sign") == "/" else _LONGEST_RANGE
        if first < last <= first + longest and self.context.is_year(self.text, start, end, first):
            yield Found(start, end, Point(first), Point(last))

    def _mentions(self, elements: list[Element], joints: list[str]) -> Iterator[Found]:
        """The mentions of a chain: intervals, and elements on their own."""
        index = 0
        while index < len(elements):
            element = elements[index]
            if index < len(joints) and (
                joints[index] in ("to", "-") or _is_meeting(elements, joints, index)
            ):
                other = elements[index + 1]
                last = other.last or other.point
                if interval(element.point, last):
                    yield from self._accepted(element, other.end, last)
                else:  # the end is before the beginning: two dates
                    yield from self._accepted(element, element.end, element.last)
                    yield from self._accepted(other, other.end, other.last)
                index += 2
            else:
                yield from self._accepted(element, element.end, element.last)
                index += 1

    def _accepted(self, element: Element, stop: int, last: Point | None) -> Iterator[Found]:
        """The mention from an element to `kinds[:stop]`, unless its context speaks against it."""
        start, end = self._span(element.start, stop)
        first = element.point
        if not first.is_valid() or (last is not None and not last.is_valid()):
            return
        if element.numeric and is_listed(self.text, start, end):
            return
        bare = all(p is None or (p.month is None and not p.decade) for p in (first, last))
        if bare and not self.context.is_year(self.text, start, end, first.year or 0):
            return
        yield Found(start, end, first, last)


def _is_meeting(elements: list[Element], joints: list[str], index: int) -> bool:
    """Whether `and` joins two days in a row under one month: the `26 and 27 October` of a meeting.

    Of three days or more each is a mention.
    """
    first, second = elements[index].point, elements[index + 1].point
    if len(joints) > 1 or joints[index] != "and" or first.day is None or second.day is None:
        return False
    shared = (first.year, first.month) == (second.year, second.month)
    return shared and elements[index].bare and second.day == first.day + 1


def _may_join(last: Element, following: Element, sign: str, between: bool) -> bool:
    """Whether an element continues a chain: as the end of a range, or sharing month or year."""
    here, there = last.point, following.point
    if there.decade or here.decade or following.last or last.last:
        return False
    if last.is_bare_day and following.numeric:
        return sign == "-"  # `26-27.11.2020`, not `C 23, 21.1.2021`
    if sign in ("to", "-") or between:
        if following.numeric:
            return last.numeric or here.month is not None
        return not last.is_bare_day or there.day is not None
    if here.month is None and there.month is None:
        return last.is_bare_day and there.day is not None
    if here.year is not None:
        return False
    return there.day is not None if here.day is not None else there.month is not None


def _trimmed(elements: list[Element], joints: list[str]) -> tuple[list[Element], list[str]]:
    """The chain without days that no month completes, and without a list that lacks its `and`."""
    while elements and elements[-1].is_bare_day:
        if elements[-1].month_first and len(elements) > 1:
            break
        elements, joints = elements[:-1], joints[: max(0, len(elements) - 2)]
    while "," in joints and "and" not in joints[joints.index(",") :]:
        cut = joints.index(",")
        if elements[cut].is_bare_day:
            elements, joints = elements[cut + 1 :], joints[cut + 1 :]
        else:
            elements, joints = elements[: cut + 1], joints[:cut]
    return elements, joints


def _completed(elements: list[Element]) -> list[Element]:
    """The elements with the month and year that they share with a neighbour filled in."""
    points = [element.point for element in elements]
    backwards = range(len(points) - 2, -1, -1)
    for index in backwards:
        if elements[index].is_bare_day:
            points[index] = replace(points[index], month=points[index + 1].month)
    for index in range(1, len(points)):
        if points[index].day is not None and points[index].month is None:
            points[index] = replace(points[index], month=points[index - 1].month)
    for index in backwards:
        here, right = points[index], points[index + 1]
        if here.year is None and right.year is not None and here.month and right.month:
            wraps = (here.month, here.day or 0) > (right.month, right.day or 99)
            points[index] = replace(here, year=right.year - (1 if wraps else 0))
    for index in range(1, len(points)):
        here, left = points[index], points[index - 1]
        if here.year is None and here.month is not None and left.year is not None:
            points[index] = replace(here, year=left.year)
    return [
        e._replace(point=point, bare=e.is_bare_day)
        for e, point in zip(elements, points, strict=True)
    ]
