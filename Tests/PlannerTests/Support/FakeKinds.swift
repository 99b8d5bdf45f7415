@testable import Planner

/// A kind with a name of its own choosing, a property that changes in place, one that replaces, and a late attribute.
struct ThingKind: ResourceKind {
  let schema = Schema(
    section: "things", kind: "thing", title: "Thing", summary: "A thing.",
    naming: Naming(TextRule(length: 1...60)),
    properties: [
      Property("size", .integer(0...1000), default: 1, "How large."),
      Property("color", .text, change: .replaces, "Which color."),
      Property("label", .text, "What it says."),
      Property("uses", .list(.text), "What it needs to be there."),
      Property("mentions", .list(.text), need: .value, "What it only names."),
      Property("password", .text, secret: true, "What nobody sees."),
      Property("motto", .text, readAsWanted: true, "What is returned as the file spells it."),
      Property("owner", .string(TextRule(core: .between(":iam::", ":root"))), "Whose it is."),
      Property("pin", .text, secret: true, writeOnly: true, "What is never returned."),
      Property("doors", .map(.text), withdrawsLast: true, "What others come in by."),
      Property("policy", .policy, need: .value, "Who may do what with it."),
    ],
    attributes: [
      Attribute("name", early: true, "Its name."), Attribute("arn", early: true, "Its ARN."),
      Attribute("serial", early: false, "What the service counted."),
    ], example: "things:\n  one: {}")

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    guard let name = resource.name else { return [:] }
    return ["name": .string(name), "arn": .string("arn:\(name)")]
  }
}

/// A kind that holds data, and whose id the service gives: found by its owner or its id.
struct VaultKind: ResourceKind {
  let schema = Schema(
    section: "vaults", kind: "vault", title: "Vault", summary: "A vault.", naming: nil, holdsData: true,
    properties: [
      Property("size", .integer(0...1000), default: 1, "How large."),
      Property("inside", .text, change: .replaces, boundTo: "things", "The thing it lives in."),
      Property("serialOf", .text, "The serial of a thing."),
    ],
    attributes: [Attribute("id", early: false, "Its id.")], example: "vaults:\n  one: {}")

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] { [:] }
}

/// A kind whose name is not unique, as an API's: found by its id or its owner, and replaced by making the new one first.
struct GateKind: ResourceKind {
  let schema = Schema(
    section: "gates", kind: "gate", title: "Gate", summary: "A gate.",
    naming: Naming(TextRule(length: 1...60), isIdentity: false),
    properties: [
      Property("size", .integer(0...1000), default: 1, "How large."),
      Property("color", .text, change: .replaces, "Which color."),
    ],
    attributes: [Attribute("id", early: false, "Its id.")], example: "gates:\n  one: {}")

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] { [:] }
}

/// A kind of revisions, as an ECS task definition.
struct FormKind: ResourceKind {
  let schema = Schema(
    section: "forms", kind: "form", title: "Form", summary: "A form.",
    naming: Naming(TextRule(length: 1...60), isIdentity: false, change: .replaces), isRevised: true,
    properties: [Property("text", .text, change: .replaces, "What it says.")],
    attributes: [
      Attribute("id", early: false, "The revision's id."), Attribute("name", early: true, "Its name."),
    ], example: "forms:\n  one: {}")

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    resource.name.map { ["name": .string($0)] } ?? [:]
  }
}

/// A kind whose id the service gives, and whose name nothing else can have, as a security group: what another one refers
/// to can't be deleted.
struct RoomKind: ResourceKind {
  let schema = Schema(
    section: "rooms", kind: "room", title: "Room", summary: "A room.",
    naming: Naming(
      TextRule(length: 1...60), isIdentity: false, isUnique: true, change: .replaces, ignoresCase: true),
    heldBy: ["rooms": ["beside"]],
    properties: [
      Property("size", .integer(0...1000), default: 1, "How large."),
      Property("color", .text, change: .replaces, "Which color."),
      Property("beside", .text, "The id of the room next to it."),
    ],
    attributes: [Attribute("id", early: false, "Its id."), Attribute("name", early: true, "Its name.")],
    example: "rooms:\n  one: {}")

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    resource.name.map { ["name": .string($0)] } ?? [:]
  }
}

/// A kind without names and tags, as a subscription: found by what is in it.
struct LinkKind: ResourceKind {
  let schema = Schema(
    section: "links", kind: "link", title: "Link", summary: "A link.", naming: nil, isTaggable: false,
    uniqueBy: ["to"], roomBy: ["to"],
    properties: [
      Property("to", .text, required: true, change: .replaces, "Where it goes."),
      Property("size", .integer(0...1000), default: 1, "How large."),
    ],
    attributes: [Attribute("id", early: false, "Its id.")], example: "links:\n  one: { to: there }")

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] { [:] }
}

/// A kind that lets one thing reach another, as a permission.
struct PassKind: ResourceKind {
  let schema = Schema(
    section: "passes", kind: "pass", title: "Pass", summary: "A pass.", naming: nil, isTaggable: false,
    roomBy: ["from", "to"], enables: ["to"],
    properties: [
      Property("from", .text, required: true, change: .replaces, boundTo: "things", "What may be reached."),
      Property("to", .text, required: true, change: .replaces, "What may reach it."),
    ],
    attributes: [Attribute("id", early: false, "Its id.")], example: "passes:\n  one: { from: a, to: b }")

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] { [:] }
}

/// A kind without names of which there may be any number that are alike, as a KMS key.
struct CipherKind: ResourceKind {
  let schema = Schema(
    section: "ciphers", kind: "cipher", title: "Cipher", summary: "A cipher.", naming: nil, holdsData: true,
    hasRoom: true, properties: [Property("spec", .text, change: .replaces, "What sort it is.")],
    attributes: [Attribute("id", early: false, "Its id.")], example: "ciphers:\n  one: {}")

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] { [:] }
}

let fakeRegistry = KindRegistry([
  ThingKind(), VaultKind(), GateKind(), FormKind(), RoomKind(), LinkKind(), PassKind(), CipherKind(),
])
let fakeTarget = Target(account: "123456789012", region: "eu-west-1", isDisposable: true)

/// Not cryptographic: good enough to tell values apart in tests.
func fakeDigest(_ text: String) -> String {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return String(hash, radix: 16)
}

func fakeFingerprinter(_ salt: String) -> Fingerprinter { Fingerprinter(salt: salt, digest: fakeDigest) }

/// A thing as a decoder would have made it: references recorded, pending where late.
func thing(_ name: String, _ properties: [String: Value] = [:], needs: [String] = [], mentions: [String] = [])
  -> Resource
{
  var resource = Resource(Address("things", name), name: name, properties: properties)
  for (index, other) in needs.enumerated() {
    resource.references.append(
      Reference(Address("things", other), attribute: "arn", property: "uses", path: "uses.\(index)"))
  }
  for (index, other) in mentions.enumerated() {
    resource.references.append(
      Reference(
        Address("things", other), attribute: "arn", property: "mentions", path: "mentions.\(index)",
        isSoft: true))
  }
  if !needs.isEmpty { resource.properties["uses"] = .list(needs.map { .string("arn:\($0)") }) }
  if !mentions.isEmpty { resource.properties["mentions"] = .list(mentions.map { .string("arn:\($0)") }) }
  return resource
}

func vault(_ name: String, serialOf other: String, size: Int? = nil) throws -> Resource {
  var resource = Resource(Address("vaults", name))
  resource.properties["serialOf"] = .pending(try Template(parsing: "${things.\(other).serial}"))
  if let size { resource.properties["size"] = .integer(size) }
  resource.references = [
    Reference(Address("things", other), attribute: "serial", property: "serialOf", path: "serialOf")
  ]
  return resource
}

func stack(_ resources: [Resource], outputs: [Output] = []) -> Stack {
  Stack(name: "test", target: fakeTarget, resources: resources, outputs: outputs)
}
