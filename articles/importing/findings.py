"""What a dry run tells: what is in a record, without storing any of it."""

from collections.abc import Iterator, Sequence

from articles.importing.records import ArticleRecord
from articles.importing.report import Outcome, Result
