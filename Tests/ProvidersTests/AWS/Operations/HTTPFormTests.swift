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

  @Test func `spells what is left as an XML document, in the order of the service's model`() {
    let operation = S3.service.write(
      "PutThing", .put, "/{Name}", headers: ["IfMatch": "If-Match"],
      payload: .xml(
        root: "PutThingRequest", namespace: "http://example/", order: ["Settings", "Code", "Items"]),
      proof: .nothing)
    let wire = Request(
      operation,
      [
        "Name": "a", "IfMatch": "E1", "Code": "a < b & \n", "Zone": .null, "Also": 3,
        "Settings": ["Items": ["Item": [["Key": "x"], ["Key": "y"]]], "Empty": "", "On": true],
      ]
    ).wire
    guard case .bytes(let body, let type) = wire.body else {
      Issue.record("no document")
      return
    }
    #expect(type == "application/xml" && wire.headers["If-Match"] == "E1" && wire.path == ["a"])
    #expect(
      String(decoding: body, as: UTF8.self)
        == #"<?xml version="1.0" encoding="UTF-8"?><PutThingRequest xmlns="http://example/"><Settings><Items>"#
        + "<Item><Key>x</Key></Item><Item><Key>y</Key></Item></Items><Empty/><On>true</On></Settings>"
        + "<Code>a &lt; b &amp; &#10;</Code><Also>3</Also></PutThingRequest>")
  }

  @Test func `gives a list one parameter an item`() {
    let request = request("/tags?tagKeys={TagKeys}", ["TagKeys": ["a", "b"]])
    #expect(request.query.map { "\($0.name)=\($0.value ?? "")" } == ["tagKeys=a", "tagKeys=b"])
  }
}
