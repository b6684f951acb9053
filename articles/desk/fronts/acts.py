"""What the buttons of a front's board do to its layout. Pure: a layout in, another out, and a sentence about it.

An act is a word and the place it is done at, as a button says it: "up|films|2" is the third card of the container
“films”. The same words come from the drag, from the keyboard and from a page without script.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from articles.models.fronts.layout import MOST_CONTAINERS, MOST_SLOTS, Container, Layout, Shape, Slot

GONE = "This card is not there any more."


@dataclass(frozen=True)
class Done:
    """`focus` is where the person goes on: the place of the card or the name of the container."""

    layout: Layout
    said: str
    focus: str = ""


def do(layout: Layout, act: str, article: int | None = None) -> Done:
    """Raises ValidationError for what can't be done; then nothing is changed."""
    word, _, place = act.partition("|")
    found = _ACTS.get(word)
    if found is None:
        raise ValidationError("There is no such button.")
    return found(layout, place, article)


# --- cards ---------------------------------------------------------------------------------------------------------


def _pick(layout: Layout, place: str, article: int | None) -> Done:
    """At the end of the container's picked ones; with a number after its name, at that place."""
    if article is None:
        raise ValidationError("Choose an article first.")
    name, _, number = place.partition("|")
    container = layout.container(name)
    if any(slot.article == article for slot in container.slots):
        raise ValidationError("It is picked in this container already.")
    at = min(place_of(place)[1], len(container.slots)) if number else len(container.slots)
    made = _with(layout, name, [*container.slots[:at], Slot(article), *container.slots[at:]])
    return Done(made, f"Picked for {_called(container)}, place {at + 1}.", f"{name}|{at}")


def _pick_this(layout: Layout, place: str, article: int | None) -> Done:
    """“films|12”: what fills the container up now stays there."""
    name, _, number = place.partition("|")
    if not (number.isascii() and number.isdecimal() and len(number) < 16):
        raise ValidationError(GONE)
    return _pick(layout, name, int(number))


def _take_out(layout: Layout, place: str, article: int | None) -> Done:
    name, at = place_of(place)
    container = layout.container(name)
    _slot(container, at)
    made = _with(layout, name, [*container.slots[:at], *container.slots[at + 1 :]])
    return Done(made, f"Taken out of {_called(container)}.", f"{name}|{max(at - 1, 0)}")


def _up(layout: Layout, place: str, article: int | None) -> Done:
    """At the top of its container it goes to the end of the one above."""
    name, at = place_of(place)
    _slot(layout.container(name), at)
    if at:
        return _moved(layout, name, at, name, at - 1)
    above = _beside(layout, name, -1)
    return _moved(layout, name, at, above.name, len(above.slots))


def _down(layout: Layout, place: str, article: int | None) -> Done:
    name, at = place_of(place)
    container = layout.container(name)
    _slot(container, at)
    if at < len(container.slots) - 1:
        return _moved(layout, name, at, name, at + 1)
    return _moved(layout, name, at, _beside(layout, name, 1).name, 0)


def _move(layout: Layout, place: str, article: int | None) -> Done:
    """A drag: “films|2|books|0”. The second place is counted without the card that moves."""
    old, _, new = place.rpartition("|")
    old, _, other = old.rpartition("|")
    name, at = place_of(old)
    to, there = place_of(f"{other}|{new}")
    return _moved(layout, name, at, to, there)


def _moved(layout: Layout, name: str, at: int, to: str, there: int) -> Done:
    slot = _slot(layout.container(name), at)
    left = [one for place, one in enumerate(layout.container(name).slots) if place != at]
    without = _with(layout, name, left)
    target = without.container(to)
    if any(one.article == slot.article for one in target.slots):
        raise ValidationError("It is picked in that container already.")
    there = min(there, len(target.slots))
    made = _with(without, to, [*target.slots[:there], slot, *target.slots[there:]])
    return Done(made, f"Moved to place {there + 1} of {_called(target)}.", f"{to}|{there}")


# --- containers ----------------------------------------------------------------------------------------------------


def _container_up(layout: Layout, name: str, article: int | None) -> Done:
    return _container_moved(layout, name, -1)


def _container_down(layout: Layout, name: str, article: int | None) -> Done:
    return _container_moved(layout, name, 1)


def _container_moved(layout: Layout, name: str, step: int) -> Done:
    other = _beside(layout, name, step)
    order = list(layout.containers)
    here, there = order.index(layout.container(name)), order.index(other)
    order[here], order[there] = order[there], order[here]
    said = f"{_called(order[there])} is now container {there + 1} of {len(order)}."
    return Done(Layout(tuple(order)), said[0].upper() + said[1:], name)


def _container_out(layout: Layout, name: str, article: int | None) -> Done:
    gone = layout.container(name)
    kept = tuple(one for one in layout.containers if one is not gone)
    return Done(Layout(kept), f"Took out {_called(gone)}.")


def _container_new(layout: Layout, shape: str, article: int | None) -> Done:
    if len(layout.containers) >= MOST_CONTAINERS:
        raise ValidationError(f"A front has at most {MOST_CONTAINERS} containers.")
    names = {one.name for one in layout.containers}
    name = next(name for number in itertools.count(1) if (name := f"c{number}") not in names)
    made = Container(name, Shape.named(shape), how_many=Shape.named(shape).usual)
    return Done(Layout((*layout.containers, made)), "A new container stands at the end.", name)


_ACTS: dict[str, Callable[[Layout, str, int | None], Done]] = {
    "pick": _pick,
    "pick-this": _pick_this,
    "out": _take_out,
    "up": _up,
    "down": _down,
    "move": _move,
    "container-up": _container_up,
    "container-down": _container_down,
    "container-out": _container_out,
    "container-new": _container_new,
}


# --- parts ---------------------------------------------------------------------------------------------------------


def place_of(place: str) -> tuple[str, int]:
    """“films|2” as ("films", 2). Raises ValidationError."""
    name, _, at = place.partition("|")
    if not (at.isascii() and at.isdecimal() and len(at) < 4):
        raise ValidationError(GONE)
    return name, int(at)


def slot_at(layout: Layout, name: str, at: int) -> Slot:
    """Raises ValidationError."""
    return _slot(layout.container(name), at)


def with_slot(layout: Layout, name: str, at: int, slot: Slot) -> Layout:
    slots = list(layout.container(name).slots)
    slots[at] = slot
    return _with(layout, name, slots)


def _slot(container: Container, at: int) -> Slot:
    if not 0 <= at < len(container.slots):
        raise ValidationError(GONE)
    return container.slots[at]


def _with(layout: Layout, name: str, slots: list[Slot]) -> Layout:
    if len(slots) > MOST_SLOTS:
        raise ValidationError(f"A container has at most {MOST_SLOTS} picked articles.")
    return layout.with_container(name, slots=tuple(slots))


def _beside(layout: Layout, name: str, step: int) -> Container:
    there = layout.containers.index(layout.container(name)) + step
    if not 0 <= there < len(layout.containers):
        raise ValidationError("There is no container beyond this one.")
    return layout.containers[there]


def _called(container: Container) -> str:
    return f"“{container.label}”" if container.label else f"the container “{container.name}”"
