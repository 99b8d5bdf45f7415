"""LocalStack plugins: lambda functions and DynamoDB without Docker and without downloads."""
