"""Which front a page of the desk is about, and what every such page gets."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.urls import reverse

from articles.models import Front, Section
from articles.models.fronts.laying_out import may_lay_out, may_publish
from articles.models.permits import sees_all
from newsroom.desk import DeskAdmin


class FrontDesk(DeskAdmin):
    """Addresses name a front by its section's number, 0 for the home page: it need not have been laid out yet."""

    def section_or_404(self, request: HttpRequest, number: int) -> Section | None:
        """Raises PermissionDenied for who may not look at fronts at all."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if number == 0:
            return None
        section = Section.objects.filter(pk=number).first() if number < 2**63 else None
        if section is None:
            raise Http404("There is no such section.")
        return section

    def section_to_lay_out(self, request: HttpRequest, number: int) -> Section | None:
        """Raises PermissionDenied for who may not."""
        section = self.section_or_404(request, number)
        if not may_lay_out(request.user, section):
            raise PermissionDenied
        return section

    def section_to_publish(self, request: HttpRequest, number: int) -> Section | None:
        """Raises PermissionDenied for who may not."""
        section = self.section_or_404(request, number)
        if not may_publish(request.user, section):
            raise PermissionDenied
        return section

    def front_of(self, section: Section | None) -> Front | None:
        """None where nobody has laid it out: looking makes no row."""
        return Front.objects.filter(section=section).first()

    def front_context(self, request: HttpRequest, section: Section | None, title: str, **more: Any) -> dict[str, Any]:
        number = section.pk if section else 0
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "number": number,
            "name": section.name if section else "Home",
            "public_url": section.get_absolute_url() if section else reverse("home"),
            "may_lay_out": may_lay_out(request.user, section),
            "may_publish": may_publish(request.user, section),
            "sees_all": sees_all(request.user),
            **more,
        }


def board_address(section: Section | None) -> str:
    return reverse("admin:articles_front_lay_out", args=[section.pk if section else 0])


def posted_number(text: str) -> int:
    """Which state somebody began from. Raises ValidationError."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ValidationError("This page is not whole. Load it again.")
    return int(text)
