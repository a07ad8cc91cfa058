"""The archive's models, a file per entity; everything outside imports them from here.

Inside the package imports run one way: names and dates, then section, image, place,
organisation, person, tag, author, then article, then what belongs to an article.
"""

from articles.models.address import Address
from articles.models.api_key import ApiKey, ApiKeyQuerySet, IdempotentRequest, Scope
from articles.models.article import Article, ArticleQuerySet, Status
from articles.models.article_facets import ArticleFacets
from articles.models.audit_entry import AppendOnlyError, AuditEntry
from articles.models.author import Author
from articles.models.byline import Byline
from articles.models.change import TOMBSTONES, Change, ChangeKind, ChangeQuerySet
from articles.models.comment import Badge, Comment, CommentQuerySet, CommentState
from articles.models.comment_count import CommentCount
from articles.models.comment_policy import CommentPolicy
from articles.models.comment_report import CommentReport, ReportReason
from articles.models.comment_rules import CommentOrder, CommentRules, WordList, WordListKind
from articles.models.correction import Correction, CorrectionKind, Placement
from articles.models.dates import DatePrecision
from articles.models.desk_note import DeskNote
from articles.models.duplicate import Duplicate
from articles.models.editing_session import EditingSession
from articles.models.entity import Entity, EntityName
from articles.models.error_report import ErrorReport, ErrorReportState
from articles.models.former_slug import FormerSlug
from articles.models.illustration import Illustration
from articles.models.image import Image
from articles.models.linking_run import LinkingRun, StaleArticle
from articles.models.listing import ListingCount, ListingEntry, ListingKind, ListingTotal
from articles.models.mention import EntityKind, Mention, MentionQuerySet, MentionRole, MentionState
from articles.models.merge import Merge, MergeMove
from articles.models.moderator_mail import MailRhythm, ModeratorMail
from articles.models.organisation import Organisation, OrganisationName
from articles.models.outgoing_mail import OutgoingMail
from articles.models.person import Person, PersonName, Position
from articles.models.place import Containment, Place, PlaceKind, PlaceName, PlaceQuerySet
from articles.models.preview_link import PreviewLink
from articles.models.purge import EVERY, Purge, Subject
from articles.models.reader_address import ReaderAddress
from articles.models.revision import Revision
from articles.models.search_name import SearchName
from articles.models.search_word import LONGEST_SEARCH_WORD, SearchWord
from articles.models.section import Section
from articles.models.source_document import SourceDocument
from articles.models.spam_token import SpamToken
from articles.models.standing import Standing, StandingKind, StandingQuerySet
from articles.models.tag import Tag
from articles.models.tagging import Tagging, TagSuggestion
from articles.models.vocabulary import VocabularyKind, VocabularyQuerySet
from articles.models.webhook import Webhook, WebhookDelivery
from articles.models.wire_details import WireDetails

__all__ = [
    "EVERY",
    "LONGEST_SEARCH_WORD",
    "TOMBSTONES",
    "Address",
    "ApiKey",
    "ApiKeyQuerySet",
    "AppendOnlyError",
    "Article",
    "ArticleFacets",
    "ArticleQuerySet",
    "AuditEntry",
    "Author",
    "Badge",
    "Byline",
    "Change",
    "ChangeKind",
    "ChangeQuerySet",
    "Comment",
    "CommentCount",
    "CommentOrder",
    "CommentPolicy",
    "CommentQuerySet",
    "CommentReport",
    "CommentRules",
    "CommentState",
    "Containment",
    "Correction",
    "CorrectionKind",
    "DatePrecision",
    "DeskNote",
    "Duplicate",
    "EditingSession",
    "Entity",
    "EntityKind",
    "EntityName",
    "ErrorReport",
    "ErrorReportState",
    "FormerSlug",
    "IdempotentRequest",
    "Illustration",
    "Image",
    "LinkingRun",
    "ListingCount",
    "ListingEntry",
    "ListingKind",
    "ListingTotal",
    "MailRhythm",
    "Mention",
    "MentionQuerySet",
    "MentionRole",
    "MentionState",
    "Merge",
    "MergeMove",
    "ModeratorMail",
    "Organisation",
    "OrganisationName",
    "OutgoingMail",
    "Person",
    "PersonName",
    "Place",
    "PlaceKind",
    "PlaceName",
    "PlaceQuerySet",
    "Placement",
    "Position",
    "PreviewLink",
    "Purge",
    "ReaderAddress",
    "ReportReason",
    "Revision",
    "Scope",
    "SearchName",
    "SearchWord",
    "Section",
    "SourceDocument",
    "SpamToken",
    "StaleArticle",
    "Standing",
    "StandingKind",
    "StandingQuerySet",
    "Status",
    "Subject",
    "Tag",
    "TagSuggestion",
    "Tagging",
    "VocabularyKind",
    "VocabularyQuerySet",
    "Webhook",
    "WebhookDelivery",
    "WireDetails",
    "WordList",
    "WordListKind",
]
