package import Planner

extension BucketKind {
  package func problems(of resource: Resource) -> [PropertyProblem] {
    nameProblems(resource.name ?? "") + notificationProblems(resource["notifications"]?.list ?? [])
      + accelerationProblems(of: resource)
      + PolicyText.problems(in: resource["policy"], at: ["policy"], of: .resource)
  }

  package func problems(of resource: Resource, in stack: Stack) -> [PropertyProblem] {
    PolicyQuota.bucket.problems(of: resource) + receiverProblems(of: resource, in: stack)
  }

  private func receiverProblems(of resource: Resource, in stack: Stack) -> [PropertyProblem] {
    (resource["notifications"]?.list ?? []).enumerated().flatMap { position, entry in
      ["lambda", "queue", "topic"].compactMap { receiver in
        stack.foreignReceiverProblem(
          entry[receiver], at: ["notifications", String(position), receiver], from: resource,
          service: "s3.amazonaws.com")
      }
    }
  }

  /// "Requirements for using Transfer Acceleration" in the S3 user guide.
  private func accelerationProblems(of resource: Resource) -> [PropertyProblem] {
    guard resource["accelerate"] == true, resource.name?.contains(".") == true else { return [] }
    return [
      PropertyProblem(
        ["accelerate"], "Options that don't go together",
        "A bucket with a dot in its name can't be accelerated.", fix: "Give it a name without dots.")
    ]
  }

  /// "Bucket naming rules" in the S3 user guide, beyond the signs that the schema allows.
  private func nameProblems(_ name: String) -> [PropertyProblem] {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    let isAddress = parts.count == 4 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
    let reason: String? =
      if name.contains("..") {
        "two dots can't follow each other"
      } else if isAddress {
        "it can't look like an IP address"
      } else if let prefix = ["xn--", "sthree-", "amzn-s3-demo-"].first(where: name.hasPrefix) {
        "names that begin with \(prefix) are AWS's own"
      } else if let suffix = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"].first(
        where: name.hasSuffix)
      {
        "names that end with \(suffix) are AWS's own"
      } else {
        nil
      }
    guard let reason else { return [] }
    return [PropertyProblem(["name"], "Not a bucket's name", "\"\(name)\" can't be one: \(reason).")]
  }

  private func notificationProblems(_ entries: [Value]) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    for (position, entry) in entries.enumerated() {
      let path = ["notifications", String(position)]
      for receiver in ["lambda", "queue", "topic"] where entry[receiver]?.string?.hasSuffix(".fifo") == true {
        problems.append(
          PropertyProblem(
            path + [receiver], "Receiver is FIFO", "S3 can't send notifications to a FIFO \(receiver).",
            fix: "Use a standard \(receiver)."))
      }
      if let other = entries[..<position].firstIndex(where: { overlaps($0, entry) }) {
        problems.append(
          PropertyProblem(
            path, "Overlapping notifications",
            "One object's event would match this and the notification number \(other + 1); S3 sends each to one receiver.",
            fix:
              "Give them different events, prefixes or suffixes, or send to a topic with both as subscribers."
          ))
      }
    }
    return problems
  }

  private func overlaps(_ one: Value, _ other: Value) -> Bool {
    func text(_ entry: Value, _ name: String) -> String? {
      if entry[name]?.isPending == true { return nil }
      return entry[name]?.string ?? ""
    }
    guard let prefix = text(one, "prefix"), let otherPrefix = text(other, "prefix"),
      let suffix = text(one, "suffix"), let otherSuffix = text(other, "suffix"),
      prefix.hasPrefix(otherPrefix) || otherPrefix.hasPrefix(prefix),
      suffix.hasSuffix(otherSuffix) || otherSuffix.hasSuffix(suffix)
    else { return false }
    let events = (one["events"]?.list ?? []).compactMap(\.string)
    let others = (other["events"]?.list ?? []).compactMap(\.string)
    return events.contains { event in others.contains { covers(event, $0) || covers($0, event) } }
  }

  /// Whether an event is another one or a group that holds it, as `s3:ObjectCreated:*`.
  private func covers(_ event: String, _ other: String) -> Bool {
    event == other || (event.hasSuffix("*") && other.hasPrefix(event.dropLast()))
  }
}
