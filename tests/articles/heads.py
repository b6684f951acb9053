"""Reading a page's head as machines do."""

import json
from typing import Any

import lxml.html
from django.test import Client


class Read:
    """What a page says of itself in <head>."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.head = lxml.html.document_fromstring(html).find("head")

    @property
    def title(self) -> str:
        return str(self.head.findtext("title"))

    def meta(self, name: str) -> str | None:
        """Of a name or a property; None when it is not there, an error when it is there twice."""
        found = self.head.xpath(f"meta[@name='{name}' or @property='{name}']/@content")
        assert len(found) <= 1, (name, found)
        return found[0] if found else None

    def links(self, rel: str) -> list[dict[str, str]]:
        return [dict(link.attrib) for link in self.head.xpath(f"link[@rel='{rel}']")]

    @property
    def canonical(self) -> str:
        [link] = self.links("canonical")
        return link["href"]

    @property
    def graph(self) -> list[dict[str, Any]]:
        scripts = self.head.xpath("script[@type='application/ld+json']/text()")
        assert len(scripts) <= 1
        if not scripts:
            return []
        data = json.loads(scripts[0])
        assert data["@context"] == "https://schema.org"
        return list(data["@graph"])

    def node(self, kind: str) -> dict[str, Any]:
        [found] = [node for node in self.graph if kind in _types(node)]
        return found


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node["@type"]
    return [kinds] if isinstance(kinds, str) else kinds


def read(client: Client, address: str) -> Read:
    response = client.get(address)
    assert response.status_code == 200, address
    return Read(response.content.decode())
