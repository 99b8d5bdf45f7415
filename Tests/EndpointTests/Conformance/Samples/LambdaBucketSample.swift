extension KindSample {
  /// Two zips in a bucket, whose digests the samples name.
  private static let zips = """
    import io, zipfile
    client('s3').create_bucket(Bucket='code-' + account)
    for key in ('1', '2'):
        zipped = io.BytesIO()
        with zipfile.ZipFile(zipped, 'w') as file:
            entry = zipfile.ZipInfo('app.py', (1980, 1, 1, 0, 0, 0))
            file.writestr(entry, 'def handler(event, context): return ' + key + chr(10))
        client('s3').put_object(Bucket='code-' + account, Key=key, Body=zipped.getvalue())
    """

  /// Code that somebody else put into a bucket.
  static let bucketLambda = KindSample(
    section: "lambdas", preparation: zips,
    properties: [
      "code":
        "{ s3Bucket: 'code-{account}', s3Key: '1', sha256: MRSnr1lAZCZhFphEZOCy5v9cgSAVkDbjhtJ9IWcZSfk= }",
      "runtime": "python3.12", "handler": "app.handler",
    ],
    mutations: [
      "code":
        "{ s3Bucket: 'code-{account}', s3Key: '2', sha256: kN9iM5STu8ayqy0z5cUBh7zt/CHc9JuL7+qk/bwn6Vc= }"
    ], indispensable: ["runtime", "handler"])

  static let versionedBucketLambda = KindSample(
    section: "lambdas", preparation: zips,
    properties: [
      "code":
        "{ s3Bucket: 'code-{account}', s3Key: '1', s3ObjectVersion: 'null', sha256: MRSnr1lAZCZhFphEZOCy5v9cgSAVkDbjhtJ9IWcZSfk= }",
      "runtime": "python3.12", "handler": "app.handler",
    ],
    mutations: [
      "code":
        "{ s3Bucket: 'code-{account}', s3Key: '2', s3ObjectVersion: 'null', sha256: kN9iM5STu8ayqy0z5cUBh7zt/CHc9JuL7+qk/bwn6Vc= }"
    ], indispensable: ["runtime", "handler"],
    defects: [
      Defect(
        endpoint: .ministack, property: nil,
        evidence:
          "CreateFunction with S3ObjectVersion null, of a bucket without versions: 400 Failed to fetch code")
    ])

  static let bucketLayer = KindSample(
    section: "layers", preparation: zips,
    properties: ["content": "{ s3Bucket: 'code-{account}', s3Key: '1' }"],
    replacements: [
      "content":
        "{ s3Bucket: 'code-{account}', s3Key: '2', s3ObjectVersion: 'null', sha256: kN9iM5STu8ayqy0z5cUBh7zt/CHc9JuL7+qk/bwn6Vc= }"
    ])
}
