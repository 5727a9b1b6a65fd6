"""Reads the mails of a folder with Python's strict policy, and says what is in them in one line of JSON."""

import json
import pathlib
import sys
from email import policy
from email.parser import BytesParser


def part(part):
    content_type = part["Content-Type"]
    return {
        "type": part.get_content_type(),
        "charset": part.get_content_charset(),
        "method": content_type.params.get("method"),
        "disposition": part.get_content_disposition(),
        "filename": part.get_filename(),
        "encoding": part["Content-Transfer-Encoding"],
        "content": part.get_content(),
        "defects": [type(defect).__name__ for defect in part.defects + list(content_type.defects)],
    }


def mail(path):
    raw = path.read_bytes()
    message = BytesParser(policy=policy.default).parsebytes(raw)
    headers = [(name, str(value)) for name, value in message.items()]
    defects = [type(defect).__name__ for _, value in message.items() for defect in value.defects]
    lines = raw.split(b"\r\n")
    return {
        "file": path.name,
        "headers": headers,
        "defects": defects + [type(defect).__name__ for defect in message.defects],
        "to": [(address.display_name, address.addr_spec) for address in message["To"].addresses],
        "shape": [walked.get_content_type() for walked in message.walk()],
        "parts": [part(walked) for walked in message.walk() if not walked.is_multipart()],
        "bare": any(b"\r" in line or b"\n" in line for line in lines),
        "longest": max(len(line) for line in lines),
        "ascii": raw.isascii(),
    }


print(json.dumps([mail(path) for path in sorted(pathlib.Path(sys.argv[1]).glob("*.eml"))]))
