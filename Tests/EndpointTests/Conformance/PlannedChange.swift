import Planner
import Providers

/// A change of a sample's subject, planned but not applied: what it is meant to change, and what the plan shows.
struct PlannedChange {
  /// Completes "after …": `the change of delaySeconds`.
  let what: String
  /// The properties of the subject that are meant to change.
  let names: Set<String>
  let yaml: String
  let planned: Pipeline.Planned
  let subject: Address
  let schema: Schema
  /// ``derived`` of the plans before it.
  let formerlyDerived: Set<[String]>

  var plan: Plan { planned.plan }
  var change: ResourceChange? { plan.changes.first { $0.address == subject } }

  /// The subject's properties that the plan shows, without those that have a reason in something else.
  var shown: Set<String> {
    Set((change?.properties ?? []).filter { $0.derivedBecause == nil }.compactMap(\.path.first))
  }

  /// Those that are meant to change and can be seen. What only Stackform reads (`local`) shows in what it
  /// makes of it (`derived`).
  var visible: Set<String> { names.filter { schema.property($0)?.isLocal != true } }

  /// What the plan says that others changed, though nobody did. Of what failed to be read after its write nothing is known.
  var falselyBlamed: [String] {
    plan.changes.flatMap { change in
      change.properties.filter { $0.cause == .cloud || $0.cause == .both }.map {
        "\(change.address).\($0.path.joined(separator: ".")) is said to be changed from outside"
      }
    }
  }

  /// What shows and is not meant to change.
  var strays: Set<String> {
    shown.subtracting(names).filter { visible == names || schema.property($0)?.isDerived != true }
  }

  /// What was derived by this plan or one before it, as address and property.
  var derived: Set<[String]> {
    formerlyDerived.union(
      plan.changes.flatMap { change in
        change.properties.filter { $0.derivedBecause != nil }.map { Self.place($0, of: change) }
      })
  }

  /// What else changes: resources of the file, but for the subject and what is derived from it, be it a property of
  /// theirs. That comes, changes, or goes when nothing asks for it any more, as a queue's `policy` with the bucket's notification
  /// that it lets in: then no plan says any more why it was there.
  var others: [String] {
    let derived = derived
    return plan.changes.filter { change in
      change.action != .keep && change.address.declared != subject
        && !(change.action == .update
          && change.properties.allSatisfy { derived.contains(Self.place($0, of: change)) })
    }.map(\.address.description)
  }

  private static func place(_ property: PropertyChange, of change: ResourceChange) -> [String] {
    [change.address.description, property.path.first ?? ""]
  }

  /// Whether this plan would have shown that the change before it has not settled.
  ///
  /// A plan compares every declared property, so what shows beyond its own change was left over. It can't
  /// tell where both change the same property, where anything else shows (what is left over may hide in what
  /// is derived), and where another name makes another resource of the subject: then nothing is compared.
  func proves(_ last: PlannedChange) -> Bool {
    let isRenamed = schema.naming?.isIdentity == true && shown.contains("name")
    let isAlone = plan.changes.allSatisfy { change in
      change.action == .keep
        || change.address == subject && change.reason == nil
          && change.properties.allSatisfy { names.contains($0.path.first ?? "") && $0.derivedBecause == nil }
    }
    return isAlone && !isRenamed && visible == names && names.isDisjoint(with: last.names)
  }
}
