"""The rows of parameters that offices added, and what all rules together look like right now."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.db.models import Q, QuerySet

from mudmai.rights import rules
from mudmai.rights.models import ParameterRow
from mudmai.rights.rules.rows import Row, Value

RULES = Path(rules.__file__).parent


def parameter_rows() -> tuple[Row, ...]:
    """All rows that stand, of all areas; `rules.rows.rows_for` keeps those that hold in one."""
    return tuple(as_row(kept) for kept in standing_rows())


def standing_rows() -> QuerySet[ParameterRow]:
    """Rows that were not taken back."""
    return ParameterRow.objects.filter(taken_back_at__isnull=True).order_by("pk")


def rows_of(parameters: tuple[str, ...], area: str = "") -> QuerySet[ParameterRow]:
    """Everything that was ever added to these parameters and holds in an area, taken back or not, newest first."""
    around = Q(area_code__in=[area[:length] for length in range(0, len(area) + 1, 2)])
    return (
        ParameterRow.objects.filter(around, parameter__in=parameters)
        .select_related("by", "taken_back_by")
        .order_by("-pk")
    )


def kept_row(row_id: int) -> ParameterRow | None:
    """A row that was added, taken back or not."""
    return ParameterRow.objects.filter(pk=row_id).select_related("by", "taken_back_by").first()


def as_row(kept: ParameterRow) -> Row:
    """A kept row as the rules read it."""
    return Row(
        kept.parameter, kept.valid_from, kept.valid_to, as_value(kept.value), kept.mode, kept.legal_basis, kept.source,
        kept.confidence, area_code=kept.area_code, office=True, id=kept.pk or 0,
    )  # fmt: skip


def as_value(kept: object) -> Value:
    """A value out of JSON: lists of steps become what never changes."""
    if isinstance(kept, list):
        return tuple((float(start), float(amount)) for start, amount in kept)
    return kept if isinstance(kept, bool) else float(str(kept))


def rules_fingerprint() -> str:
    """Another text as soon as any rule is another: one that is shipped, or a row that an office added or took back."""
    kept = standing_rows().values_list("parameter", "area_code", "valid_from", "valid_to", "mode", "value")
    seen = "".join(repr(row) for row in kept)
    return blake2b((_shipped() + seen).encode(), digest_size=16).hexdigest()


@cache
def _shipped() -> str:
    digest = blake2b(digest_size=16)
    for path in sorted(RULES.rglob("*")):
        if path.suffix in {".py", ".yaml"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()
