"""The finance bureau's side: imports, overviews, documents of all units."""
