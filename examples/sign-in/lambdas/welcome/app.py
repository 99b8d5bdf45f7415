def handler(event, context):
    if event["request"]["userAttributes"].get("email", "").endswith("@example.com"):
        event["response"]["autoConfirmUser"] = True
    return event
