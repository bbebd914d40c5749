"""The register for technicians, read-only: it changes by import alone, people by the product's pages."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from towns.models import Figure, MunicipalAssociation, Town, TownMember


@admin.register(Town)
class TownAdmin(ReadOnlyAdmin):
    """Municipalities."""

    list_display = ["name", "ags", "land", "district", "area_date", "retired_on", "fictional"]
    list_filter = ["land", "kind_code", "fictional"]
    search_fields = ["official_name", "search_name", "ags"]


@admin.register(MunicipalAssociation)
class MunicipalAssociationAdmin(ReadOnlyAdmin):
    """Associations."""

    list_display = [
        "name",
        "key",
        "kind",
        "population",
        "largest_member",
        "member_count",
        "town_type",
        "retired_on",
    ]
    list_filter = ["kind", "town_type"]
    search_fields = ["name", "key"]


@admin.register(Figure)
class FigureAdmin(ReadOnlyAdmin):
    """Dated figures."""

    list_display = ["town", "name", "value", "date", "source"]
    list_filter = ["name", "date"]
    list_select_related = ["town"]
    search_fields = ["town__name", "town__ags"]


@admin.register(TownMember)
class TownMemberAdmin(ReadOnlyAdmin):
    """People of towns."""

    list_display = ["town", "user", "role", "since", "until"]
    list_select_related = ["town", "user"]
    search_fields = ["town__name", "user__name"]
