import Planner
import Testing

@testable import Providers

/// Buckets and what they call for, from the stack file to the resolved stack.
struct `A stack with buckets` {
  private func resolved(_ yaml: String) throws -> Stack {
    let files = FileReader(files: ["stack.yaml": Array("stack: shop\n\(yaml)\n".utf8)])
    return try StackDeclaration.load("stack.yaml", files: files).resolved(
      registry: AWSKinds.registry, target: Target(account: "111111111111", region: "eu-west-1"),
      variables: [:], environment: [:], files: files)
  }

  @Test func `lets the role of a replication read the bucket and write the copies`() throws {
    let stack = try resolved(
      """
      roles: { copier: { assumedBy: [s3.amazonaws.com] } }
      buckets:
        builds:
          versioning: true
          replication:
            role: "${roles.copier.arn}"
            rules: [{ destination: { bucket: "${buckets.copies.arn}" } }]
        copies: { versioning: true }
      """)
    let statements = stack[Address("roles", "copier")]?["policy"]?.items("Statement") ?? []
    #expect(
      statements.map { $0["Resource"] } == [
        ["arn:aws:s3:::builds"], ["arn:aws:s3:::builds/*"], ["arn:aws:s3:::copies/*"],
      ])
    _ = try ResourceGraph(stack)
  }

  @Test func `lets S3 write a bucket's reports where they go, once`() throws {
    let stack = try resolved(
      """
      buckets:
        builds:
          inventoryConfigurations:
            - { id: all, enabled: true, includedObjectVersions: All, scheduleFrequency: Daily,
                destination: { bucketArn: "${buckets.reports.arn}", format: CSV } }
          analyticsConfigurations:
            - { id: all, dataExport: { bucketArn: "${buckets.reports.arn}", format: CSV } }
        reports: {}
      """)
    let statements = stack[Address("buckets", "reports")]?["policy"]?.items("Statement") ?? []
    #expect(statements.count == 1)
    #expect(statements.first?["Resource"] == "arn:aws:s3:::reports/*")
    #expect(
      statements.first?["Condition"]?["ArnLike"] == ["aws:SourceArn": "arn:aws:s3:::builds"])
  }
}
