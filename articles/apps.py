from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"

    def ready(self) -> None:
        from articles import addresses, signals, uses  # noqa: F401

        addresses.register_all()
        uses.register_all()
