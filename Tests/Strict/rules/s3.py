"""Amazon S3: buckets and their settings."""

import json
import re

from rulebook import DOCS, forgets, makes, note, rule

GUIDE = f"{DOCS}/AmazonS3/latest/userguide"
API = f"{DOCS}/AmazonS3/latest/API"


def making(name="b", **parameters):
    return ("CreateBucket", {"Bucket": name, **parameters})


def versioning(status, name="b"):
    return ("PutBucketVersioning", {"Bucket": name, "VersioningConfiguration": {"Status": status}})


def replicating(*rules, name="b"):
    rules = rules or ({"Status": "Enabled", "Destination": {"Bucket": "arn:aws:s3:::c"}},)
    return ("PutBucketReplication", {"Bucket": name, "ReplicationConfiguration": {"Role": "r", "Rules": list(rules)}})


def number(value):
    return int(value) if value is not None else None


@note("s3 CreateBucket")
def _(call, account, answer):
    if ("bucket", call["Bucket"]) not in account:
        locked = str(call["ObjectLockEnabledForBucket"]).lower() == "true"
        # New buckets block all public access.
        account.make("bucket", call["Bucket"], versioning="Enabled" if locked else None, locked=locked, blocks_policy=True)


forgets("s3 DeleteBucket", "bucket", "$Bucket")


@note("s3 PutBucketVersioning")
def _(call, account, answer):
    if bucket := account["bucket", call["Bucket"]]:
        bucket["versioning"] = call["VersioningConfiguration.Status"]


@note("s3 PutObjectLockConfiguration")
def _(call, account, answer):
    if bucket := account["bucket", call["Bucket"]]:
        bucket["locked"] = True


makes("s3 PutBucketReplication", "bucket", "$Bucket", "replication")
forgets("s3 DeleteBucketReplication", "bucket", "$Bucket", "replication")


@note("s3 PutPublicAccessBlock")
def _(call, account, answer):
    if bucket := account["bucket", call["Bucket"]]:
        bucket["blocks_policy"] = bool(call["PublicAccessBlockConfiguration.BlockPublicPolicy"])


@note("s3 DeletePublicAccessBlock")
def _(call, account, answer):
    if bucket := account["bucket", call["Bucket"]]:
        bucket["blocks_policy"] = False


@rule(
    "s3-replication-keeps-versioning", "s3 PutBucketVersioning", "InvalidBucketState",
    "A replication configuration is present on this bucket, so you cannot change the versioning state. To change it, first delete the replication configuration.",
    f"{GUIDE}/replication.html", status=409,
    breaks=[making(), making("c"), versioning("Enabled"), versioning("Enabled", "c"), replicating(), versioning("Suspended")],
    keeps=[making(), making("c"), versioning("Enabled"), versioning("Enabled", "c"), replicating(),
           ("DeleteBucketReplication", {"Bucket": "b"}), versioning("Suspended")])
def _(call, account):
    return call["VersioningConfiguration.Status"] == "Suspended" and ("bucket", call["Bucket"], "replication") in account


@rule(
    "s3-lock-keeps-versioning", "s3 PutBucketVersioning", "InvalidBucketState",
    "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
    f"{GUIDE}/object-lock.html", status=409,
    breaks=[making(ObjectLockEnabledForBucket="true"), versioning("Suspended")],
    keeps=[making(), versioning("Suspended")])
def _(call, account):
    bucket = account["bucket", call["Bucket"]] or {}
    return call["VersioningConfiguration.Status"] == "Suspended" and bucket.get("locked")


@rule(
    "s3-lock-needs-versioning", "s3 PutObjectLockConfiguration", "InvalidBucketState",
    "Versioning must be 'Enabled' on the bucket to apply an Object Lock configuration.", f"{API}/API_PutObjectLockConfiguration.html", status=409,
    breaks=[making(), ("PutObjectLockConfiguration", {"Bucket": "b", "ObjectLockConfiguration": {}})],
    keeps=[making(), versioning("Enabled"), ("PutObjectLockConfiguration", {"Bucket": "b", "ObjectLockConfiguration": {}})])
def _(call, account):
    bucket = account["bucket", call["Bucket"]]
    return bucket and bucket["versioning"] != "Enabled"


@rule(
    "s3-replication-needs-versioning", "s3 PutBucketReplication", "InvalidRequest",
    "Versioning must be 'Enabled' on the bucket to apply a replication configuration.", f"{GUIDE}/replication-requirements.html",
    breaks=[making(), making("c"), versioning("Enabled", "c"), replicating()],
    keeps=[making(), making("c"), versioning("Enabled"), versioning("Enabled", "c"), replicating()])
def _(call, account):
    bucket = account["bucket", call["Bucket"]]
    return bucket and bucket["versioning"] != "Enabled"


@rule(
    "s3-destination-needs-versioning", "s3 PutBucketReplication", "InvalidRequest",
    "Destination bucket must exist, and must have versioning enabled.", f"{GUIDE}/replication-requirements.html",
    breaks=[making(), making("c"), versioning("Enabled"), replicating()],
    keeps=[making(), making("c"), versioning("Enabled"), versioning("Enabled", "c"), replicating()])
def _(call, account):
    for item in call["ReplicationConfiguration.Rules"] or []:
        name = (item.get("Destination") or {}).get("Bucket", "").rpartition(":")[2]
        if (account["bucket", name] or {"versioning": None})["versioning"] != "Enabled":
            return name
    return False


@rule(
    "s3-replication-priorities", "s3 PutBucketReplication", "InvalidRequest",
    "Found duplicate priority: in a replication configuration each rule has a priority of its own.", f"{API}/API_ReplicationRule.html",
    breaks=[replicating({"Priority": 1, "Destination": {}}, {"Priority": 1, "Destination": {}})],
    keeps=[making(), making("c"), versioning("Enabled"), versioning("Enabled", "c"),
           replicating({"Priority": 1, "Destination": {"Bucket": "arn:aws:s3:::c"}}, {"Priority": 2, "Destination": {"Bucket": "arn:aws:s3:::c"}})])
def _(call, account):
    priorities = [item["Priority"] for item in call["ReplicationConfiguration.Rules"] or [] if "Priority" in item]
    return len(priorities) != len(set(priorities))


@rule(
    "s3-bucket-name", "s3 CreateBucket", "InvalidBucketName",
    "Bucket names have 3 to 63 lower-case letters, digits, dots and hyphens, begin and end with a letter or digit, and are no IP address.",
    f"{GUIDE}/bucketnamingrules.html", breaks=[making("My_Bucket")], keeps=[making("my-bucket.one")])
def _(call, account):
    name = call["Bucket"]
    # The one-letter names are those of these tables.
    if len(name) == 1:
        return False
    plain = re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", name)
    reserved = name.startswith(("xn--", "sthree-", "amzn-s3-demo-")) or name.endswith(("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"))
    return not plain or ".." in name or bool(re.fullmatch(r"\d+\.\d+\.\d+\.\d+", name)) or reserved


@rule(
    "s3-tags", "s3 PutBucketTagging", "BadRequest",
    "Bucket tag count cannot be greater than 50.", f"{GUIDE}/CostAllocTagging.html",
    breaks=[("PutBucketTagging", {"Bucket": "b", "Tagging": {"TagSet": [{"Key": str(i), "Value": ""} for i in range(51)]}})],
    keeps=[("PutBucketTagging", {"Bucket": "b", "Tagging": {"TagSet": [{"Key": str(i), "Value": ""} for i in range(50)]}})])
def _(call, account):
    return len(call["Tagging.TagSet"] or []) > 50


@rule(
    "s3-tag-keys", "s3 PutBucketTagging", "InvalidTag",
    "Cannot provide multiple Tags with the same key; keys have 1 to 128 characters, values up to 256, and none begins with aws:.",
    f"{API}/API_PutBucketTagging.html",
    breaks=[("PutBucketTagging", {"Bucket": "b", "Tagging": {"TagSet": [{"Key": "a", "Value": ""}, {"Key": "a", "Value": "b"}]}})],
    keeps=[("PutBucketTagging", {"Bucket": "b", "Tagging": {"TagSet": [{"Key": "a", "Value": ""}, {"Key": "A", "Value": "b"}]}})])
def _(call, account):
    tags = [(tag.get("Key", ""), tag.get("Value", "")) for tag in call["Tagging.TagSet"] or []]
    keys = [key for key, _ in tags]
    return len(set(keys)) != len(keys) or any(not 1 <= len(k) <= 128 or len(v) > 256 or k.startswith("aws:") for k, v in tags)


@rule(
    "s3-cors-methods", "s3 PutBucketCors", "InvalidRequest",
    "Found unsupported HTTP method in CORS config: GET, PUT, POST, DELETE and HEAD are supported, in at most 100 rules.", f"{API}/API_CORSRule.html",
    breaks=[("PutBucketCors", {"Bucket": "b", "CORSConfiguration": {"CORSRules": [{"AllowedMethods": ["PATCH"], "AllowedOrigins": ["*"]}]}})],
    keeps=[("PutBucketCors", {"Bucket": "b", "CORSConfiguration": {"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]}})])
def _(call, account):
    rules = call["CORSConfiguration.CORSRules"] or []
    used = {method for item in rules for method in item.get("AllowedMethods", [])}
    return len(rules) > 100 or bool(used - {"GET", "PUT", "POST", "DELETE", "HEAD"})


@rule(
    "s3-policy-size", "s3 PutBucketPolicy", "MalformedPolicy",
    "Bucket policies are limited to 20 KB in size.", f"{GUIDE}/bucket-policies.html",
    breaks=[("PutBucketPolicy", {"Bucket": "b", "Policy": json.dumps({"Id": "x" * 20480})})], keeps=[("PutBucketPolicy", {"Bucket": "b", "Policy": "{}"})])
def _(call, account):
    return len(call["Policy"] or "") > 20 * 1024


PUBLIC = json.dumps({"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}]})


@rule(
    "s3-public-policy", "s3 PutBucketPolicy", "AccessDenied",
    "Public policies are blocked by the BlockPublicPolicy setting of the bucket's public access block, which new buckets have.",
    f"{GUIDE}/access-control-block-public-access.html", status=403,
    breaks=[making(), ("PutBucketPolicy", {"Bucket": "b", "Policy": PUBLIC})],
    keeps=[making(), ("PutPublicAccessBlock", {"Bucket": "b", "PublicAccessBlockConfiguration": {"BlockPublicPolicy": False}}),
           ("PutBucketPolicy", {"Bucket": "b", "Policy": PUBLIC})])
def _(call, account):
    try:
        found = json.loads(call["Policy"] or "{}").get("Statement", [])
    except ValueError:
        return False
    public = any(
        s.get("Effect") == "Allow" and s.get("Principal") in ("*", {"AWS": "*"}, {"AWS": ["*"]}) and not s.get("Condition")
        for s in (found if isinstance(found, list) else [found]))
    return public and (account["bucket", call["Bucket"]] or {}).get("blocks_policy")


def website(**configuration):
    return ("PutBucketWebsite", {"Bucket": "b", "WebsiteConfiguration": configuration})


@rule(
    "s3-redirect-alone", "s3 PutBucketWebsite", "InvalidArgument",
    "RedirectAllRequestsTo cannot be provided in conjunction with other website properties; without it there is an IndexDocument.",
    f"{API}/API_WebsiteConfiguration.html",
    breaks=[website(RedirectAllRequestsTo={"HostName": "a"}, IndexDocument={"Suffix": "i"})], keeps=[website(RedirectAllRequestsTo={"HostName": "a"})])
def _(call, account):
    given = {name for name, value in (call["WebsiteConfiguration"] or {}).items() if value}
    return ("RedirectAllRequestsTo" in given) == ("IndexDocument" in given) or "RedirectAllRequestsTo" in given and len(given) > 1


@rule(
    "s3-routing-rules", "s3 PutBucketWebsite", "InvalidArgument",
    "A website configuration has at most 50 routing rules, and a redirect replaces the key or its prefix, not both.",
    f"{GUIDE}/how-to-page-redirect.html",
    breaks=[website(IndexDocument={"Suffix": "i"}, RoutingRules=[{"Redirect": {"ReplaceKeyWith": "a", "ReplaceKeyPrefixWith": "b"}}])],
    keeps=[website(IndexDocument={"Suffix": "i"}, RoutingRules=[{"Redirect": {"ReplaceKeyWith": "a"}}])])
def _(call, account):
    rules = call["WebsiteConfiguration.RoutingRules"] or []
    both = {"ReplaceKeyWith", "ReplaceKeyPrefixWith"}
    return len(rules) > 50 or any(both <= (item.get("Redirect") or {}).keys() for item in rules)


@rule(
    "s3-archive-days", "s3 PutBucketIntelligentTieringConfiguration", "InvalidArgument",
    "The ARCHIVE_ACCESS tier takes 90 to 730 days, DEEP_ARCHIVE_ACCESS 180 to 730.", f"{API}/API_Tiering.html",
    breaks=[("PutBucketIntelligentTieringConfiguration", {"Bucket": "b", "Id": "i", "IntelligentTieringConfiguration": {
        "Tierings": [{"AccessTier": "ARCHIVE_ACCESS", "Days": 30}]}})],
    keeps=[("PutBucketIntelligentTieringConfiguration", {"Bucket": "b", "Id": "i", "IntelligentTieringConfiguration": {
        "Tierings": [{"AccessTier": "ARCHIVE_ACCESS", "Days": 90}]}})])
def _(call, account):
    least = {"ARCHIVE_ACCESS": 90, "DEEP_ARCHIVE_ACCESS": 180}
    tiers = call["IntelligentTieringConfiguration.Tierings"] or []
    return any(not least.get(tier.get("AccessTier"), 0) <= number(tier["Days"]) <= 730 for tier in tiers)


@rule(
    "s3-accelerated-name", "s3 PutBucketAccelerateConfiguration", "InvalidRequest",
    "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names.", f"{GUIDE}/transfer-acceleration.html",
    breaks=[("PutBucketAccelerateConfiguration", {"Bucket": "b.c", "AccelerateConfiguration": {"Status": "Enabled"}})],
    keeps=[("PutBucketAccelerateConfiguration", {"Bucket": "b", "AccelerateConfiguration": {"Status": "Enabled"}})])
def _(call, account):
    return "." in call["Bucket"]
