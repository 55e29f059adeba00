"""One table of ratios: what was measured, against what, and the target it has."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """`ratio` is ours in proportion to the reference, in the sense that `target` names."""

    what: str
    ours: str
    reference: str
    ratio: float | None
    target: str = ""

    def cells(self) -> tuple[str, ...]:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return self.what, self.ours, self.reference, ratio, self.target


HEAD = ("what", "ours", "reference", "ratio", "target")


def show(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table, padded so that it reads well in a terminal too."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    text = [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    ]
    text.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(text)
