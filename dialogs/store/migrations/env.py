"""Alembic's entry: runs the migrations on the connection, and in the transaction, that schema.py hands over."""

from alembic import context

from dialogs.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
