"""Addresses of core."""

from django.urls import path

from core import views

urlpatterns = [
    path("unterlagen/<int:pk>/<str:name>", views.document, name="document"),
    path("laeufe/<int:pk>/", views.job, name="job"),
    path("impressum/", views.imprint, name="imprint"),
    path("datenschutz/", views.privacy, name="privacy"),
    path("barrierefreiheit/", views.accessibility, name="accessibility"),
    path("kontakt/", views.contact, name="contact"),
    path("bausteine/", views.components, name="components"),
    path("sprache/", views.language, name="language"),
]
