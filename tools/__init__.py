"""What makes shipped weights, generated pages and frozen outcomes."""
