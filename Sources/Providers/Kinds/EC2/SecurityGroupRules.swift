import Foundation
import Planner

/// The rules of one direction of a security group: their shape, and how EC2 spells them. Each of ours names one peer;
/// EC2 groups those that differ in nothing else.
struct SecurityGroupRules: Sendable {
  let property: String
  /// The field of the answer that holds them.
  private let field: String
  /// Whoever is on the other side, by the property that names it.
  private let peers: [Peer]

  private struct Peer: Sendable {
    let property: String
    /// The list of a permission that has it, and its field there.
    let list: String
    let field: String
    let shape: Shape
    let summary: String
  }

  private static let ingressProperty = "securityGroupIngress"
  static let ingress = SecurityGroupRules(
    property: ingressProperty, field: "ipPermissions", peers: peers(prefix: "source"))
  static let egress = SecurityGroupRules(
    property: "securityGroupEgress", field: "ipPermissionsEgress", peers: peers(prefix: "destination"))

  private static func peers(prefix: String) -> [Peer] {
    [
      Peer(
        property: "cidrIp", list: "IpRanges", field: "CidrIp",
        shape: .string(TextRule(pattern: "[0-9.]+/[0-9]{1,2}", says: "an IPv4 range, as 10.0.0.0/8")),
        summary: "An IPv4 range."),
      Peer(
        property: "cidrIpv6", list: "Ipv6Ranges", field: "CidrIpv6",
        shape: .string(
          TextRule(pattern: "[0-9a-f:.]+/[0-9]{1,3}", says: "an IPv6 range in lower case, as ::/0")),
        summary: "An IPv6 range."),
      Peer(
        property: "\(prefix)PrefixListId", list: "PrefixListIds", field: "PrefixListId", shape: .text,
        summary: "The id of a prefix list."),
      Peer(
        property: "\(prefix)SecurityGroupId", list: "Groups", field: "GroupId", shape: .text,
        summary: "The id of a security group; `self` is this one."),
    ]
  }

  var members: [Property] {
    [
      Property(
        "ipProtocol",
        .string(
          TextRule(
            pattern: "tcp|udp|icmp|icmpv6|-1|[0-9]{1,3}",
            says: "tcp, udp, icmp, icmpv6, a number, or -1 for all")),
        required: true, "The protocol."),
      Property("fromPort", .integer(-1...65_535), "The first port, or the ICMP type; -1 for all types."),
      Property("toPort", .integer(-1...65_535), "The last port, or the ICMP code; -1 for all codes."),
    ] + peers.map { Property($0.property, $0.shape, $0.summary) }
      + (property == Self.ingressProperty ? [Self.sourceOwnerMember] : []) + [
        Property("description", .string(SecurityGroupKind.descriptionRule), "What the rule is for.")
      ]
  }

  private static let source = "sourceSecurityGroupId"
  private static let sourceOwner = "sourceSecurityGroupOwnerId"
  private static let sourceOwnerMember = Property(
    sourceOwner, .string(TextRule(pattern: "[0-9]{12}", says: "an account of twelve digits")),
    "The account of that security group, where it is another one.")

  static let relations = [ingress, egress].flatMap(\.relations)

  private var relations: [Relation] {
    let named = peers.map { Condition.set($0.property) }
    let owner =
      property == Self.ingressProperty
      ? Relation.inside("\(property).*", .needs(.set(Self.sourceOwner), .set(Self.source))) : []
    return owner
      + Relation.inside(
        "\(property).*", Relation(.choice(named, 1...1, when: nil), because: "A rule is about one peer."),
        .needs(.value("ipProtocol", "tcp", "udp", "icmp", "icmpv6"), "fromPort", "toPort"),
        .goesWith(
          ["fromPort", "toPort"], .value("ipProtocol", "tcp", "udp", "icmp", "icmpv6"),
          because: "Other protocols have no ports."))
  }

  // MARK: The wire

  func facet(add: Operation<Writes>, remove: Operation<Writes>, change: Operation<Writes>) -> Facet {
    Facet(
      properties: [property],
      set: FacetSet(
        add: add, remove: remove, change: change, field: "IpPermissions", apart: ["description"],
        wire: Self.permission, full: EC2.rulesExceeded, remakes: Self.isRemade))
  }

  /// Whether the target does not change the description of such a rule.
  @Sendable private static func isRemade(_ rule: Value, in target: Target) -> Bool {
    if target.has(.lacksChangesOfRuleDescriptions) { return true }
    let hasGroup = (ingress.peers + egress.peers).contains { peer in
      peer.list == "Groups" && !(rule[peer.property] ?? .null).isNull
    }
    return target.has(.keepsRuleDescriptions) && (hasGroup || (rule["description"] ?? .null).isNull)
  }

  /// A rule as EC2 takes it; `id` is the group's own. The group's own account is not said: that says nothing.
  @Sendable static func permission(_ rule: Value, id: String, in target: Target) -> Value {
    var permission: [String: Value] = [:]
    for (field, property) in ["IpProtocol": "ipProtocol", "FromPort": "fromPort", "ToPort": "toPort"] {
      if let value = rule[property], !value.isNull { permission[field] = value }
    }
    for peer in ingress.peers + egress.peers {
      guard let value = rule[peer.property], !value.isNull else { continue }
      var entry = [peer.field: value == "self" ? .string(id) : value]
      if let text = rule["description"], !text.isNull { entry["Description"] = text }
      if peer.property == source, let owner = rule[sourceOwner]?.string, owner != target.account {
        entry["UserId"] = .string(owner)
      }
      permission[peer.list] = [.map(entry)]
    }
    return .map(permission)
  }

  /// The rules that a described group has, one for each peer, as EC2 spells them.
  func read(_ group: Value) -> [Value] {
    group.items(at: field).flatMap { permission in
      peers.flatMap { peer in
        permission.items(at: peer.list.prefix(1).lowercased() + peer.list.dropFirst()).compactMap { entry in
          let field = peer.field.prefix(1).lowercased() + peer.field.dropFirst()
          guard let value = entry[String(field)]?.string else { return nil }
          var rule: [String: Value] = [peer.property: .string(value)]
          rule["ipProtocol"] = permission["ipProtocol"]
          for port in ["fromPort", "toPort"] {
            rule[port] = permission[port]?.string.flatMap { Int($0) }.map(Value.integer)
          }
          rule["description"] = entry["description"]
          if peer.property == Self.source { rule[Self.sourceOwner] = entry["userId"] }
          return .map(rule)
        }
      }
    }
  }

  /// The rules with the group itself called `self` and the group's own account not named, unless the file spells one out.
  /// `id` is the group's own.
  func spelled(_ rules: [Value], as wanted: Resource?, id: String, in target: Target) -> [Value] {
    let declared = (wanted?[property]?.list ?? []).map(Self.identity)
    return rules.map { rule in
      guard let members = rule.map else { return rule }
      var spellings = [members]
      for peer in peers where members[peer.property] == .string(id) {
        spellings += spellings.map { $0.merging([peer.property: "self"]) { $1 } }
      }
      if let owner = members[Self.sourceOwner]?.string, owner == target.account {
        spellings += spellings.map { $0.filter { $0.key != Self.sourceOwner } }
      }
      let short = spellings[spellings.count - 1]
      let isDeclared = { (spelling: [String: Value]) in declared.contains { Self.may($0, be: spelling) } }
      return .map(spellings.first(where: isDeclared) ?? short)
    }
  }

  /// Whether a declared rule is this one, as far as it is known before apply.
  private static func may(_ declared: [String: Value], be rule: [String: Value]) -> Bool {
    let rule = identity(.map(rule))
    return declared.keys == rule.keys && declared.allSatisfy { $1.isPending || $1 == rule[$0] }
  }

  /// What makes a rule another one: all but its description.
  private static func identity(_ rule: Value) -> [String: Value] {
    (rule.map ?? [:]).filter { $0.key != "description" && !$0.value.isNull }
  }

  // MARK: Problems

  /// Rules whose missing descriptions are said to be none: so one that is taken out is removed.
  func completed(_ rules: Value) -> Value {
    guard let list = rules.list else { return rules }
    return .list(
      list.map { rule in
        guard let members = rule.map, members["description"] == nil else { return rule }
        return .map(members.merging(["description": .null]) { $1 })
      })
  }

  /// What EC2 would spell otherwise, so that every plan showed it again; and rules that it takes for one.
  func problems(of resource: Resource) -> [PropertyProblem] {
    var seen: Set<[String: Value]> = []
    return (resource[property]?.list ?? []).enumerated().flatMap { position, rule -> [PropertyProblem] in
      let path = [property, String(position)]
      var problems: [PropertyProblem] = []
      let identity = Self.identity(rule)
      if !identity.isEmpty, !seen.insert(identity).inserted {
        problems.append(
          PropertyProblem(
            path, "Rule given twice", "EC2 takes rules that differ in their descriptions alone for one.",
            fix: "Leave one of them."))
      }
      if let name = Self.names[rule["ipProtocol"]?.string ?? ""] {
        problems.append(
          PropertyProblem(
            path + ["ipProtocol"], "Protocol by its number", "EC2 calls it \(name).", fix: "Write \(name)."))
      }
      for (member, version) in [("cidrIp", "IPv4"), ("cidrIpv6", "IPv6")] {
        guard let range = rule[member]?.string, let flaw = Self.flaw(of: range, isIPv6: version == "IPv6")
        else {
          continue
        }
        problems.append(
          PropertyProblem(path + [member], "Bad \(version) range", flaw.detail, fix: flaw.fix))
      }
      if let from = rule["fromPort"]?.integer, let to = rule["toPort"]?.integer, from > to,
        ["tcp", "udp"].contains(rule["ipProtocol"]?.string)
      {
        problems.append(
          PropertyProblem(
            path + ["toPort"], "Ports out of order", "\(from) to \(to) is no range.",
            fix: "Write the lower one as fromPort."))
      }
      return problems
    }
  }

  private static let names = ["1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"]

  /// EC2 keeps a range in its canonical form (`IpRange` and `Ipv6Range` in the EC2 API reference).
  private static func flaw(of range: String, isIPv6: Bool) -> (detail: String, fix: String)? {
    let (family, longest, example) = isIPv6 ? (AF_INET6, 128, "fd00::/8") : (AF_INET, 32, "10.0.0.0/8")
    let halves = range.split(separator: "/").map(String.init)
    var address = [UInt8](repeating: 0, count: longest / 8)
    guard halves.count == 2, let length = Int(halves[1]), (0...longest).contains(length),
      inet_pton(family, halves[0], &address) == 1
    else {
      return (
        "\(range) is no range of addresses.", "Write an address and a length up to \(longest), as \(example)."
      )
    }
    for position in address.indices {
      address[position] &= UInt8(truncatingIfNeeded: 0xFF00 >> min(max(length - position * 8, 0), 8))
    }
    var text = [UInt8](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    text.withUnsafeMutableBytes { room in
      _ = inet_ntop(
        family, address, room.assumingMemoryBound(to: CChar.self).baseAddress, socklen_t(room.count))
    }
    let canonical = String(decoding: text.prefix { $0 != 0 }, as: UTF8.self) + "/\(length)"
    return range == canonical ? nil : ("EC2 spells \(range) as \(canonical).", "Write \(canonical).")
  }
}
