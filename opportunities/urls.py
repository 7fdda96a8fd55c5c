from django.urls import path

from . import takeaway, views
from .saved.views import Saved, SavedCalendar

app_name = "opportunities"

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("opportunities/", views.OpportunityList.as_view(), name="list"),
    path("opportunities/filter/about-you/", views.AboutYouPage.as_view(), name="about-you"),
    path("opportunities/filter/deadlines/", views.DeadlineLine.as_view(), name="deadlines"),
    path("opportunities/filter/<slug:name>/", views.FacetPage.as_view(), name="facet"),
    path("opportunities/preview/<str:signed>/", views.OpportunityPreview.as_view(), name="preview"),
    path("opportunities/<slug:slug>/", views.OpportunityDetail.as_view(), name="detail"),
    path("how-we-know/", views.HowWeKnow.as_view(), name="how-we-know"),
    path("safe-applying/", views.SafeApplying.as_view(), name="safe-applying"),
    path("privacy/", views.Privacy.as_view(), name="privacy"),
    path("offline/", views.Offline.as_view(), name="offline"),
    path("saved/", Saved.as_view(), name="saved"),
    path("saved/calendar/<slug:number>.ics", SavedCalendar.as_view(), name="saved-calendar"),
    path("partnerships/<slug:slug>/", views.PartnershipDetail.as_view(), name="partnership"),
    path("articles/<slug:slug>/", views.ArticleDetail.as_view(), name="article"),
    path("countries/<slug:iso2>/", views.CountryDetail.as_view(), name="country"),
    path("sectors/<slug:slug>/", views.SectorDetail.as_view(), name="sector"),
    path("groupings/<slug:slug>/", views.GroupingDetail.as_view(), name="grouping"),
    # What readers take with them: no address word has a dot, so these can be nothing else.
    path("opportunities/feed.atom", takeaway.ListingFeed.as_view(), name="feed"),
    path("opportunities/calendar.ics", takeaway.ListingCalendar.as_view(), name="calendar"),
    path(
        "opportunities/<slug:slug>/calendar.ics",
        takeaway.OpportunityCalendar.as_view(),
        name="opportunity-calendar",
    ),
    path(
        "opportunities/<slug:slug>/card.txt",
        takeaway.OpportunityTextCard.as_view(),
        name="opportunity-card",
    ),
    path(
        "partnerships/<slug:slug>/feed.atom",
        takeaway.PartnershipFeed.as_view(),
        name="partnership-feed",
    ),
    path("articles/<slug:slug>/feed.atom", takeaway.ArticleFeed.as_view(), name="article-feed"),
    path("countries/<slug:iso2>/feed.atom", takeaway.CountryFeed.as_view(), name="country-feed"),
    path("sectors/<slug:slug>/feed.atom", takeaway.SectorFeed.as_view(), name="sector-feed"),
    path("groupings/<slug:slug>/feed.atom", takeaway.GroupingFeed.as_view(), name="grouping-feed"),
    path("corrections/feed.atom", takeaway.CorrectionsFeed.as_view(), name="corrections"),
]
