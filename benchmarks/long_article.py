"""Run on the measured site: a login for the desk, and an article of 12,000 words with pictures; prints its number."""

import io
import sys

import django

WORDS = 12_000


def main() -> None:
    django.setup()
    from django.contrib.auth.models import User
    from django.core.files.base import ContentFile
    from PIL import Image as Pillow

    from articles.models import Article, Section
    from images.models import Image

    name, password, path = sys.argv[1:4]
    user, _ = User.objects.get_or_create(username=name, defaults={"is_staff": True, "is_superuser": True})
    user.set_password(password)
    user.save()
    out = io.BytesIO()
    Pillow.new("RGB", (60, 40), "teal").save(out, "JPEG")
    image = Image.objects.create(file=ContentFile(out.getvalue(), name="a.jpg"), title="Teal", alt="A teal wall")
    paragraph = f"<p>{'Words that go on and on. ' * 10}<strong>Bold</strong> and <em>not</em>.</p>"
    figure = f'<figure data-image="{image.pk}"></figure>'
    count = WORDS // 63
    body = "".join(paragraph + (figure if number % 20 == 0 else "") for number in range(count))
    article = Article.objects.create(
        headline="Measured", slug=f"measured-{image.pk}", section=Section.objects.first(), body=body
    )
    with open(path, "w") as file:
        file.write(str(article.pk))


if __name__ == "__main__":
    main()
