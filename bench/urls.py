"""The product's addresses and one empty page to compare with."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from config.urls import urlpatterns as product


def empty(request: HttpRequest) -> HttpResponse:
    """Draw the frame and nothing else."""
    return render(request, "base.html")


urlpatterns = [*product, path("leer/", empty, name="empty")]
