import Planner
import Testing

@testable import Providers

extension TraitProbe {
  static let streams: [TraitProbe] = [
    TraitProbe(.dropsTagsOfNewStreams) { endpoint in
      let aws = endpoint.writing
      try await aws.write(
        Kinesis.createStream, ["StreamName": "tagged", "ShardCount": 1, "Tags": ["team": "blue"]])
      _ = try await StreamKind().verbs.ready(["StreamName": "tagged"], isThere: false, aws)
      let tags = try await Kinesis.tags.read(["StreamName": "tagged"], aws.reading)
      try await aws.write(Kinesis.deleteStream, ["StreamName": "tagged"])
      return tags?.all == [:]
    }
  ]

  static let others: [TraitProbe] = [
    TraitProbe(.dropsSlashOfParameters) { endpoint in
      let aws = endpoint.writing
      try await aws.write(SSM.createParameter, ["Name": "/one", "Type": "String", "Value": "a"])
      let names = try await aws.reading.everyItem(SSM.describeParameters).compactMap { $0["Name"]?.string }
      try await aws.write(SSM.deleteParameter, ["Name": .string(names.first ?? "/one")])
      return names == ["one"]
    },
    TraitProbe(.keepsCopiesOfSecrets) { endpoint in
      let aws = endpoint.writing
      let secret: [String: Value] = ["SecretId": "copied"]
      let created: [String: Value] = [
        "Name": "copied", "SecretString": "a", "ClientRequestToken": "11111111-1111-1111-1111-111111111111",
      ]
      try await aws.write(SecretsManager.createSecret, created)
      try await aws.write(
        SecretsManager.replicateSecretToRegions,
        secret.merging(["AddReplicaRegions": [["Region": "eu-west-1"]]]) { $1 })
      var refusal: ProviderError?
      do throws(ProviderError) {
        try await aws.write(
          SecretsManager.removeRegionsFromReplication,
          secret.merging(["RemoveReplicaRegions": ["eu-west-1"]]) { $1 })
      } catch {
        refusal = error
      }
      try await aws.write(
        SecretsManager.deleteSecret, secret.merging(["ForceDeleteWithoutRecovery": true]) { $1 })
      return refusal?.message.contains("Unknown action") == true
    },
    TraitProbe(.dropsSettingsOfTaskDefinitions) { endpoint in
      let input: [String: Value] = [
        "family": "silent", "memory": "64", "enableFaultInjection": true,
        "inferenceAccelerators": [["deviceName": "one", "deviceType": "eia2.medium"]],
        "containerDefinitions": [["name": "main", "image": "nginx", "memory": 64]],
      ]
      let aws = endpoint.writing
      let made = try await aws.write(ECS.registerTaskDefinition, input)
      let arn = made.at("taskDefinition.taskDefinitionArn") ?? .null
      let answer = try await aws.reading.read(ECS.describeTaskDefinition, ["taskDefinition": arn])
      try await aws.write(ECS.deregisterTaskDefinition, ["taskDefinition": arn])
      let dropped = ["enableFaultInjection", "inferenceAccelerators"].filter { name in
        answer.at("taskDefinition.\(name)").map(\.isEmpty) ?? true
      }
      #expect(dropped.count != 1)
      return dropped.count == 2
    },
    TraitProbe(.actsAtOnce) { endpoint in
      let aws = endpoint.writing
      let url = try await aws.write(SQS.createQueue, ["QueueName": "brief"])["QueueUrl"] ?? .null
      let query: [String: Value] = ["QueueUrl": url, "AttributeNames": ["QueueArn"]]
      guard try await aws.reading.readIfPresent(SQS.getQueueAttributes, query) != nil else { return false }
      try await aws.write(SQS.deleteQueue, ["QueueUrl": url])
      return try await aws.reading.readIfPresent(SQS.getQueueAttributes, query) == nil
    },
    TraitProbe(.knowsNewPoliciesAtOnce) { endpoint in
      let aws = endpoint.writing
      let trust =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#
      let rights =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"}]}"#
      try await aws.write(
        IAM.createRole, ["RoleName": "bearer", "AssumeRolePolicyDocument": .string(trust)])
      let policy = try await aws.write(
        IAM.createPolicy, ["PolicyName": "rights", "PolicyDocument": .string(rights)])
      let input: [String: Value] = ["RoleName": "bearer", "PolicyArn": policy.at("Policy.Arn") ?? .null]
      return try await isTaken { () throws(ProviderError) in
        try await aws.write(IAM.attachRolePolicy, input)
      }
    },
    TraitProbe(.keepsTagsOfScheduleGroups) { endpoint in
      let aws = endpoint.writing
      let group: [String: Value] = ["Name": "reborn"]
      try await aws.write(
        Scheduler.createScheduleGroup,
        group.merging(["ClientToken": "first", "Tags": Scheduler.tags.wire(["team": "old"])]) { $1 })
      try await aws.write(Scheduler.deleteScheduleGroup, group)
      try await aws.waiting(for: "the group to be gone", atMost: .seconds(10)) { () throws(ProviderError) in
        try await aws.reading.readIfPresent(Scheduler.getScheduleGroup, group) == nil ? () : nil
      }
      let made = try await aws.write(
        Scheduler.createScheduleGroup, group.merging(["ClientToken": "second"]) { $1 })
      let arn = made["ScheduleGroupArn"] ?? .null
      return try await Scheduler.tags.read(["ResourceArn": arn], aws.reading)?.all == ["team": "old"]
    },
    TraitProbe(.removesOneTagOfScheduleGroups) { endpoint in
      let aws = endpoint.writing
      let made = try await aws.write(
        Scheduler.createScheduleGroup,
        ["Name": "tagged", "ClientToken": "first", "Tags": Scheduler.tags.wire(["a": "1", "b": "2"])])
      let arn: [String: Value] = ["ResourceArn": made["ScheduleGroupArn"] ?? .null]
      try await aws.write(Scheduler.untagResource, arn.merging(["TagKeys": ["a", "b"]]) { $1 })
      return try await Scheduler.tags.read(arn, aws.reading)?.all == ["b": "2"]
    },
  ]
}
