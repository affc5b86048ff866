"""What only reads a warehouse: queries, rejected records, one document explained."""
