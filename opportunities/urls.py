from django.urls import path

from . import views
from .saved.views import Saved

app_name = "opportunities"

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("opportunities/", views.OpportunityList.as_view(), name="list"),
    path("opportunities/filter/<slug:name>/", views.FacetPage.as_view(), name="facet"),
    path("opportunities/preview/<str:signed>/", views.OpportunityPreview.as_view(), name="preview"),
    path("opportunities/<slug:slug>/", views.OpportunityDetail.as_view(), name="detail"),
    path("how-we-know/", views.HowWeKnow.as_view(), name="how-we-know"),
    path("safe-applying/", views.SafeApplying.as_view(), name="safe-applying"),
    path("privacy/", views.Privacy.as_view(), name="privacy"),
    path("saved/", Saved.as_view(), name="saved"),
    path("partnerships/<slug:slug>/", views.PartnershipDetail.as_view(), name="partnership"),
    path("articles/<slug:slug>/", views.ArticleDetail.as_view(), name="article"),
    path("countries/<slug:iso2>/", views.CountryDetail.as_view(), name="country"),
    path("sectors/<slug:slug>/", views.SectorDetail.as_view(), name="sector"),
    path("groupings/<slug:slug>/", views.GroupingDetail.as_view(), name="grouping"),
]
