"""Where the database of a service is: a file, or on a server where it is made at the first start as SQLite makes its file."""

from services.kit.settings import Settings


def found(settings: Settings, service: str) -> str:
    """The URL of a service's database, which is made where the server has none by its name: a copy of `[database] template`
    where one is said. Raises BadSettings when the user may not.
    """
    url = settings.database(service)
    if url.startswith("postgresql"):
        # a node on SQLite starts without the driver, whose loading is a tenth of its start
        from services.kit.making import ensure

        ensure(url, settings.template(service))
    return url
