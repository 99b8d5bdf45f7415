import Planner

/// What a mapping may say of a queue and what of a stream. Facts: CreateEventSourceMapping in the Lambda API reference.
extension EventMappingKind {
  static let relations = positions + settings + batches

  private static let isOnQueue = Condition.arn("source", of: .queue)
  private static let isFIFO = Condition.text("source", endsWith: ".fifo")

  private static let positions: [Relation] = [
    .needs(
      .arn("source", of: .table, .stream), "startingPosition",
      because: "A stream's mapping must say where it begins: TRIM_HORIZON is all that the stream still has."),
    .excludes("startingPosition", isOnQueue, because: "A queue has no positions to begin at."),
    .needs(.value("startingPosition", "AT_TIMESTAMP"), "startingPositionTimestamp"),
    .goesWith(["startingPositionTimestamp"], .value("startingPosition", "AT_TIMESTAMP")),
    .excludes(
      .value("startingPosition", "AT_TIMESTAMP"), .arn("source", of: .table),
      because: "AT_TIMESTAMP is for Kinesis alone."),
  ]

  private static let settings =
    [
      Relation.excludes(
        EventMappingSettings.ofStreams.map { .set($0) }, isOnQueue,
        because: "A queue's own redrivePolicy says what becomes of failed messages."),
      .goesWith(
        ["maximumConcurrency", "provisionedPollerConfig"], isOnQueue,
        because: "Of a stream, parallelizationFactor says how many calls run at a time."),
      .excludes(
        "provisionedPollerConfig", "maximumConcurrency",
        because: "Provisioned pollers bound by themselves how many calls run."),
      .atMost(
        10, of: "filterCriteria", what: "filters",
        because: "One pattern can hold several values, any of which fits."),
    ]
    + Relation.inside(
      "provisionedPollerConfig", .compared("maximumPollers", .atLeast, "minimumPollers"))

  private static let batches: [Relation] = [
    .excludes(
      .number("maximumBatchingWindowInSeconds", 1...), .all([isOnQueue, isFIFO]),
      because: "A FIFO queue's messages wait for no window."),
    .excludes(
      .number("batchSize", 11...), .all([isOnQueue, isFIFO]),
      because: "A FIFO queue's batch has at most 10 messages."),
    .needs(
      .all([.number("batchSize", 11...), isOnQueue, .not(isFIFO)]),
      .number("maximumBatchingWindowInSeconds", 1...),
      because: "More than 10 messages need a window to gather in."),
  ]
}
