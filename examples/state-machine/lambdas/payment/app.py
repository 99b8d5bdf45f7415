def handler(event, context):
    if not event.get("card"):
        raise ValueError("no card")
    return {"receipt": f"for {event['id']}"}
