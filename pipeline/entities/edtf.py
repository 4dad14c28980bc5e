"""Calendar values and their EDTF strings (Library of Congress, levels 0 and 1).

A `Point` is a date as precise as the text gives it. `Value` texts: `2024-01-25`, `2020-05`, `2016`,
`199X` (a decade), `2020-11-26/2020-11-27` (an interval), and where no year
is known `XXXX-01-25`.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace

_LEAP_YEAR = 2000  # a year that has every month and day


@dataclass(frozen=True, slots=True)
class Point:
    """A date or a part of one; what the text does not say is None.

    `weekday` is 1 (Monday) to 7.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    decade: bool = False

    def is_valid(self) -> bool:
        """Whether such a date exists; a wrong weekday does not matter, people mistake it."""
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        if self.day is None:
            return True
        if self.month is None:
            return False
        year = self.year if self.year is not None else _LEAP_YEAR
        return 1 <= self.day <= calendar.monthrange(year, self.month)[1]

    def edtf(self) -> str:
        """The EDTF string."""
        if self.decade and self.year is not None:
            return f"{self.year // 10:03d}X"
        text = "XXXX" if self.year is None else f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text

    def with_year_near(self, anchor: dt.date) -> Point:
        """The point with the year that brings it nearest to `anchor`.

        A weekday that the text gives decides where it fits exactly one of the three years around.
        """
        if self.year is not None or self.month is None:
            return self
        years = (anchor.year, anchor.year - 1, anchor.year + 1)
        options = [replace(self, year=year) for year in years]
        options = [option for option in options if option.is_valid()]
        if self.weekday is not None and self.day is not None:
            fitting = [o for o in options if o._date().isoweekday() == self.weekday]
            options = fitting if len(fitting) == 1 else options
        if not options:
            return self
        if self.day is None:  # a month near the anchor: the anchor's own year wins a tie
            return min(options, key=lambda o: abs(o._months() - anchor.year * 12 - anchor.month))
        return min(options, key=lambda o: abs(o._date() - anchor))

    def _date(self) -> dt.date:
        return dt.date(self.year or _LEAP_YEAR, self.month or 1, self.day or 1)

    def _months(self) -> int:
        return (self.year or 0) * 12 + (self.month or 0)


def interval(first: Point, last: Point) -> str | None:
    """The EDTF interval, or None where `last` is before `first`."""
    start, end = first.edtf(), last.edtf()
    if first.year is not None and last.year is not None:
        known_start = (first.year, first.month or 0, first.day or 0)
        known_end = (last.year, last.month or 99, last.day or 99)
        if known_start > known_end:
            return None
    return f"{start}/{end}"
