from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"

    def ready(self) -> None:
        from articles import addresses, shadowed, signals, uses  # noqa: F401
        from articles.announcing import pulse
        from articles.desk import announcing, dashboard, inbox
        from articles.models import Revision
        from articles.models.section_limits import limits_of
        from articles.pages import missing
        from newsroom import home
        from newsroom.addresses import register_beside_missing
        from newsroom.auditing import page, words

        addresses.register_all()
        register_beside_missing(missing.beside)
        home.register(dashboard.parts)
        home.register_beside(inbox.unread)
        home.register(announcing.parts)
        pulse.register_check()
        shadowed.register_check()
        uses.register_all()
        words.register({**dict(Revision.Event.choices), "note_deleted": "Note deleted"})
        page.register_limit(lambda user: bool(limits_of(user)))
