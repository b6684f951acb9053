"""What an import did, and what it could not."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

MOST_EXAMPLES = 5


@dataclass
class Report:
    """Counts by what became of things; notes counted by their text, each with its first few places."""

    dry_run: bool = False
    done: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[str]] = field(default_factory=dict)
    missing_pictures: dict[str, None] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def note(self, texts: Iterable[str], place: str) -> None:
        for text in texts:
            self.notes[text] += 1
            places = self.places.setdefault(text, [])
            if len(places) < MOST_EXAMPLES and place not in places:
                places.append(place)

    def lines(self) -> list[str]:
        would = "Would be: " if self.dry_run else ""
        lines = [would + (", ".join(f"{number} {what}" for what, number in self.done.items()) or "nothing to import")]
        if self.made:
            lines.append("New: " + ", ".join(f"{number} {what}" for what, number in sorted(self.made.items())))
        if self.missing_pictures:
            lines.append(f"{len(self.missing_pictures)} pictures without a file; give the uploads folder with --media:")
            lines += _some(list(self.missing_pictures), 20)
        if self.notes:
            lines.append("Not kept as it was:")
            lines += [
                f"  {number} × {text} (post {', '.join(self.places[text])}{' …' if number > MOST_EXAMPLES else ''})"
                for text, number in self.notes.most_common()
            ]
        if self.refused:
            lines.append(f"{len(self.refused)} posts could not be imported:")
            lines += [f"  {one}" for one in self.refused]
        return lines


def _some(names: list[str], most: int) -> list[str]:
    rest = [f"  … and {len(names) - most} more"] if len(names) > most else []
    return [f"  {name}" for name in names[:most]] + rest
