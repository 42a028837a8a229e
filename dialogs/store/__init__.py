"""The store behind the conversation: everything that must survive the process, in SQLite or PostgreSQL.

One module per kind of thing kept; every function takes a connection inside a transaction of engine.py.
Only this package knows SQLAlchemy and Alembic.
"""
