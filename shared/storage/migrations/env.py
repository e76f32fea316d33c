"""Run by Alembic: the revisions, on the connection and in the transaction of `migrating`."""

from alembic import context

from shared.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # on SQLite, too: the transaction is begun before Alembic starts
)
context.run_migrations()
