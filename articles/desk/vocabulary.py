"""The vocabulary at the desk: who may make new tags."""

from newsroom.one_row import OneRowAdmin


class VocabularyAdmin(OneRowAdmin):
    fields = ["open_to"]
