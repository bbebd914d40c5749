"""Addresses of this stage."""

from django.urls import URLPattern, path

from calls import views
from calls.models import Call
from core.views import step_paths

urlpatterns: list[URLPattern] = [
    # Public pages
    path("aufrufe/", views.call_list, name="call-list"),
    # Those who run a programme
    path("programm/", views.programme, name="programme"),
    path("aufrufe/anlegen/", views.call_create, name="call-create"),
    path("aufrufe/<str:number>/", views.call_page, name="call"),
    path("aufrufe/<str:number>/einrichten/", views.call_setup, name="call-setup"),
    *step_paths(Call, "aufrufe/<str:number>/einrichten/", "call"),
    path("aufrufe/<str:number>/einrichten/<slug:section>/", views.call_section, name="call-section"),
]
