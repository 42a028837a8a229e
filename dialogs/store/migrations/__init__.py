"""The schema's steps from nothing to today, run by schema.py; a step that was released is never changed."""
