"""The store behind the conversation: SQLAlchemy Core on SQLite or PostgreSQL. Only this package knows SQL.

Every function takes a connection inside a transaction that the caller began (engine.writing, engine.reading).
"""
