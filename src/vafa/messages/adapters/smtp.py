"""Mail by SMTP through Django."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from email.utils import formataddr

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

from vafa.messages.adapters.outcome import TIMEOUT, Outcome, Outgoing
from vafa.messages.catalogue import GatewayKind
from vafa.messages.models import Result

GREYLISTED = range(400, 500)


def deliver(kind: GatewayKind, settings: Mapping[str, str], outgoing: Outgoing) -> Outcome:
    """One mail over one connection.

    Until the connection stands and we are signed in nothing can have been sent. After that a reply of the server is
    its word; silence leaves a doubt, because the mail may have been taken before the line broke.
    """
    backend = _backend(settings)
    try:
        backend.open()
    except smtplib.SMTPAuthenticationError as refused:
        return Outcome(Result.CREDENTIAL, _words(refused))
    except (OSError, smtplib.SMTPException) as fault:
        return Outcome(Result.TEMPORARY, _words(fault))
    try:
        backend.send_messages([_mail(settings, outgoing)])
    except smtplib.SMTPRecipientsRefused as refused:
        code, words = next(iter(refused.recipients.values()))
        return _refused(code, words, nobody_there=code >= 500)
    except smtplib.SMTPSenderRefused as refused:  # of all our mail, not of this one: somebody must set it right
        temporary = refused.smtp_code in GREYLISTED
        return Outcome(Result.TEMPORARY if temporary else Result.CREDENTIAL, _words(refused))
    except smtplib.SMTPResponseException as refused:
        return _refused(refused.smtp_code, refused.smtp_error)
    except (OSError, smtplib.SMTPException) as fault:
        return Outcome(Result.UNCERTAIN, _words(fault))
    finally:
        _close(backend)
    return Outcome(Result.SENT)


def _backend(settings: Mapping[str, str]) -> EmailBackend:
    return EmailBackend(
        host=settings["host"],
        port=int(settings["port"]),
        username=settings.get("user", ""),
        password=settings.get("password", ""),
        use_tls=settings["security"] == "starttls",
        use_ssl=settings["security"] == "tls",
        timeout=TIMEOUT,
    )


def _mail(settings: Mapping[str, str], outgoing: Outgoing) -> EmailMultiAlternatives:
    letter, sender = outgoing.letter, settings["sender"]
    headers = {
        "Message-ID": f"<{outgoing.token}@{sender.rpartition('@')[2]}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }
    if outgoing.leave:  # RFC 8058
        headers["List-Unsubscribe"] = f"<{outgoing.leave}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        letter.subject, letter.text, formataddr((outgoing.shop, sender)), [outgoing.address], headers=headers
    )
    mail.attach_alternative(letter.html, "text/html")
    return mail


def _refused(code: int, words: object, *, nobody_there: bool = False) -> Outcome:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    result = Result.TEMPORARY if code in GREYLISTED else Result.REFUSED
    return Outcome(result, f"{code} {said}", nobody_there=nobody_there and result == Result.REFUSED)


def _words(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPResponseException):
        said = fault.smtp_error
        return f"{fault.smtp_code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
    if isinstance(fault, ssl.SSLError):
        return f"TLS: {fault.reason or fault}"
    return str(fault) or type(fault).__name__


def _close(backend: EmailBackend) -> None:
    """The mail is sent or not by now; a server that is rude at the end changes nothing about that."""
    try:
        backend.close()
    except (OSError, smtplib.SMTPException):
        backend.connection = None
