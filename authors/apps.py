from django.apps import AppConfig


class AuthorsConfig(AppConfig):
    name = "authors"

    def ready(self) -> None:
        from authors.models import Author
        from newsroom.addresses import register

        def find(number: int) -> str | None:
            author = Author.objects.filter(pk=number).first()
            return author.get_absolute_url() if author else None

        register("author", find)
