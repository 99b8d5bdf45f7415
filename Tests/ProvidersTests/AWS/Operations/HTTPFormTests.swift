import Planner
import Testing

@testable import Providers

struct `A REST operation's template` {
  private func request(_ template: String, _ input: [String: Value]) -> AWSRequest {
    Request(S3.service.read("GetThing", .get, template), input).wire
  }

  @Test func `puts fields into path and query, and leaves out parameters whose field is missing`() {
    let request = request(
      "/{Bucket}/{Key+}?uploads&list-type=2&prefix={Prefix}&marker={Marker}",
      ["Bucket": "b", "Key": ["a", "k"], "Prefix": "x/", "Marker": .null])
    #expect(request.path == ["b", "a", "k"])
    #expect(request.query.map(\.name) == ["uploads", "list-type", "prefix"])
    #expect(request.query.map(\.value) == [nil, "2", "x/"])
  }

  @Test func `gives a list one parameter an item`() {
    let request = request("/tags?tagKeys={TagKeys}", ["TagKeys": ["a", "b"]])
    #expect(request.query.map { "\($0.name)=\($0.value ?? "")" } == ["tagKeys=a", "tagKeys=b"])
  }
}
