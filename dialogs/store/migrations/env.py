"""How Alembic runs here: on the connection it is given, in that connection's transaction."""

from alembic import context

from dialogs.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
