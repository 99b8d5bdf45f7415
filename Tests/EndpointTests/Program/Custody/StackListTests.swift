import Foundation
import Planner
import Testing

@testable import Providers

/// What an account holds, without any stack file.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct StackListTests {
  @Test(arguments: TestEndpoint.available)
  func `All stacks of an account are listed, and other regions are named`(endpoint: TestEndpoint) async throws
  {
    try await Workplace.with(endpoint) { place in
      let nothing = try await place.expect(0, "stacks")
      #expect(nothing.output.contains("There is no stack here."), "\(nothing)")
      try place.write(Stacks.queues())
      try await place.expect(0, "apply", "--auto-approve")
      try place.write("stack: blog\nqueues: { posts: {} }\n", to: "blog.yaml")
      try await place.expect(0, "apply", "blog.yaml", "--auto-approve")
      try await place.expect(0, "apply", "blog.yaml", "--auto-approve", "--region", "eu-west-1")
      try FileManager.default.removeItem(atPath: place.path("stack.yaml"))
      let holder = LockHolder(
        id: "x", user: "ann", host: "elsewhere", process: 1, command: "stackform apply", since: "now")
      let tenure = try await place.store("blog").acquireLock(holder)
      place.proxy.passEverything()
      let list = try await place.expect(0, "stacks")
      #expect(!place.proxy.requests.contains { $0.isWrite })
      for words in ["shop", "blog", "#1", "tester@", "ann@elsewhere", "eu-west-1"] {
        #expect(list.output.contains(words), "\(list)")
      }
      let json = try await place.expect(0, "stacks", "--json")
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
      let stacks = try #require(document["stacks"] as? [[String: Any]])
      #expect(stacks.map { $0["stack"] as? String } == ["blog", "shop"])
      #expect(stacks.map { $0["resources"] as? Int } == [1, 2])
      #expect(stacks.map { $0["locked"] as? Bool } == [true, false])
      #expect(document["other_regions"] as? [String] == ["eu-west-1"])
      try await place.store("blog").release(tenure)
      try await place.expect(0, "destroy", "--stack", "blog", "--auto-approve", "--region", "eu-west-1")
      try await place.expect(0, "destroy", "--stack", "blog", "--auto-approve")
      try await place.expect(0, "destroy", "--stack", "shop", "--auto-approve")
      let empty = try await place.expect(0, "stacks")
      #expect(empty.output.contains("There is no stack here."), "\(empty)")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `Who may not look at other regions is told nothing of them, and a failure there is told`(
    endpoint: TestEndpoint
  ) async throws {
    try await Workplace.with(endpoint, Stacks.queues(["one"])) { place in
      try await place.expect(0, "apply", "--auto-approve")
      for (answer, isTold) in [(Answers.denied, false), (Answers.failed, true)] {
        // Only the list of all buckets has no bucket in its path.
        place.proxy.start { request in
          request.method == "GET" && (request.path == "/" || request.path.hasPrefix("/?"))
            ? .answer(answer) : .pass
        }
        let list = try await place.run(["stacks", "--json"], variables: ["AWS_MAX_ATTEMPTS": "1"])
        #expect(list.code == 0 && list.errors.contains("Buckets can't be listed") == isTold, "\(list)")
        #expect(list.output.contains("\"other_regions\": null"), "\(list)")
      }
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A damaged ledger is listed as damaged`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.queues(["one"])) { place in
      try await place.expect(0, "apply", "--auto-approve")
      let sound = try await place.ledgerObject("stacks/shop/ledger.json")
      try await place.overwrite("stacks/shop/ledger.json", with: String(sound.prefix(40)))
      let list = try await place.expect(0, "stacks")
      #expect(list.output.contains("stackform ledger repair"), "\(list)")
      try await place.overwrite("stacks/shop/ledger.json", with: sound)
    }
  }
}
