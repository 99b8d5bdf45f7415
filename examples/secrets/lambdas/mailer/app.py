"""Sends one mail a call."""

import os
import smtplib
from email.message import EmailMessage


def handler(event, context):
    message = EmailMessage()
    message["To"], message["From"], message["Subject"] = event["to"], "shop@example.com", event["subject"]
    message.set_content(event["text"])
    with smtplib.SMTP_SSL(os.environ["SMTP_HOST"]) as server:
        server.login("shop", os.environ["SMTP_PASSWORD"])
        server.send_message(message)
