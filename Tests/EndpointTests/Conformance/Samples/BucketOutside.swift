/// What somebody else does to the bucket of the sample.
enum BucketOutside {
  static let changes = [
    "cors": """
    client("s3").put_bucket_cors(Bucket=name, CORSConfiguration={"CORSRules": [
        {"AllowedMethods": ["GET"], "AllowedOrigins": ["https://outside.example.com"]}]})
    """,
    "encryption": """
    client("s3").put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [
        {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]})
    """,
    "eventBridge": notifications("told.pop('EventBridgeConfiguration', None)"),
    "lifecycleRules": """
    client("s3").put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": [
        {"ID": "outside", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 99}}]})
    """,
    "logging": """
    client("s3").put_bucket_logging(Bucket=name, BucketLoggingStatus={})
    """,
    "notifications": notifications("told.pop('QueueConfigurations', None)"),
    "ownership": """
    client("s3").put_bucket_ownership_controls(
        Bucket=name, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]})
    """,
    "policy": """
    client("s3").put_bucket_policy(Bucket=name, Policy=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject", "Resource": f"arn:aws:s3:::{name}/*"}]}))
    """,
    "publicAccessBlock": """
    client("s3").put_public_access_block(Bucket=name, PublicAccessBlockConfiguration={
        "BlockPublicAcls": True, "BlockPublicPolicy": True, "IgnorePublicAcls": True,
        "RestrictPublicBuckets": True})
    """,
    "tags": """
    tags = client("s3").get_bucket_tagging(Bucket=name)["TagSet"]
    tags = [t for t in tags if t["Key"] != "team"] + [{"Key": "team", "Value": "outside"}]
    client("s3").put_bucket_tagging(Bucket=name, Tagging={"TagSet": tags})
    """,
    "versioning": """
    client("s3").put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Suspended"})
    """,
    "website": """
    client("s3").put_bucket_website(Bucket=name, WebsiteConfiguration={"IndexDocument": {"Suffix": "other.html"}})
    """,
  ]

  private static func notifications(_ change: String) -> String {
    """
    told = client("s3").get_bucket_notification_configuration(Bucket=name)
    told.pop("ResponseMetadata")
    \(change)
    client("s3").put_bucket_notification_configuration(Bucket=name, NotificationConfiguration=told)
    """
  }
}
