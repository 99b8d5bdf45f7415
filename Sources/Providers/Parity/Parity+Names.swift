import Planner

extension Parity {
  /// A bucket's name is one of a kind in a whole partition: "General purpose bucket naming rules" in the
  /// Amazon S3 User Guide. Emulators keep one space of names for all their accounts, too: a second account is
  /// answered 409 BucketAlreadyExists.
  static func bucketNames(_ move: ParityMove) -> [Diagnostic] {
    let buckets = move.all("buckets")
    if isOneSpace(move) {
      let same = buckets.filter { bucket in
        guard let name = bucket.name else { return false }
        return name == sourceName(of: bucket, move)
      }
      return move.warning(
        of: same, "Bucket names are taken",
        fix: "Give each profile a namePrefix, or put ${profile.account} into the bucket's name."
      ) {
        "bucket names are one space for all accounts, and the profile \"\(move.source.profile)\" has \($0) under the same name already."
      }
    }
    guard move.leavesEmulator else { return [] }
    let plain = buckets.filter { bucket in
      guard let name = bucket.name else { return false }
      let marks = [move.target.account, move.target.namePrefix.isEmpty ? nil : move.target.namePrefix]
      return !marks.compactMap(\.self).contains(where: name.contains)
    }
    return move.warning(
      of: plain, "Bucket names may be taken",
      fix: "Put ${profile.account} into the name, or give the profile a namePrefix of your own."
    ) {
      "on AWS no two buckets of the world have the same name; \($0) ha\(plain.count == 1 ? "s" : "ve") one that anybody may have taken."
    }
  }

  /// Whether both places draw their bucket names from the same pool, and are not the same place.
  private static func isOneSpace(_ move: ParityMove) -> Bool {
    guard move.source.account != move.target.account || move.source.region != move.target.region else {
      return false
    }
    if move.source.isAWS, move.target.isAWS { return move.source.partition == move.target.partition }
    return !move.source.isAWS && move.source.endpoint == move.target.endpoint
  }

  /// The name that the same entry has in the source, as far as it is known: with the source's account, region
  /// and prefix.
  private static func sourceName(of bucket: Resource, _ move: ParityMove) -> String {
    var name = bucket.name ?? ""
    if !move.target.namePrefix.isEmpty, name.hasPrefix(move.target.namePrefix) {
      name = String(name.dropFirst(move.target.namePrefix.count))
    }
    if let account = move.target.account, let other = move.source.account {
      name = name.replacing(account, with: other)
    }
    return move.source.namePrefix + name.replacing(move.target.region, with: move.source.region)
  }

  /// "You must wait 60 seconds after deleting a queue before you can create another with the same name":
  /// DeleteQueue and CreateQueue in the Amazon SQS API Reference. Both emulators allow it at once.
  static func deletedQueues(_ move: ParityMove) -> [Diagnostic] {
    guard move.leavesEmulator else { return [] }
    let queues = move.all("queues")
    return move.warning(
      of: queues, "Queue names rest for a minute",
      fix:
        "Expect a minute's wait (Stackform waits by itself) when one is replaced, or destroyed and made again."
    ) { "AWS refuses a queue's name for 60 seconds after its deletion, and emulators don't: \($0)." }
  }
}
