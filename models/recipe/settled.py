"""Heads and relations that Talbanken's published enhanced dependencies settle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from models.recipe.trees import Draft

_KEPT_SUBTYPES = frozenset({"relcl", "agent", "pass", "poss", "cleft", "outer"})
_SETTLED = frozenset({"obl", "nmod", "conj", "advcl", "acl", "acl:relcl", "obl:agent"})


def basic_relation(enhanced: str) -> str:
    """An enhanced relation without its lexical part: `obl:på` is `obl`."""
    parts = enhanced.split(":")
    return ":".join(parts[:2]) if len(parts) > 1 and parts[1] in _KEPT_SUBTYPES else parts[0]


def settled_relations(
    lines: Iterable[str], split: str = "sv-ud-train"
) -> dict[int, dict[int, tuple[int, str]]]:
    """Heads and relations that the enhanced graph leaves no doubt about.

    Args:
        lines: rows of sentence key, word number and `head:relation|...`.
        split: only keys with this prefix are read.

    Returns:
        Sentence number → 0-based position → (0-based head, basic relation), for
        words with exactly one enhanced head. Left out are relations named by a
        multiword preposition, which the file still treats as one word.
    """
    found: dict[int, dict[int, tuple[int, str]]] = defaultdict(dict)
    for line in lines:
        cells = line.rstrip("\n").split("\t")
        prefix, _, number = cells[0].rpartition("-")
        if prefix != split or len(cells) != 3 or "|" in cells[2] or "." in cells[1]:
            continue
        head, _, enhanced = cells[2].partition(":")
        relation = basic_relation(enhanced)
        old_style = "_" in enhanced or enhanced.startswith(("acl:som", "acl:än"))
        if relation in _SETTLED and head.isdigit() and not old_style:
            found[int(number)][int(cells[1]) - 1] = (int(head) - 1, relation)
    return found


def settle(draft: Draft, relations: Mapping[int, tuple[int, str]]) -> None:
    """Apply settled heads and relations, each only if the result stays a tree."""
    for _ in range(2):
        for index, (head, relation) in relations.items():
            if index >= len(draft.words) or head >= len(draft.words):
                continue
            if relation == "conj" and draft.head[head] == index and head < index:
                lead(draft, head, index)
            elif draft.head[index] >= 0:
                before = draft.head[index]
                draft.head[index] = head
                if draft.is_tree():
                    draft.deprel[index] = relation
                else:
                    draft.head[index] = before


def lead(draft: Draft, first: int, second: int) -> None:
    """Make `first`, so far below `second`, the first conjunct, and `second` a conjunct of it."""
    draft.attach(first, draft.head[second], draft.deprel[second])
    draft.attach(second, first, "conj")
    for child in draft.children(second):
        if child < first:
            draft.head[child] = first
