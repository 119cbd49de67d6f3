"""All addresses: one line a module."""

from django.urls import URLPattern, URLResolver, include, path

from mudmai.site import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.healthz, name="healthz"),
    path("account/", include("allauth.urls")),
    path("join/", include("mudmai.access.urls")),
    path("import/", include("mudmai.intake.urls")),
    path("same/", include("mudmai.linkage.urls")),
    path("assemblies/", include("mudmai.assembly.urls")),
    path("needs/", include("mudmai.needs.urls")),
    path("rights/", include("mudmai.rights.urls")),
    path("api/v1/", include("mudmai.integrations.urls")),
    path("", include("mudmai.surveys.urls")),
    path("", include("mudmai.pages.urls")),
]
