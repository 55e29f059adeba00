"""The kernel: errors, pages, throttles, logs. No models, and nothing of the domain."""
