package import Planner

extension BucketKind {
  package func problems(of resource: Resource) -> [PropertyProblem] {
    nameProblems(resource.name ?? "") + notificationProblems(resource["notifications"]?.list ?? [])
      + BucketLifecycle.problems(of: resource)
      + websiteProblems(resource["website"]) + encryptionProblems(resource["encryption"])
      + BucketReplication.problems(of: resource) + BucketObjectLock.problems(of: resource)
      + BucketConfigurations.all.flatMap { $0.problems(of: resource) } + accelerationProblems(of: resource)
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
      let receivers = ["lambda", "queue", "topic"].filter { entry[$0] != nil }
      if receivers.count != 1 {
        problems.append(
          PropertyProblem(
            path, "One receiver is needed",
            "A notification goes to a lambda, a queue or a topic: to one of them."))
      }
      if entry["events"]?.list?.isEmpty == true {
        problems.append(PropertyProblem(path + ["events"], "No events", "A notification needs an event."))
      }
      for receiver in receivers where entry[receiver]?.string?.hasSuffix(".fifo") == true {
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
            fix: "Tell them apart by events, prefix or suffix, or send to a topic that both listen to."))
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

  private func websiteProblems(_ website: Value?) -> [PropertyProblem] {
    guard let website, !website.isEmpty else { return [] }
    if website["redirectAllRequestsTo"] != nil {
      return ["errorDocument", "indexDocument", "routingRules"].filter { website[$0] != nil }.map {
        PropertyProblem(
          ["website", $0], "Options that don't go together",
          "A website that redirects all requests has no \($0).")
      }
    }
    let routing = (website["routingRules"]?.list ?? []).enumerated().flatMap { position, rule in
      routingProblems(rule, at: ["website", "routingRules", String(position)])
    }
    guard website["indexDocument"] == nil else { return routing }
    return routing + [
      PropertyProblem(
        ["website"], "Missing property", "A website needs its indexDocument.",
        fix: "Set indexDocument: index.html.")
    ]
  }

  private func routingProblems(_ rule: Value, at path: [String]) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    if rule["replaceKeyWith"] != nil, rule["replaceKeyPrefixWith"] != nil {
      problems.append(
        PropertyProblem(
          path + ["replaceKeyWith"], "Options that don't go together",
          "A redirection replaces either the whole key or its prefix."))
    }
    let ends = ["hostName", "httpRedirectCode", "protocol", "replaceKeyPrefixWith", "replaceKeyWith"]
    if !ends.contains(where: { rule[$0] != nil }) {
      problems.append(
        PropertyProblem(
          path, "Rule without redirection", "The rule does not tell where the requests go.",
          fix: "Set hostName, protocol, replaceKeyWith, replaceKeyPrefixWith or httpRedirectCode."))
    }
    return problems
  }

  private func encryptionProblems(_ encryption: Value?) -> [PropertyProblem] {
    guard encryption?["sseAlgorithm"] == "AES256", encryption?["kmsMasterKeyId"] != nil else { return [] }
    return [
      PropertyProblem(
        ["encryption", "kmsMasterKeyId"], "Options that don't go together",
        "AES256 uses S3's own keys.", fix: "Set sseAlgorithm: aws:kms, or take kmsMasterKeyId out.")
    ]
  }
}
