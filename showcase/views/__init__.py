"""HTTP doors of the showcase, one module for each surface."""
