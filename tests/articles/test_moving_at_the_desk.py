"""The moves' buttons at the form, where something stands against them."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import Article
from authors.models import Author
from tests.articles.test_notes_and_inbox import form_of, logged_in
from tests.articles.test_stale_saves import opened

pytestmark = pytest.mark.django_db


def test_sent_back_without_a_word_the_place_for_words_is_open(make_article: Any, people: dict[str, User]) -> None:
    article: Article = make_article("A draft", created_by=people["writer"])
    article.submit(by=people["writer"])
    editor = logged_in(people["editor"])
    assert '<details class="moving-note">' in editor.get(form_of(article)).content.decode()
    page = editor.post(form_of(article), opened(editor, form_of(article), _send_back="1")).content.decode()
    assert "Not sent back: say what should be changed" in page
    assert '<details class="moving-note" open>' in page


def test_who_by_saving_loses_the_article_loses_no_words(make_article: Any, people: dict[str, User]) -> None:
    article: Article = make_article("A draft")
    author = Author.objects.create(name="Kit", user=people["contributor"])
    article.bylines.update(author=author)
    client = logged_in(people["contributor"])
    data = opened(client, form_of(article), headline="Other words", _submit="1")
    data |= {"bylines-0-author": str(article.bylines.get().author_id), "bylines-0-DELETE": "on"}
    answer = client.post(form_of(article), data, follow=True)
    article.refresh_from_db()
    assert (article.headline, article.stage) == ("Other words", "draft")
    assert "Saved, but not done" in answer.content.decode()
