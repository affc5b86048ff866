"""Reading a warehouse: queries, rejected records, and everything about one document."""
