"""What can be wrong with the store, each with the sentence a person reads.

A database that is locked, full or out of reach stays SQLAlchemy's OperationalError: trying again is the
remedy there, and the caller decides when.
"""

from sqlalchemy.exc import DBAPIError

from scoring.errors import ZipingError


class StoreError(ZipingError):
    """Base of the errors of the store."""


class SchemaMissing(StoreError):
    """The database has not been set up, or not brought to this version yet."""


class SchemaTooNew(StoreError):
    """The database was written by a later version of the program."""


class BackupFailed(StoreError):
    """No backup was made, and no half of one is left."""


class CopyFailed(StoreError):
    """Nothing was copied, and nothing of it is left in the target."""


class Conflict(StoreError):
    """Somebody else changed the answer in the meantime; nothing of this transaction may stay."""

    def __init__(self, item: str) -> None:
        super().__init__("这一题刚刚有别人改过，请看一下现在的答案再改。")
        self.item = item


class Locked(Conflict):
    """The filing was handed in or approved in the meantime: no answer of it changes."""

    def __init__(self, item: str) -> None:
        super().__init__(item)
        self.args = ("这份填报已经提交或审核通过，答案不能改。",)


class NoSuchDocument(StoreError):
    """The document was never recorded."""


class NoSuchEdition(StoreError):
    """The edition of a form was never frozen."""


COLLISIONS = ("40001", "40P01", "55P03")  # PostgreSQL: serialization failure, deadlock, a lock that was not to be had


def is_collision(error: DBAPIError) -> bool:
    """Whether two transactions were in each other's way: the store is well, and trying again helps at once."""
    return getattr(error.orig, "sqlstate", None) in COLLISIONS
