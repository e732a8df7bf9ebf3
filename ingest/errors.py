"""The one error tree.

    WegwijsError                     everything a user can meet and mend
    ├── UsageError                   the command itself is wrong (exit code 2)
    ├── SettingError                 a setting has a value that cannot be used
    ├── FileError                    one file cannot be taken in; the others go on
    ├── SourceError                  the list of sources is wrong, or one source cannot be fetched
    ├── EmptyCorpusError             there is nothing to ingest
    ├── MassRemovalError             an ingest would remove most of the index
    ├── RegressionError              answers that are right now would become wrong
    ├── LockedError                  another process is writing the index
    ├── StorageError                 the disk is full, or may not be written to
    ├── IndexMissingError            no index has been made yet
    ├── IndexBrokenError             an index is there and cannot be used
    ├── DocumentMissingError         a document is not in the index
    ├── ModelError                   an embedding model cannot be loaded or does not fit the index
    ├── UsersError                   a user cannot be made, changed or read
    └── PortError                    the app cannot listen where it was told to

In:  what happened, what to do and, where there is one, the file: Dutch sentences.
Out: one Dutch paragraph (`str(error)`) and an exit code.

Knows nothing of where an error is shown.
"""

from __future__ import annotations


class WegwijsError(Exception):
    """What happened, to which file, and what to do, in Dutch at B1 level."""

    exit_code = 1

    def __init__(self, what: str, advice: str, *, file: str | None = None) -> None:
        """Say what happened, what to do, and to which file."""
        super().__init__(what, advice)
        self.what = what
        self.advice = advice
        self.file = file

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes whole: parsing runs in one of its own."""
        return (_rebuild, (type(self), self.what, self.advice, self.file))

    def __str__(self) -> str:
        where = f"{self.file}: " if self.file else ""
        return f"{where}{self.what} {self.advice}"


def _rebuild(kind: type[WegwijsError], what: str, advice: str, file: str | None) -> WegwijsError:
    return kind(what, advice, file=file)


class UsageError(WegwijsError):
    """The command was given in a way that it does not know."""

    exit_code = 2


class SettingError(WegwijsError):
    """A setting has a value that cannot be used."""

    exit_code = 2


class FileError(WegwijsError):
    """One file cannot be taken in; the rest of the batch goes on."""


class SourceError(WegwijsError):
    """The list of sources cannot be used, or one source of it cannot be fetched."""


class EmptyCorpusError(WegwijsError):
    """There is nothing to ingest."""


class MassRemovalError(WegwijsError):
    """The ingest would remove more than half of the index."""


class RegressionError(WegwijsError):
    """The new index would answer questions wrongly that are answered rightly now."""


class LockedError(WegwijsError):
    """Another process is writing the index."""


class StorageError(WegwijsError):
    """What is made cannot be stored: the disk is full, or may not be written to."""


class IndexMissingError(WegwijsError):
    """No index has been made yet."""


class IndexBrokenError(WegwijsError):
    """An index is there, but cannot be opened or does not verify."""


class DocumentMissingError(WegwijsError):
    """A document that was asked for is not in the index."""


class ModelError(WegwijsError):
    """An embedding model cannot be loaded, or is not the one the index was made with."""


class UsersError(WegwijsError):
    """A user cannot be made or changed, or the file of users cannot be read."""


class PortError(WegwijsError):
    """The app cannot listen on the address it was given."""
