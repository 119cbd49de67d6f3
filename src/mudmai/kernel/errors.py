"""The tree of errors a user can meet. Modules derive their own, each with its code."""


class DomainError(Exception):
    """A request that cannot be done, with a sentence for the person who asked."""

    code = "domain_error"
    status = 400

    def __init__(self, message: object = "") -> None:
        super().__init__(message)
        # May be a lazy translation: it stays as it came and is turned to text at the edge.
        self.message = message

    def __str__(self) -> str:
        return str(self.message or self.code)


class BadInput(DomainError):
    """What was typed or sent cannot be used."""

    code = "bad_input"


class NotAllowed(DomainError):
    """The person is known, and may not do this."""

    code = "not_allowed"
    status = 403


class NotFound(DomainError):
    """It does not exist, or lies outside the areas of the person who asks: the two look the same on purpose."""

    code = "not_found"
    status = 404


class Conflict(DomainError):
    """Somebody else changed it first, or it clashes with what is already kept."""

    code = "conflict"
    status = 409


class TooOften(DomainError):
    """Asked more often than anybody at work would; later it may be asked again."""

    code = "too_often"
    status = 429
