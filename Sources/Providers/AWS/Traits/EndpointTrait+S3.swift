extension EndpointTrait {
  static let dropsTagsOfNewBuckets = EndpointTrait(
    "dropsTagsOfNewBuckets", "CreateBucket refuses or drops tags.",
    [
      .localStack:
        "CreateBucket with tags: 400 MalformedXML in us-east-1; in eu-west-1 200, and GetBucketTagging 404 (4.8.1)"
    ])

  static let tagsOutliveBuckets = EndpointTrait(
    "tagsOutliveBuckets", "A new bucket has the tags of the last one of its name.",
    [
      .localStack:
        "PutBucketTagging, DeleteBucket, CreateBucket of one name: GetBucketTagging answers the old tags (4.8.1)"
    ])

  static let knowsNewBucketsAtOnce = EndpointTrait(
    "knowsNewBucketsAtOnce",
    "What a call made counts in the next one: a new bucket, a permission to send its events.",
    [
      .localStack:
        "PutBucketTagging right after CreateBucket: 204; one process has all state (4.8.1)",
      .miniStack:
        "PutBucketTagging right after CreateBucket: 204; one process has all state (1.5.33)",
    ])

  static let lacksRequestPayment = EndpointTrait(
    "lacksRequestPayment", "GetBucketRequestPayment lists the bucket's objects.",
    [.miniStack: "PUT /bucket?requestPayment: 200, GET: 200 with a ListBucketResult (1.5.33)"])
}
