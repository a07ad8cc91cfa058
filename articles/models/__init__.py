"""The archive's models, a file per entity; everything outside imports them from here.

Inside the package imports run one way: names and dates, then section, image, place,
organisation, person, tag, author, then article, then what belongs to an article.
"""

from articles.models.address import Address
from articles.models.article import Article, ArticleQuerySet, CommentPolicy, Status
from articles.models.audit_entry import AppendOnlyError, AuditEntry
from articles.models.author import Author
from articles.models.byline import Byline
from articles.models.comment import Comment, CommentQuerySet, CommentState
from articles.models.correction import Correction, CorrectionKind, Placement
from articles.models.dates import DatePrecision
from articles.models.desk_note import DeskNote
from articles.models.editing_session import EditingSession
from articles.models.entity import Entity, EntityName
from articles.models.illustration import Illustration
from articles.models.image import Image
from articles.models.listing import ListingCount, ListingEntry, ListingKind
from articles.models.mention import EntityKind, Mention, MentionQuerySet, MentionRole, MentionState
from articles.models.organisation import Organisation, OrganisationName
from articles.models.person import Person, PersonName, Position
from articles.models.place import Containment, Place, PlaceKind, PlaceName, PlaceQuerySet
from articles.models.preview_link import PreviewLink
from articles.models.revision import Revision
from articles.models.section import Section
from articles.models.source_document import SourceDocument
from articles.models.tag import Tag
from articles.models.tagging import Tagging, TagSuggestion
from articles.models.wire_details import WireDetails

__all__ = [
    "Address",
    "AppendOnlyError",
    "Article",
    "ArticleQuerySet",
    "AuditEntry",
    "Author",
    "Byline",
    "Comment",
    "CommentPolicy",
    "CommentQuerySet",
    "CommentState",
    "Containment",
    "Correction",
    "CorrectionKind",
    "DatePrecision",
    "DeskNote",
    "EditingSession",
    "Entity",
    "EntityKind",
    "EntityName",
    "Illustration",
    "Image",
    "ListingCount",
    "ListingEntry",
    "ListingKind",
    "Mention",
    "MentionQuerySet",
    "MentionRole",
    "MentionState",
    "Organisation",
    "OrganisationName",
    "Person",
    "PersonName",
    "Place",
    "PlaceKind",
    "PlaceName",
    "PlaceQuerySet",
    "Placement",
    "Position",
    "PreviewLink",
    "Revision",
    "Section",
    "SourceDocument",
    "Status",
    "Tag",
    "TagSuggestion",
    "Tagging",
    "WireDetails",
]
