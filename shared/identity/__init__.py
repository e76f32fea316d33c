"""Bearer token to Principal. Knows JWT and JWKS; knows nothing about HTTP routes."""
