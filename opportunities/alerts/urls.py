from django.urls import path

from . import views

app_name = "alerts"

urlpatterns = [
    path("new/", views.ListingAlert.as_view(), name="new"),
    path("sent/", views.Sent.as_view(), name="sent"),
    path("opportunities/<slug:slug>/", views.Follow.as_view(), name="follow"),
    path("confirm/<str:secret>/", views.Confirm.as_view(), name="confirm"),
    path("manage/<str:secret>/", views.Manage.as_view(), name="manage"),
    path("stop/<str:secret>/", views.Stop.as_view(), name="stop"),
    path("keep/<str:secret>/", views.Keep.as_view(), name="keep"),
]
