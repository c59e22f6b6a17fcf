"""What one step of each lever and world assumption does, measured on common draws; held against the record."""
