"""Services whose LocalStack provider downloads a server, answered by moto inside LocalStack's process."""

from importlib import import_module

from localstack.services.plugins import Service, aws_provider


def _in_process(service: str, api_class: str):
    @aws_provider(api=service, name="in_process")
    def provider() -> Service:
        # Imported late: moto costs seconds, and a start that never uses the service should not pay them.
        from localstack.services.moto import MotoFallbackDispatcher

        # The generated API class raises NotImplementedError for every operation, and the dispatcher
        # hands each such operation to moto.
        unimplemented = getattr(import_module(f"localstack.aws.api.{service}"), api_class)()
        return Service.for_provider(unimplemented, dispatch_table_factory=MotoFallbackDispatcher)

    return provider


dynamodb = _in_process("dynamodb", "DynamodbApi")
dynamodbstreams = _in_process("dynamodbstreams", "DynamodbstreamsApi")
kinesis = _in_process("kinesis", "KinesisApi")
