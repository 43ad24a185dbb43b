"""Tables on their way out: CSV, xlsx and Parquet."""
