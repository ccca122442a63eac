"""The JSON API: one address for the routers of all rooms, their OpenAPI page, refusals as JSON. Owns no tables."""
