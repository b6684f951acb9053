"""What publishing a draft changes, in sentences. Pure."""

from collections.abc import Callable, Iterator

from articles.models.fronts.layout import Container, Layout, Slot

Name = Callable[[Slot], str]


def differences(old: Layout, new: Layout, name: Name) -> list[str]:
    """Nothing for two layouts that are the same. `name` says what a picked article is called."""
    before, after = ({one.name: one for one in layout.containers} for layout in (old, new))
    said = [f"New container {_called(one)}." for key, one in after.items() if key not in before]
    said += [f"Container {_called(one)} is taken out." for key, one in before.items() if key not in after]
    if [key for key in before if key in after] != [key for key in after if key in before]:
        said.append("The containers stand in another order.")
    for key in after:
        if key in before:
            said += _changed(before[key], after[key])
    return [*said, *_moves(old, new, name)]


def _changed(old: Container, new: Container) -> Iterator[str]:
    """All but what is picked."""
    if old.label != new.label:
        yield (
            f"Container {_called(old)} is now labelled “{new.label}”."
            if new.label
            else (f"Container {_called(old)} has no label any more.")
        )
    if old.shape is not new.shape:
        yield f"{_called(new)}: {new.shape.label}."
    if old.tone is not new.tone:
        yield f"{_called(new)} stands on another ground."
    if old.how_many != new.how_many:
        yield f"{_called(new)} shows {new.how_many} instead of {old.how_many}."
    if old.backfill != new.backfill:
        yield f"{_called(new)} is filled up by another rule."


def _moves(old: Layout, new: Layout, name: Name) -> Iterator[str]:
    before, after = _places(old), _places(new)
    for key, (slot, container, place) in after.items():
        was = before.get(key)
        if was is None:
            yield f"“{name(slot)}” comes in: {_called(container)}, place {place + 1}."
        elif (was[1].name, was[2]) != (container.name, place):
            yield f"“{name(slot)}” moves to {_called(container)}, place {place + 1}."
        if was is not None and was[0] != slot:
            yield f"“{name(slot)}”: its card is said otherwise."
    for key, (slot, container, _) in before.items():
        if key not in after:
            yield f"“{name(slot)}” goes out of {_called(container)}."


def _places(layout: Layout) -> dict[tuple[int, int], tuple[Slot, Container, int]]:
    """By article and how often it came before: the same may be picked in several containers."""
    found: dict[tuple[int, int], tuple[Slot, Container, int]] = {}
    for container in layout.containers:
        for place, slot in enumerate(container.slots):
            times = sum(article == slot.article for article, _ in found)
            found[slot.article, times] = (slot, container, place)
    return found


def _called(container: Container) -> str:
    return f"“{container.label or container.name}”"
