from .changes import Change
from .citations import Citation, CitationQuerySet
from .following import FollowedAddress, FollowedEntry, QueuedArticle
from .ingestion import ArticleAddress, ArticleMark
from .partnerships import (
    Partnership,
    PartnershipChange,
    PartnershipCitation,
    PartnershipFormerSlug,
    PartnershipParty,
)
from .places import Country, Grouping, Membership, Region
from .publishing import EditorialStatus, FormerSlug, Publishable, PublishableQuerySet
from .sectors import Sector
from .sources import (
    Article,
    ArticleFormerSlug,
    Organisation,
    OrganisationDomain,
    Outlet,
    Reference,
)
from .versions import REFERENCE, Version

__all__ = [
    "Article",
    "ArticleAddress",
    "ArticleFormerSlug",
    "ArticleMark",
    "Change",
    "Citation",
    "CitationQuerySet",
    "Country",
    "EditorialStatus",
    "FollowedAddress",
    "FollowedEntry",
    "FormerSlug",
    "Grouping",
    "Membership",
    "Organisation",
    "OrganisationDomain",
    "Outlet",
    "Partnership",
    "PartnershipChange",
    "PartnershipCitation",
    "PartnershipFormerSlug",
    "PartnershipParty",
    "Publishable",
    "PublishableQuerySet",
    "QueuedArticle",
    "REFERENCE",
    "Reference",
    "Region",
    "Sector",
    "Version",
]
