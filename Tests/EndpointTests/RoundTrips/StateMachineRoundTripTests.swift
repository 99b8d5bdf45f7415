import Foundation
import Planner
import Testing

/// What a state machine does once it is there: it calls, tries again, and goes another way after an error.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty && TestEndpoint.python != nil))
struct `A state machine on a real endpoint` {
  private static let stack = #"""
    queues: { told: {}, others: {} }
    lambdas:
      worker:
        code:
          zipFile: |
            def handler(event, context):
                if event['fails']: raise ValueError('no')
                return {'done': event['name']}
        runtime: python3.12
        handler: index.handler
    stateMachines:
      work:
        definition:
          StartAt: Work
          States:
            Work:
              Type: Task
              Resource: "arn:aws:states:::lambda:invoke"
              Parameters: { FunctionName: "${lambdas.worker.arn}", "Payload.$": $ }
              Retry: [{ ErrorEquals: [States.ALL], IntervalSeconds: 1, MaxAttempts: 1 }]
              Catch: [{ ErrorEquals: [States.ALL], ResultPath: $.error, Next: Tell }]
              OutputPath: $.Payload
              Next: Done
            Tell:
              Type: Task
              Resource: "arn:aws:states:::sqs:sendMessage"
              Parameters: { QueueUrl: "${queues.told.url}", "MessageBody.$": $.name }
              ResultPath: null
              Next: Done
            Done: { Type: Succeed }

    """#

  @Test(arguments: TestEndpoint.available)
  func `runs to its end through a lambda, and by another way after a second failure`(
    _ endpoint: TestEndpoint
  ) async throws {
    let account = try TestAccount(endpoint)
    defer { account.remove() }
    let run = TestRun(account)
    try await run.apply(Self.stack)
    #expect(try await run.plan(Self.stack).lines == [])
    let well = try await execution(of: #"{"fails": false, "name": "one"}"#, account)
    #expect(well == ["status": "SUCCEEDED", "output": ["done": "one"], "failures": 0])
    let badly = try await execution(of: #"{"fails": true, "name": "two"}"#, account)
    #expect(badly["status"] == "SUCCEEDED" && badly["output"]?["name"] == "two", "\(badly.json)")
    #expect(badly["failures"] == 2, "once, and once more after a second: \(badly.json)")
    #expect(try await told(account) == "two")
    _ = try await run.destroy(Self.stack)
  }

  /// MiniStack runs machines with all rights. So what the tasks call is called with the keys of the derived role.
  @Test(.enabled(if: TestEndpoint.checkingSignatures != nil))
  func `has a role that allows what its tasks call, and nothing else`() async throws {
    let account = try TestAccount(.ministack, url: TestEndpoint.checkingSignatures)
    defer { account.remove() }
    let run = TestRun(account)
    try await run.apply(Self.stack)
    let said = try await account.python(
      """
      iam, sts = client("iam"), client("sts")
      role = client("stepfunctions").describe_state_machine(
        stateMachineArn=f"arn:aws:states:{region}:{account}:stateMachine:work")["roleArn"]
      trust = iam.get_role(RoleName=role.split("/")[-1])["Role"]["AssumeRolePolicyDocument"]
      # The service is not here to assume it: the account does.
      trust["Statement"].append(
        {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{account}:root"}, "Action": "sts:AssumeRole"})
      iam.update_assume_role_policy(RoleName=role.split("/")[-1], PolicyDocument=json.dumps(trust))
      keys = sts.assume_role(RoleArn=role, RoleSessionName="machine")["Credentials"]
      def assumed(service):
          return boto3.client(service, endpoint_url=endpoint, region_name=region, aws_access_key_id=keys["AccessKeyId"],
            aws_secret_access_key=keys["SecretAccessKey"], aws_session_token=keys["SessionToken"])
      def outcome(call, **parameters):
          try:
              call(**parameters)
              return "done"
          except Exception as error:
              return error.response["Error"]["Code"]
      urls = {name: client("sqs").get_queue_url(QueueName=name)["QueueUrl"] for name in ("told", "others")}
      print(json.dumps({
        "invoke": outcome(assumed("lambda").invoke, FunctionName="worker", Payload='{"fails": false, "name": "a"}'),
        "tell": outcome(assumed("sqs").send_message, QueueUrl=urls["told"], MessageBody="a"),
        "other": outcome(assumed("sqs").send_message, QueueUrl=urls["others"], MessageBody="a"),
        "read": outcome(assumed("sqs").receive_message, QueueUrl=urls["told"])}))
      """)
    let outcomes = try #require(Value(json: said))
    #expect(outcomes["invoke"] == "done" && outcomes["tell"] == "done", "\(said)")
    for name in ["other", "read"] {
      #expect(outcomes[name]?.string?.contains("AccessDenied") == true, "\(said)")
    }
    _ = try await run.destroy(Self.stack)
  }

  /// Runs the machine, and tells how it ended.
  private func execution(of input: String, _ account: TestAccount) async throws -> Value {
    let started = try await account.python(
      """
      print(client("stepfunctions").start_execution(
        stateMachineArn=f"arn:aws:states:{region}:{account}:stateMachine:work", input=given)["executionArn"])
      """, ["given": input])
    return try await eventually(within: .seconds(60)) {
      let text = try await account.python(
        """
        sfn = client("stepfunctions")
        it = sfn.describe_execution(executionArn=execution)
        events = sfn.get_execution_history(executionArn=execution, maxResults=1000)["events"]
        failures = [e for e in events if e["type"] in ("LambdaFunctionFailed", "TaskFailed")]
        print(json.dumps({"status": it["status"], "output": json.loads(it.get("output") or "null"), "failures": len(failures)}))
        """, ["execution": started.trimmingCharacters(in: .whitespacesAndNewlines)])
      guard let found = Value(json: text), found["status"] != "RUNNING" else { return nil }
      return found
    }
  }

  /// The message that the machine sent.
  private func told(_ account: TestAccount) async throws -> String? {
    try await eventually {
      let text = try await account.python(
        """
        sqs = client("sqs")
        found = sqs.receive_message(QueueUrl=sqs.get_queue_url(QueueName="told")["QueueUrl"]).get("Messages", [])
        print(found[0]["Body"] if found else "")
        """
      ).trimmingCharacters(in: .whitespacesAndNewlines)
      return text.isEmpty ? nil : text
    }
  }
}
