from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"

    def ready(self) -> None:
        from articles import addresses, signals, uses  # noqa: F401
        from articles.desk import dashboard
        from articles.models import Revision
        from newsroom import home
        from newsroom.auditing import words

        addresses.register_all()
        home.register(dashboard.parts)
        uses.register_all()
        words.register(dict(Revision.Event.choices))
