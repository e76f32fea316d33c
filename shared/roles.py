"""The roles that a token may carry."""

from enum import StrEnum


class Role(StrEnum):
    """Who somebody is to the service; the values stand in the token's roles claim."""

    CANDIDATE = "candidate"
    EXAMINER = "examiner"
    ADMIN = "admin"


EVERYBODY = tuple(Role)
