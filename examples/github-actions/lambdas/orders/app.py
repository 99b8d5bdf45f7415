def handler(event, context):
    for record in event["Records"]:
        print("order", record["body"])
