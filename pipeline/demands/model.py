"""What a demand is."""

from __future__ import annotations

from dataclasses import dataclass

ACTS = ("call", "condemn", "welcome", "express_concern", "reaffirm", "commit", "inform")
FORCES = ("strong", "plain")


@dataclass(frozen=True, slots=True)
class Demand:
    """One speech act.

    `clause` is the index of the clause that performs it, `content` the indices of the clauses that
    say what is asked, condemned or promised: the clause itself where no other says it.
    `force` is `strong` where a word
    (`ten stelligste`, `strongly`, `med kraft`), the verb (`demand`) or the modal (`must`) makes it
    so, else `plain`.
    """

    act: str
    clause: int
    speaker: str | None
    addressee: str | None
    content: tuple[int, ...]
    force: str | None
