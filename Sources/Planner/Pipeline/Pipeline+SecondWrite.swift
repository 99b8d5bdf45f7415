extension Pipeline {
  /// Writes once more what the read after the run lacks, and reads that again.
  ///
  /// It shows whether the endpoint does not return a property, or answered by success to a write that it did not
  /// carry out. In the second case what is like the example was not carried out either, and is looked at itself. What
  /// can't be changed in place is left as it is: to write it again would replace the resource.
  func secondWrite(_ aftermath: inout Aftermath, _ run: SecondWrite) async {
    var addresses = aftermath.examples.chosen
    while !addresses.isEmpty {
      let lacking = lacking(addresses, in: aftermath, of: run.planned)
      guard learnsWhatIsNotReturned else {
        aftermath.doubtful.merge(lacking) { $1 }
        return
      }
      let written = await write(lacking, &aftermath, run)
      await look(at: written, &aftermath, run.planned)
      let returned = written.filter { address in
        guard let live = aftermath.reread.live[address] else { return false }
        return lacking[address]?.contains { !live.lacks($0) } ?? false
      }
      addresses = aftermath.examples.chooseStandIns(of: returned)
      await look(at: addresses, &aftermath, run.planned)
    }
  }

  /// What a second write needs to know of its run.
  struct SecondWrite {
    let planned: Planned
    let writer: any LiveWriter
    let stop: StopRequest
    let isLockHeld: LockCheck

    func isAllowed() async -> Bool {
      guard await !stop.isStopping else { return false }
      return await isLockHeld()
    }
  }

  /// By address: what the run wrote in place, the read after it lacks, and nobody knew to be so.
  private func lacking(
    _ addresses: Set<Address>, in aftermath: Aftermath, of planned: Planned
  ) -> [Address: Set<String>] {
    let steps = Dictionary(grouping: planned.plan.steps, by: \.address)
    var lacking: [Address: Set<String>] = [:]
    for address in addresses {
      guard let live = aftermath.reread.live[address], let resource = aftermath.examples.made[address],
        let schema = registry[resource.section]?.schema
      else { continue }
      let known = planned.ledger.records[address]?.unreported ?? []
      let names = schema.unreported((steps[address] ?? []).written, of: resource, in: live)
        .subtracting(known).filter { schema.property($0)?.change == .inPlace }
      if !names.isEmpty { lacking[address] = names }
    }
    return lacking
  }

  /// What the endpoint refuses to take a second time it took the first time, and does not return: no doubt is left of it.
  ///
  /// - Returns: what was written. What may or may not have been carried out stays doubtful.
  private func write(
    _ lacking: [Address: Set<String>], _ aftermath: inout Aftermath, _ run: SecondWrite
  ) async -> Set<Address> {
    var written: Set<Address> = []
    for (address, names) in lacking.sorted(by: { $0.key < $1.key }) {
      guard let live = aftermath.reread.live[address], let resource = aftermath.examples.made[address] else {
        continue
      }
      guard await run.isAllowed() else {
        aftermath.doubtful[address] = names
        continue
      }
      let update = Update(
        live: live, resource: resource, owner: Owner(stack: run.planned.stack.name, address: address),
        changed: names, artifacts: run.planned.stack.artifacts)
      do throws(ProviderError) {
        aftermath.execution.renew(try await run.writer.update(update), of: address)
        written.insert(address)
      } catch {
        let isRefused = [.invalid, .unsupported, .alreadyExists].contains(error.kind)
        if error.mayHaveBeenApplied || !isRefused { aftermath.doubtful[address] = names }
      }
    }
    return written
  }

  /// Reads these once more into the aftermath.
  func look(at addresses: Set<Address>, _ aftermath: inout Aftermath, _ planned: Planned) async {
    guard !addresses.isEmpty else { return }
    let (again, halfRead) = await reread(aftermath.examples.only(addresses), of: planned)
    aftermath.halfRead.subtract(addresses)
    aftermath.halfRead.formUnion(halfRead)
    for address in addresses {
      aftermath.reread.live[address] = again.live[address]
      aftermath.reread.failures[address] = again.failures[address]
    }
  }
}
