"""A mail server of another make. Says what it does in lines of JSON, and is told what to refuse in lines of text."""

import asyncio
import base64
import email
import email.policy
import json
import logging
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


# Who hangs up in the middle is what tests are about.
for chatty in ("asyncio", "mail.log"):
    logging.getLogger(chatty).setLevel(logging.CRITICAL)


def say(**what):
    print(json.dumps(what), flush=True)


def read(content):
    mail = email.message_from_bytes(content, policy=email.policy.default)
    parts = (part for part in mail.walk() if not part.is_multipart())
    return dict(
        subject=str(mail["subject"]),
        id=str(mail["message-id"]),
        parts={part.get_content_type(): str(part.get_content()) for part in parts},
    )


class Handler:
    def __init__(self):
        self.refused = set()
        self.replies = {}

    def reply(self, command):
        waiting = self.replies.get(command)
        return waiting.pop(0) if waiting else None

    async def handle_MAIL(self, server, session, envelope, address, options):
        reply = self.reply("MAIL")
        if reply:
            return reply
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        reply = self.reply("RCPT")
        if reply:
            return reply
        if address in self.refused:
            return "550 5.1.1 <%s>: no such mailbox" % address
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        reply = self.reply("DATA")
        if reply:
            return reply
        say(
            mail=base64.b64encode(envelope.original_content).decode(),
            sender=envelope.mail_from,
            to=envelope.rcpt_tos,
            encrypted=server.transport.get_extra_info("ssl_object") is not None,
            signed_in=session.authenticated,
            peer=session.peer[1],
            **read(envelope.original_content),
        )
        return "250 OK"


async def main():
    certificate, key, password, tls = sys.argv[1:5]
    implicit = tls == "implicit"
    handler = Handler()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)

    def authenticate(server, session, envelope, mechanism, data):
        right = (data.login, data.password) == (b"shop", password.encode())
        return AuthResult(success=right, handled=False)

    def server():
        return SMTP(
            handler,
            hostname="localhost",
            tls_context=None if implicit else context,
            require_starttls=not implicit,
            auth_require_tls=not implicit,
            authenticator=authenticate,
            auth_required=True,
            enable_SMTPUTF8=True,
        )

    loop = asyncio.get_running_loop()
    listening = await loop.create_server(server, "127.0.0.1", 0, ssl=context if implicit else None)
    say(port=listening.sockets[0].getsockname()[1])
    while line := (await loop.run_in_executor(None, sys.stdin.readline)).strip():
        what, rest = line.split(" ", 1)
        if what == "refuse":
            handler.refused.add(rest)
        else:
            handler.replies.setdefault(what, []).append(rest)
        say(heard=line)


asyncio.run(main())
