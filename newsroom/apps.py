from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = "Site"

    def ready(self) -> None:
        from newsroom import checks  # noqa: F401  (registers the system checks)
        from newsroom.auditing import sessions  # noqa: F401  (hears who comes and goes)
