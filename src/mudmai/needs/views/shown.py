"""What several pages of needs show alike."""

from django.http import HttpRequest


def asked(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "")[:400]
