"""Whether bytes are a picture, told by how they begin: a name or a header may say anything."""

_BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"mif1", b"heif"})


def picture_kind(data: bytes) -> str | None:
    """The media type of a JPEG, PNG, GIF, WebP or HEIF picture; None for anything else.

    >>> picture_kind(b"\\xff\\xd8\\xff\\xe0..JFIF"), picture_kind(b"<svg onload=...>")
    ('image/jpeg', None)
    """
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return "image/heic"
    return None
