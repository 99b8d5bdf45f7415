extension KindSample {
  static let cloudFrontFunction = KindSample(
    section: "cloudFrontFunctions",
    properties: [
      "autoPublish": "true",
      "functionCode": "\"function handler(event) { return event.request; } // < & >\\n\"",
      "functionConfig":
        "{ comment: Rewrites paths, runtime: cloudfront-js-2.0, keyValueStoreAssociations: ['\(store)'] }",
      "tags": "{ team: blue }",
    ],
    mutations: [
      "autoPublish": "false", "functionCode": "\"<!-- changed\\nfunction handler(event) { return event; }\"",
      "functionConfig": "{ runtime: cloudfront-js-1.0 }", "tags": "{ owner: red }",
    ],
    replacements: ["name": "another"],
    outsideChanges: [
      // LIVE is no longer what DEVELOPMENT is, which is as it was.
      "autoPublish": """
      \(put)
      code = cloudfront.get_function(Name=name, Stage="DEVELOPMENT")["FunctionCode"].read()
      publish(put(b"function handler(event) { return 1; }"))
      put(code)
      """,
      "functionCode": "\(put)\npublish(put(b'function handler(event) { return 2; }'))",
      "functionConfig": "\(put)\npublish(put(Comment='Changed'))",
      "tags": """
      cloudfront = client("cloudfront")
      cloudfront.tag_resource(
        Resource=f"arn:aws:cloudfront::{account}:function/{name}",
        Tags={"Items": [{"Key": "team", "Value": "outside"}]})
      """,
    ],
    defects: [
      Defect(
        endpoint: .localstack, property: nil,
        evidence:
          "CreateFunction → 501 InternalFailure: The API for service 'cloudfront' is either not included in your current license plan or has not yet been emulated by LocalStack."
      )
    ],
    part: StackPart(
      entries: """
          rewrite:
            autoPublish: true
            functionCode: "function handler(event) { return event.request; }"
            functionConfig: { comment: "Rewrites {size}", runtime: cloudfront-js-2.0 }
            tags: {tags}
        """,
      listing: #"""
        [f["Name"] for f in c("cloudfront").list_functions(Stage="DEVELOPMENT")["FunctionList"].get("Items", [])]
        """#))

  private static let store =
    "arn:aws:cloudfront::{account}:key-value-store/1c2d3e4f-0000-4000-8000-000000000001"

  private static let put = """
    cloudfront = client("cloudfront")
    def put(code=None, **config):
      found = cloudfront.describe_function(Name=name, Stage="DEVELOPMENT")
      code = code or cloudfront.get_function(Name=name, Stage="DEVELOPMENT")["FunctionCode"].read()
      config = {**found["FunctionSummary"]["FunctionConfig"], **config}
      answer = cloudfront.update_function(
        Name=name, IfMatch=found["ETag"], FunctionConfig=config, FunctionCode=code)
      return cloudfront.describe_function(Name=name, Stage="DEVELOPMENT")["ETag"]
    def publish(version):
      cloudfront.publish_function(Name=name, IfMatch=version)
    """
}
