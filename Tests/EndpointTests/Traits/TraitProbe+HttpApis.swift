import Planner

@testable import Providers

extension TraitProbe {
  static let httpApis: [TraitProbe] = [
    TraitProbe(.dropsRolesOfIntegrations) { endpoint in
      let api = try await httpAPI("sending", endpoint)
      let role = "arn:aws:iam::\(endpoint.target.account ?? ""):role/sender"
      let made = try await endpoint.writing.write(
        APIGatewayV2.createIntegration,
        api.merging([
          "integrationType": "AWS_PROXY", "integrationSubtype": "SQS-SendMessage",
          "payloadFormatVersion": "1.0", "credentialsArn": .string(role),
          "requestParameters": ["QueueUrl": "http://localhost/jobs", "MessageBody": "$request.body"],
        ]) { $1 })
      return made["credentialsArn"] == nil && made["integrationSubtype"] == nil
    },
    TraitProbe(.deletesStagesForTheirSettings) { endpoint in
      let api = try await httpAPI("logging", endpoint)
      let aws = endpoint.writing
      try await aws.write(APIGatewayV2.createRoute, api.merging(["routeKey": "GET /a"]) { $1 })
      let logs = endpoint.target.arn("logs", "log-group:calls") ?? .null
      try await aws.write(
        APIGatewayV2.createStage,
        api.merging([
          "stageName": "logged",
          "accessLogSettings": ["destinationArn": logs, "format": "$context.requestId"],
        ]) { $1 })
      try await aws.write(
        APIGatewayV2.createStage,
        api.merging(["stageName": "limited", "routeSettings": ["GET /a": ["throttlingBurstLimit": 1]]]) { $1 }
      )
      try await aws.write(
        APIGatewayV2.deleteAccessLogSettings, api.merging(["stageName": "logged"]) { $1 })
      try await aws.write(
        APIGatewayV2.deleteRouteSettings,
        api.merging(["stageName": "limited", "routeKey": "GET /a"]) { $1 })
      return try await aws.reading.everyItem(APIGatewayV2.getStages, api).isEmpty
    },
  ]

  private static func httpAPI(_ name: Value, _ endpoint: LiveEndpoint) async throws -> [String: Value] {
    let made = try await endpoint.writing.write(
      APIGatewayV2.createApi, ["name": name, "protocolType": "HTTP"])
    return ["apiId": made["apiId"] ?? .null]
  }
}
