import Planner
import Testing

/// References between resources, in whichever order they stand.
@Suite struct ReferenceTests {
  @Test func `what is known early is known through a chain and against the order of the file`() throws {
    let yaml = """
      stack: shop
      roles:
        last: { path: "/${roles.middle.name}/" }
        middle: { name: "m-${profile.name}", path: "/${roles.first.name}/" }
        first: {}
      outputs:
        arn: "${roles.last.arn}"
      """
    let stack = try resolved(yaml)
    #expect(stack.resources.map(\.address.name) == ["last", "middle", "first"])
    #expect(stack.outputs[0].value == "arn:aws:iam::000000000000:role/m-local/last")
  }

  @Test func `two resources may know each other where both are known early`() throws {
    let yaml = """
      stack: shop
      queues:
        a: { policy: { Statement: { Effect: Allow, Action: "sqs:*", Resource: "${queues.b.arn}" } } }
        b: { policy: { Statement: { Effect: Allow, Action: "sqs:*", Resource: "${queues.a.arn}" } } }
      """
    let stack = try resolved(yaml)
    for (name, other) in [("a", "b"), ("b", "a")] {
      let queue = try #require(stack[Address("queues", name)])
      #expect(
        queue["policy"]?["Statement"]?["Resource"] == .string("arn:aws:sqs:us-east-1:000000000000:\(other)"))
      #expect(queue.references.map(\.isSoft) == [true])
    }
  }

  @Test func `a resource may use what is known of itself before it is there`() throws {
    let yaml = """
      stack: shop
      queues:
        jobs: { policy: { Statement: { Effect: Allow, Action: "sqs:*", Resource: "${queues.jobs.arn}" } } }
      """
    let queue = try #require(try resolved(yaml)[Address("queues", "jobs")])
    #expect(queue["policy"]?["Statement"]?["Resource"] == "arn:aws:sqs:us-east-1:000000000000:jobs")
    #expect(queue.references.isEmpty)
  }

  @Test func `without an account ARNs stay pending and names are known`() throws {
    var target = sampleTarget
    target.account = nil
    let stack = try resolved(
      "stack: shop\nqueues: { jobs: {} }\noutputs: { arn: \"${queues.jobs.arn}\", name: \"${queues.jobs.name}\" }",
      target: target)
    #expect(stack.outputs[0].value.isPending)
    #expect(stack.outputs[1].value == "jobs")
  }

  @Test func `the file may refer to what Stackform derives`() throws {
    let yaml = """
      stack: shop
      lambdas:
        worker: { code: code, runtime: python3.12 }
        other: { code: code, runtime: python3.12, environment: { ROLE: "${lambdas.worker.role.arn}" }, dependsOn: lambdas.worker.role }
      outputs: { role: "${lambdas.worker.role.name}" }
      """
    let stack = try resolved(yaml, others: ["code/app.py": ""])
    let other = try #require(stack[Address("lambdas", "other")])
    #expect(other["environment"]?["ROLE"] == "arn:aws:iam::000000000000:role/shop-worker")
    #expect(
      other.references.first { $0.path == "environment.ROLE" }
        == Reference(
          Address("lambdas", "worker", part: "role"), attribute: "arn", property: "environment",
          path: "environment.ROLE", isSoft: true))
    #expect(stack.outputs[0].value == "shop-worker")
  }

  @Test func `names are the entry's behind the prefix, with the suffix of its kind`() throws {
    var target = sampleTarget
    target.namePrefix = "dev-"
    let yaml = """
      stack: shop
      variables: { ordered: true }
      queues:
        plain:
        ordered: { fifo: "${var.ordered}" }
        named: { name: "x-${profile.account}" }
      """
    let stack = try resolved(yaml, target: target)
    #expect(stack.resources.map(\.name) == ["dev-plain", "dev-ordered.fifo", "x-000000000000"])
  }

  @Test func `a text keeps its zeros and its words`() throws {
    let yaml = """
      stack: shop
      lambdas:
        worker:
          code: code
          runtime: python3.12
          environment: { ACCOUNT: 000000000000, ON: yes, YES: true, HEX: 0x1F, HALF: 1.50, DATE: 2024-01-31 }
          rate: "0.5"
          timeout: "60"
      """
    let worker = try #require(try resolved(yaml, others: ["code/app.py": ""])[Address("lambdas", "worker")])
    #expect(
      worker["environment"] == [
        "ACCOUNT": "000000000000", "ON": "yes", "YES": "true", "HEX": "0x1F", "HALF": "1.50",
        "DATE": "2024-01-31",
      ])
    #expect(worker["timeout"] == 60)
    #expect(worker["rate"] == .number(0.5))
  }

  @Test func `included files are part of the stack, their paths relative to themselves`() throws {
    let stack = try resolved(
      "stack: shop\ninclude: [parts/lambdas.yaml, parts/more.yaml]\ntags: { a: b }\nqueues: { jobs: {} }\n",
      others: [
        "parts/lambdas.yaml":
          "include: more.yaml\nlambdas: { worker: { code: worker, runtime: python3.12 } }\n",
        "parts/more.yaml": "queues: { more: {} }\noutputs: { jobs: \"${queues.jobs.name}\" }\n",
        "parts/worker/app.py": "",
      ])
    #expect(
      stack.resources.map(\.address.description).sorted() == [
        "lambdas.worker", "lambdas.worker.role", "queues.jobs", "queues.more",
      ])
    #expect(stack[Address("lambdas", "worker")]?["code"] == "parts/worker")
    #expect(stack.outputs.map(\.value) == ["jobs"])
  }

  @Test func `universal keys are decoded`() throws {
    let yaml = """
      stack: shop
      variables: { guard: true }
      queues:
        a:
          protect: "${var.guard}"
          adopt: true
          ignoreChanges: [visibilityTimeout, tags.team]
          dependsOn: [queues.b]
        b: {}
      """
    let queue = try #require(try resolved(yaml)[Address("queues", "a")])
    #expect(queue.isProtected && queue.adopts)
    #expect(queue.ignoredChanges == ["visibilityTimeout", "tags.team"])
    #expect(queue.dependsOn == [Address("queues", "b")])
  }
}
