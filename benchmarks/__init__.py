"""What is quick, and by how much: ratios against a reference in the same run. No tests."""
