"""Original documents fetched from the web into a folder that ingest can read."""
