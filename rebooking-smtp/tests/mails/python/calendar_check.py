"""Reads the calendar files of a folder with two strict readers, and says what is in them in one line of JSON."""

import json
import pathlib
import sys

import icalendar
import vobject


def check(path):
    raw = path.read_bytes()
    assert raw.endswith(b"\r\n") and b"\n" not in raw.replace(b"\r\n", b""), "lines end with CRLF"
    assert all(len(line) <= 75 for line in raw.split(b"\r\n")), "lines of 75 bytes at most"
    text = raw.decode("utf-8")
    component = vobject.readOne(text)
    component.validate(raiseException=True)
    calendar = icalendar.Calendar.from_ical(text)
    assert not calendar.errors, calendar.errors
    for name in ("VERSION", "PRODID", "METHOD"):
        assert len([key for key, _ in calendar.property_items(recursive=False) if key == name]) == 1, name
    (event,) = calendar.walk("VEVENT")
    assert not event.errors, event.errors
    # What RFC 5546, 3.2.2 and 3.2.5 demand exactly once.
    for name in ("UID", "DTSTAMP", "DTSTART", "ORGANIZER", "SEQUENCE", "SUMMARY", "STATUS"):
        assert name in event and not isinstance(event[name], list), name
    assert event.decoded("DTSTART").utcoffset().total_seconds() == 0, "UTC"
    assert event.decoded("DTEND") > event.decoded("DTSTART")
    return {
        "file": path.name,
        "method": str(calendar["METHOD"]),
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "status": str(event["STATUS"]),
        "start": event.decoded("DTSTART").isoformat(),
        "summary": str(event["SUMMARY"]),
        "location": str(event.get("LOCATION", "")),
        "organizer": [str(event["ORGANIZER"]), str(event["ORGANIZER"].params.get("CN", ""))],
        "attendee": [str(event["ATTENDEE"]), str(event["ATTENDEE"].params.get("CN", ""))],
    }


print(json.dumps([check(path) for path in sorted(pathlib.Path(sys.argv[1]).glob("*.ics"))]))
