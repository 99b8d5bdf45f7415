import Planner
import Testing

@testable import Providers

struct `A lifecycle rule` {
  @Test func `is sent with an id, and without a marker that is off`() {
    #expect(
      BucketLifecycle.sent([
        ["expirationInDays": 3, "expiredObjectDeleteMarker": false],
        ["id": "own", "expiredObjectDeleteMarker": true],
      ]) == [
        ["id": "stackform-1", "expirationInDays": 3], ["id": "own", "expiredObjectDeleteMarker": true],
      ])
  }
}
