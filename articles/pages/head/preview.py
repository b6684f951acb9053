"""The head of a preview: nothing that tells of an address, nothing for search engines."""

from articles.models.published import PublishedArticle

from ..share import share_picture
from .head import Head


def head_of_preview(article: PublishedArticle) -> Head:
    return Head(
        title=article.seo_title or article.headline,
        description=article.seo_description or article.standfirst,
        kind="article",
        language=article.language,
        picture=share_picture(article.lead_image, article.lead_alt),
        is_indexed=False,
    )
