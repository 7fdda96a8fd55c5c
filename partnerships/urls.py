from django.urls import path

from . import views

app_name = "partnerships"

urlpatterns = [
    path("partnerships/", views.PartnershipList.as_view(), name="list"),
    path("articles/", views.ArticleList.as_view(), name="articles"),
]
