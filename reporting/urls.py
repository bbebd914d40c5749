"""Addresses of this stage."""

from django.urls import path

from reporting import views

urlpatterns = [
    path("", views.home, name="home"),
    path("aufgaben/", views.tasks, name="tasks"),
    path("suche/", views.find, name="search"),
    path("berichte/", views.report_list, name="report-list"),
    path("berichte/neu/<str:number>/", views.report_new, name="report-new"),
    path("modellvorhaben/", views.gallery, name="gallery"),
]
