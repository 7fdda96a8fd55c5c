"""What a log line never holds: somebody's mail address, or the token in an address of ours."""

import logging
import re

TOKEN = re.compile(r"(/alerts/[a-z]+/)[\w-]{20,}")
EMAIL = re.compile(r"[^\s<>\"'=:,;()\[\]]+@[\w.-]+\w")


class WithoutSecrets(logging.Filter):
    """On the handler, so that every logger's lines pass it; tracebacks of mails too."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = hidden(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = hidden(record.exc_text)
        return True


def hidden(text: str) -> str:
    return EMAIL.sub("…@…", TOKEN.sub(r"\1…", text))
