import Testing

@testable import Planner

/// How a failed request is put into words.
@Suite struct ProviderErrorWordsTests {
  @Test func `A diagnostic has what was asked, the service's own message, and the attempts`() {
    let error = ProviderError(
      .throttled, code: "ThrottlingException", message: "slow down", operation: "dynamodb:CreateTable",
      status: 400
    ).after(attempts: 12, in: .milliseconds(117_600), isAmbiguous: false)
    let diagnostic = Diagnostic(error, title: "Could not create the resource", notes: ["A note."])
    #expect(diagnostic.summary == "Could not create the resource")
    #expect(
      diagnostic.detail == """
        dynamodb:CreateTable answered 400 ThrottlingException: slow down
        Tried 12 times in 118 s.
        A note.
        """)
    #expect(Diagnostic(error).summary == "Too many requests")
  }

  @Test func `One attempt is not worth a word, and short times are not measured`() {
    var error = ProviderError(.server, message: "oops", operation: "sqs:CreateQueue", status: 500)
    #expect(error.effort == nil)
    error = error.after(attempts: 4, in: .milliseconds(300), isAmbiguous: false)
    #expect(error.effort == "4 times in less than a second")
  }

  @Test(arguments: ["credentials", "settings", "region", "endpoint", ""])
  func `A mistake on this machine is not blamed on the endpoint`(operation: String) {
    for kind in [ProviderError.Kind.unauthenticated, .invalid, .unsupported] {
      let diagnostic = Diagnostic(ProviderError(kind, message: "half of a key", operation: operation))
      #expect(!diagnostic.summary.contains("endpoint"), "\(kind)")
      #expect(diagnostic.detail == "half of a key")
    }
  }

  @Test func `A request that never left is not refused by the endpoint`() {
    let error = ProviderError(
      .invalid, message: "a name in the path is empty", operation: "s3:GetObject", neverSent: true)
    #expect(error.title == "The request can't be sent")
  }

  @Test(arguments: [
    ("you may only look", "the permission sqs:CreateQueue."),
    (
      "User: arn:aws:iam::1:user/x is not authorized to perform: iam:PassRole on resource: arn:r",
      "the permission iam:PassRole."
    ),
    (
      "not authorized to perform: sqs:createqueue with an explicit deny in a service control policy",
      "denies sqs:createqueue explicitly"
    ),
    ("Access Denied because object protected by object lock.", "A lock protects the object."),
  ])
  func `A denial names the permission, or what else denies`(message: String, fix: String) {
    let error = ProviderError(.denied, message: message, operation: "sqs:CreateQueue", status: 403)
    #expect(error.fix()?.contains(fix) == true, "\(error.fix() ?? "")")
  }

  @Test func `The same command again is advised only where time may help`() {
    for kind in ProviderError.Kind.allCases {
      let fix = ProviderError(kind, message: "m", operation: "sqs:TagQueue").fix() ?? ""
      let needsTime = [.throttled, .server, .conflict, .notYetConsistent, .notCarriedOut].contains(kind)
      #expect(fix.contains("the same command again") == needsTime, "\(kind): \(fix)")
    }
  }

  @Test func `Fewer steps at a time are advised only where there were several`() {
    let error = ProviderError(.throttled, message: "m", operation: "sqs:TagQueue")
    #expect(error.fix(isAlone: false)?.contains("--parallelism") == true)
    #expect(error.fix(isAlone: true)?.contains("--parallelism") == false)
  }
}
