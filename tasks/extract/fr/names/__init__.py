"""Rules for the names of people, places and organisations in French text."""
