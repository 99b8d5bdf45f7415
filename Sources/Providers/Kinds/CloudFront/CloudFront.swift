import Planner

/// Amazon CloudFront: its operations, and its error codes. The service is global.
enum CloudFront {
  static let service = AWSService(
    "cloudfront", environmentID: "CLOUDFRONT", .restXML, isGlobal: true,
    errors: ServiceErrors([
      .preconditionFailed: ["InvalidIfMatchVersion"],
      // A distribution that uses the function does so until somebody changes it: waiting does not help.
      .invalid: ["FunctionInUse", "UnsupportedOperation"],
    ]))

  static let createFunction = service.write(
    "CreateFunction", .post, "/2020-05-31/function", payload: document("CreateFunctionRequest"),
    proof: .element("FunctionSummary"))
  static let deleteFunction = service.write(
    "DeleteFunction", .delete, "/2020-05-31/function/{Name}", headers: ifMatch, repeats: .safe,
    proof: .nothing)
  static let describeFunction = service.read(
    "DescribeFunction", .get, "/2020-05-31/function/{Name}/describe?Stage={Stage}",
    proof: .element("FunctionSummary"))
  /// The code itself, as bytes.
  static let getFunction = service.read(
    "GetFunction", .get, "/2020-05-31/function/{Name}?Stage={Stage}", proof: .header("etag"))
  static let listFunctions = service.read(
    "ListFunctions", .get, "/2020-05-31/function?Marker={Marker}&Stage={Stage}",
    proof: .element("FunctionList"),
    pages: Pages("Items.FunctionSummary", token: "NextMarker", position: "Marker"))
  static let listTags = service.read(
    "ListTagsForResource", .get, "/2020-05-31/tagging?Resource={Resource}", proof: .element("Tags"))
  static let publishFunction = service.write(
    "PublishFunction", .post, "/2020-05-31/function/{Name}/publish", headers: ifMatch, repeats: .safe,
    proof: .element("FunctionSummary"))
  static let tagResource = service.write(
    "TagResource", .post, "/2020-05-31/tagging?Operation=Tag&Resource={Resource}", payload: document("Tags"),
    repeats: .safe, proof: .nothing)
  static let untagResource = service.write(
    "UntagResource", .post, "/2020-05-31/tagging?Operation=Untag&Resource={Resource}",
    payload: document("TagKeys"), repeats: .safe, proof: .nothing)
  /// Safe to send twice: the second one names a version that is gone.
  static let updateFunction = service.write(
    "UpdateFunction", .put, "/2020-05-31/function/{Name}", headers: ifMatch,
    payload: document("UpdateFunctionRequest"), repeats: .safe, proof: .element("FunctionSummary"))

  static let tags = TagCalls(
    read: listTags, answer: "", put: tagResource, remove: untagResource, creation: "Tags", form: .items)

  private static let ifMatch = ["IfMatch": "If-Match"]

  /// A document in the order of the service's model (botocore's `cloudfront/2020-05-31`).
  private static func document(_ root: String) -> HTTPForm.Payload {
    .xml(
      root: root, namespace: "http://cloudfront.amazonaws.com/doc/2020-05-31/",
      order: [
        "Name", "Comment", "Runtime", "KeyValueStoreAssociations", "FunctionConfig", "FunctionCode", "Tags",
        "Quantity", "Items", "Key", "Value",
      ])
  }
}
