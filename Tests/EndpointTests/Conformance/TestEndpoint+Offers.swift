/// What an endpoint has at all, as the samples say it and the suite tries it.
extension TestEndpoint {
  /// Whether it has the section's kind; false where every sample of the section is a defect as a whole.
  func offers(_ section: String) -> Bool {
    let samples = KindSamples.all.filter { $0.section == section }
    return samples.isEmpty || !samples.allSatisfy { $0.isLacking(on: self) }
  }

  /// Whether it has APIs of both protocols.
  var offersHTTPApis: Bool { !KindSample.httpApi.isLacking(on: self) }
}
