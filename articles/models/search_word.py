from django.db import models

LONGEST_SEARCH_WORD = 40


class SearchWord(models.Model):
    """A word that an article in the search index had, in the articles of one language.

    Through it a search finds the other forms of a word, by ``stem``, and the right spelling of one
    misspelt, by ``skeleton`` (see ``articles.text.stemming`` and ``spellings``). What stands in
    texts as *al-Qaeda* is kept as ``al qaeda``, with the keys of the word written in one. Derived,
    like the index, but nothing is taken out: the article that had a word may be gone, or readers
    may never have seen it. So nothing is shown from here that the index does not find.
    """

    word = models.CharField(max_length=LONGEST_SEARCH_WORD)
    language = models.CharField(max_length=8, help_text="A primary language tag, such as en.")
    stem = models.CharField(max_length=LONGEST_SEARCH_WORD)
    skeleton = models.CharField(max_length=LONGEST_SEARCH_WORD)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["stem", "language", "word"], name="search_word_by_stem"),
            models.Index(fields=["skeleton", "word"], name="search_word_by_skeleton"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["word", "language"], name="search_word_once")
        ]

    def __str__(self) -> str:
        return self.word
