"""The form pages of this room."""

from __future__ import annotations

from functools import partial

from vafa.kit import form_page as kit

form_page = partial(kit.form_page, template="agreements/form.html")
