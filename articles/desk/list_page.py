"""A page of the articles' list that costs the same with a hundred articles and with a hundred thousand."""

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest

# So many pages are looked ahead for: to count all would look at all.
AHEAD = 4
# Beyond this page nobody leafs; a number without end would be an error of the database.
LAST_PAGE = 100_000


class AtLeast(int):
    """A number of which no more is known than that it is not smaller."""

    def __str__(self) -> str:
        return f"{int(self):,}+"


class ListPage(ChangeList):
    def get_results(self, request: HttpRequest) -> None:
        """First only the numbers, of this page and some ahead, walking the order's index; then these few rows, with all
        that is shown of them. Two queries, and those of the prefetching.
        """
        if self.page_num > LAST_PAGE:
            raise IncorrectLookupParameters
        size = self.list_per_page
        start, ahead = (self.page_num - 1) * size, max(size * (AHEAD + 1), self.list_max_show_all)
        numbers = list(self.queryset.values_list("pk", flat=True)[start : start + ahead + 1])
        if start and not numbers:  # ?e=1 shows the list from its beginning
            raise IncorrectLookupParameters
        there = start + len(numbers)
        is_more = len(numbers) > ahead
        self.can_show_all = there <= self.list_max_show_all
        shown = numbers if self.show_all and self.can_show_all else numbers[:size]
        rows = self.root_queryset.in_bulk(shown)
        self.result_list: Any = [rows[number] for number in shown if number in rows]
        self.result_count = AtLeast(there - 1) if is_more else there
        self.paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)
        self.paginator.__dict__["count"] = there
        self.full_result_count = None
        self.show_full_result_count = False
        self.show_admin_actions = True
        self.multi_page = there > self.list_per_page
