"""What makes a reader of many filings look twice."""
