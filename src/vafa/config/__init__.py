"""The composition root: settings, addresses, processes. The only place that knows every room; no room imports it."""
