"""Addresses of this stage."""

from django.urls import path, re_path

from towns import views

urlpatterns = [
    path("kommunen/", views.town_list, name="town-list"),
    re_path(r"^kommunen/(?P<ags>[0-9]{8})/$", views.town, name="town"),
    path("meine-stadt/", views.my_town, name="my-town"),
]
