"""Technical parts without tables and without domain words: clock, formats, html components, http, signing."""
