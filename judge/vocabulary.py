"""schema.org's vocabulary: which types there are, what each may say, and of what kind that is."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FILE = "schemaorg-all-https.jsonld"
# What Google and others read besides: the input of a search action.
EXTRA = {"query-input"}


class Vocabulary:
    def __init__(self, folder: Path) -> None:
        self._parents: dict[str, set[str]] = defaultdict(set)
        self._domains: dict[str, set[str]] = {}
        self._ranges: dict[str, set[str]] = {}
        self._above: dict[str, set[str]] = {}
        for one in json.loads((folder / FILE).read_text("utf-8"))["@graph"]:
            prefix, _, name = one["@id"].partition(":")
            if prefix != "schema":  # other vocabularies, which the file only says something like
                continue
            kinds = _listed(one.get("@type"))
            if "rdfs:Class" in kinds:
                self._parents[name] |= set(_names(one.get("rdfs:subClassOf")))
            elif "rdf:Property" in kinds:
                self._domains[name] = set(_names(one.get("schema:domainIncludes")))
                self._ranges[name] = set(_names(one.get("schema:rangeIncludes")))

    def above(self, kind: str) -> set[str]:
        """The type itself and all that it is a kind of."""
        if kind not in self._above:
            found, waiting = set(), [kind]
            while waiting:
                one = waiting.pop()
                if one not in found:
                    found.add(one)
                    waiting += self._parents.get(one, ())
            self._above[kind] = found
        return self._above[kind]

    def faults(self, node: Any, where: str = "") -> Iterator[str]:
        """A sentence for each type, property and value that the vocabulary doesn't allow, in the node and all within."""
        if isinstance(node, list):
            for one in node:
                yield from self.faults(one, where)
            return
        if not isinstance(node, dict):
            return
        kinds = _listed(node.get("@type"))
        place = f"{where}/{'+'.join(kinds)}" if kinds else where
        yield from (f"{place}: {kind} is no type" for kind in kinds if kind not in self._parents)
        above = set().union(*(self.above(kind) for kind in kinds)) if kinds else set()
        for name, value in node.items():
            if name.startswith("@"):
                if name == "@graph":
                    yield from self.faults(value, place)
                continue
            if name in EXTRA:
                continue
            if name not in self._domains:
                yield f"{place}: {name} is no property"
            elif kinds and not above & self._domains[name]:
                yield f"{place}: {name} is not a property of this type"
            else:
                yield from self._value_faults(name, value, place)
            yield from self.faults(value, f"{place}.{name}")

    def _value_faults(self, name: str, value: Any, place: str) -> Iterator[str]:
        allowed = self._ranges[name]  # text may stand for anything (schema.org/docs/datamodel.html)
        for one in value if isinstance(value, list) else [value]:
            if one is None or one == "" or one == {}:
                yield f"{place}: {name} is empty"
            elif isinstance(one, dict):
                kinds = _listed(one.get("@type"))
                if kinds and not any(self.above(kind) & allowed for kind in kinds):
                    yield f"{place}: {name} is {'+'.join(kinds)}, and may be {', '.join(sorted(allowed))}"
                if not kinds and "@id" not in one:
                    yield f"{place}: {name} has no @type"
            elif isinstance(one, bool) and not allowed & {"Boolean", "Text"}:
                yield f"{place}: {name} is {one}"
            elif (
                isinstance(one, (int, float))
                and not isinstance(one, bool)
                and not allowed & {"Number", "Integer", "Text"}
            ):
                yield f"{place}: {name} is {one}, and may be {', '.join(sorted(allowed))}"


def _listed(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []


def _names(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value] if value else []:
        yield one["@id"].partition(":")[2]
