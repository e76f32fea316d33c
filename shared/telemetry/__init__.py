"""What leaves the service for its operators: logging, set up once, the same line every request."""
