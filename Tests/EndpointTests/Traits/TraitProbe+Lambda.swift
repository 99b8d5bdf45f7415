import Planner

@testable import Providers

extension TraitProbe {
  static let lambdas: [TraitProbe] = [
    TraitProbe(.keepsDisabledMappings) { endpoint in
      let workshop = LambdaWorkshop(endpoint: endpoint)
      let aws = endpoint.writing
      let mapping = try await aws.write(
        Lambda.createEventSourceMapping,
        [
          "EventSourceArn": try await workshop.queue("trait-disabled"), "Enabled": false,
          "FunctionName": try await workshop.function("trait-disabled"),
        ])
      try await aws.delete(Lambda.deleteEventSourceMapping, ["UUID": mapping["UUID"] ?? .null])
      // A worker that runs takes its mapping out within seconds.
      do throws(ProviderError) {
        return try await aws.waiting(for: "the mapping to be gone", atMost: .seconds(10)) {
          () throws(ProviderError) -> Bool? in
          let left = try await aws.reading.everyItem(
            Lambda.listEventSourceMappings, ["FunctionName": "trait-disabled"])
          return left.isEmpty ? false : nil
        }
      } catch {
        // The wait is over and it is still there; any other error says nothing about the trait.
        guard error.kind == .notYetConsistent else { throw error }
        return true
      }
    },
    TraitProbe(.makesMappingsTwice) { endpoint in
      let workshop = LambdaWorkshop(endpoint: endpoint)
      let input: [String: Value] = [
        "EventSourceArn": try await workshop.queue("trait-twice"), "Enabled": false,
        "FunctionName": try await workshop.function("trait-twice"),
      ]
      try await endpoint.writing.write(Lambda.createEventSourceMapping, input)
      do throws(ProviderError) {
        try await endpoint.writing.write(Lambda.createEventSourceMapping, input)
        return true
      } catch {
        guard [.alreadyExists, .conflict].contains(error.kind) else { throw error }
        return false
      }
    },
    TraitProbe(.tagsOutliveFunctions) { endpoint in
      let workshop = LambdaWorkshop(endpoint: endpoint)
      let (resource, artifacts) = try workshop.packed("trait-tags", ["role": try await workshop.role("tags")])
      var input = LambdaSetting.fields(of: resource) { resource[$0] != nil }
      input["FunctionName"] = "trait-tags"
      input["Code"] = .map(try LambdaKind.code(of: resource, in: artifacts.byDigest))
      let aws = endpoint.writing
      try await aws.write(Lambda.createFunction, input.merging(["Tags": ["team": "old"]]) { $1 })
      try await aws.delete(Lambda.deleteFunction, ["FunctionName": "trait-tags"])
      let function = try await aws.write(Lambda.createFunction, input)
      let tags = try await Lambda.tags.read(["Resource": function["FunctionArn"] ?? .null], aws.reading)
      return tags?.all == ["team": "old"]
    },
    TraitProbe(.hidesReservationsOfZero) { endpoint in
      _ = try await LambdaWorkshop(endpoint: endpoint).function("trait-reserved")
      let key: [String: Value] = ["FunctionName": "trait-reserved"]
      try await endpoint.writing.write(
        Lambda.putFunctionConcurrency, key.merging(["ReservedConcurrentExecutions": 0]) { $1 })
      let function = try await endpoint.reading.read(Lambda.getFunction, key)
      return function.at("Concurrency.ReservedConcurrentExecutions") == nil
    },
    TraitProbe(.hidesAliasesOfURLs) { endpoint in
      _ = try await LambdaWorkshop(endpoint: endpoint).function("trait-url")
      let key: [String: Value] = ["FunctionName": "trait-url"]
      let aws = endpoint.writing
      try await aws.write(
        Lambda.createAlias, key.merging(["Name": "live", "FunctionVersion": "$LATEST"]) { $1 })
      try await aws.write(
        Lambda.createFunctionURLConfig, key.merging(["Qualifier": "live", "AuthType": "AWS_IAM"]) { $1 })
      let urls = try await aws.reading.everyItem(Lambda.listFunctionURLConfigs, key)
      return urls.first?["FunctionArn"]?.string?.hasSuffix(":live") == false
    },
    TraitProbe(.dropsInvokedViaFunctionURL) { endpoint in
      _ = try await LambdaWorkshop(endpoint: endpoint).function("trait-permission")
      let answer = try await endpoint.writing.write(
        Lambda.addPermission,
        [
          "FunctionName": "trait-permission", "StatementId": "one", "Principal": "*",
          "Action": "lambda:InvokeFunction", "InvokedViaFunctionUrl": true,
        ])
      return answer["Statement"]?.string?.contains("InvokedViaFunctionUrl") == false
    },
  ]
}
