"""The domain: what an IELTS Speaking question is. No HTTP, no Azure, no I/O but its own data."""
