from django.urls import path

from . import views

app_name = "api"

urlpatterns = [
    path("opportunities/", views.OpportunityList.as_view(), name="opportunities"),
    path("opportunities.csv", views.OpportunityTable.as_view(), name="table"),
    path("opportunities/<slug:slug>/", views.OpportunityDetail.as_view(), name="opportunity"),
]
