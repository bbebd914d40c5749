"""All addresses, one line for each stage of the road."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("core.urls")),
    path("", include("towns.urls")),
    path("", include("calls.urls")),
    path("", include("alliances.urls")),
    path("", include("review.urls")),
    path("", include("projects.urls")),
    path("", include("reporting.urls")),
    path("", include("core.account_urls")),
    path("technik/", admin.site.urls),
]
