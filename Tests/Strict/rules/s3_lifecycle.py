"""Amazon S3: lifecycle rules."""

import re

from rulebook import rule
from rules.s3 import API, GUIDE, number


def lifecycle(*rules):
    rules = [{"ID": str(i), "Status": "Enabled", "Filter": {"Prefix": ""}, **rule} for i, rule in enumerate(rules)]
    return ("PutBucketLifecycleConfiguration", {"Bucket": "b", "LifecycleConfiguration": {"Rules": rules}})


def lifecycle_rules(call):
    return call["LifecycleConfiguration.Rules"] or []


@rule(
    "s3-marker-alone", "s3 PutBucketLifecycleConfiguration", "MalformedXML",
    "ExpiredObjectDeleteMarker cannot be specified with Days or Date in a lifecycle expiration.", f"{API}/API_LifecycleExpiration.html",
    breaks=[lifecycle({"Expiration": {"Days": 3, "ExpiredObjectDeleteMarker": False}})], keeps=[lifecycle({"Expiration": {"Days": 3}})])
def _(call, account):
    return any("ExpiredObjectDeleteMarker" in e and len(e) > 1 for e in (r.get("Expiration") or {} for r in lifecycle_rules(call)))


@rule(
    "s3-marker-without-tags", "s3 PutBucketLifecycleConfiguration", "InvalidRequest",
    "ExpiredObjectDeleteMarker and AbortIncompleteMultipartUpload cannot be specified with a tag-based filter.", f"{API}/API_LifecycleRuleFilter.html",
    breaks=[lifecycle({"Filter": {"Tag": {"Key": "a", "Value": "b"}}, "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}})],
    keeps=[lifecycle({"Filter": {"Prefix": "a"}, "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}})])
def _(call, account):
    for item in lifecycle_rules(call):
        given = item.get("Filter") or {}
        has_tags = "Tag" in given or bool((given.get("And") or {}).get("Tags"))
        expires = "ExpiredObjectDeleteMarker" in (item.get("Expiration") or {})
        if has_tags and (expires or "AbortIncompleteMultipartUpload" in item):
            return True
    return False


@rule(
    "s3-rule-ids", "s3 PutBucketLifecycleConfiguration", "InvalidArgument",
    "RuleId must be unique. Found same ID for more than one rule.", f"{API}/API_LifecycleRule.html",
    breaks=[lifecycle({"ID": "a", "Expiration": {"Days": 1}}, {"ID": "a", "Expiration": {"Days": 1}})],
    keeps=[lifecycle({"ID": "a", "Expiration": {"Days": 1}}, {"ID": "b", "Expiration": {"Days": 1}})])
def _(call, account):
    ids = [item["ID"] for item in lifecycle_rules(call) if item.get("ID")]
    return len(ids) != len(set(ids))


@rule(
    "s3-rule-acts", "s3 PutBucketLifecycleConfiguration", "InvalidRequest",
    "At least one action needs to be specified in a rule.", f"{GUIDE}/intro-lifecycle-rules.html",
    breaks=[lifecycle({})], keeps=[lifecycle({"Expiration": {"Days": 1}})])
def _(call, account):
    actions = {"Expiration", "Transitions", "NoncurrentVersionExpiration", "NoncurrentVersionTransitions", "AbortIncompleteMultipartUpload"}
    return any(not actions & item.keys() for item in lifecycle_rules(call))


@rule(
    "s3-infrequent-access-days", "s3 PutBucketLifecycleConfiguration", "InvalidArgument",
    "'Days' in Transition action must be greater than or equal to 30 for storageClass 'STANDARD_IA' and 'ONEZONE_IA'.",
    f"{GUIDE}/lifecycle-transition-general-considerations.html",
    breaks=[lifecycle({"Transitions": [{"Days": 10, "StorageClass": "STANDARD_IA"}]})],
    keeps=[lifecycle({"Transitions": [{"Days": 30, "StorageClass": "STANDARD_IA"}]})])
def _(call, account):
    steps = [
        (number(t.get("Days", t.get("NoncurrentDays"))), t.get("StorageClass"))
        for item in lifecycle_rules(call) for t in (item.get("Transitions") or []) + (item.get("NoncurrentVersionTransitions") or [])
    ]
    return any(days is not None and days < 30 and where in ("STANDARD_IA", "ONEZONE_IA") for days, where in steps)


@rule(
    "s3-expires-after-transition", "s3 PutBucketLifecycleConfiguration", "InvalidArgument",
    "'Days' in the Expiration action must be greater than 'Days' in the Transition action.", f"{GUIDE}/intro-lifecycle-rules.html",
    breaks=[lifecycle({"Transitions": [{"Days": 40, "StorageClass": "GLACIER"}], "Expiration": {"Days": 40}})],
    keeps=[lifecycle({"Transitions": [{"Days": 40, "StorageClass": "GLACIER"}], "Expiration": {"Days": 41}})])
def _(call, account):
    for item in lifecycle_rules(call):
        last = max([number(t.get("Days")) or 0 for t in item.get("Transitions") or []], default=0)
        days = number((item.get("Expiration") or {}).get("Days"))
        if days is not None and days <= last:
            return True
    return False


@rule(
    "s3-midnight", "s3 PutBucketLifecycleConfiguration", "InvalidArgument",
    "'Date' must be at midnight GMT.", f"{API}/API_LifecycleExpiration.html",
    breaks=[lifecycle({"Expiration": {"Date": "2040-01-01T01:00:00Z"}})], keeps=[lifecycle({"Expiration": {"Date": "2040-01-01T00:00:00Z"}})])
def _(call, account):
    dates = [
        part["Date"] for item in lifecycle_rules(call)
        for part in [item.get("Expiration") or {}, *(item.get("Transitions") or [])] if part.get("Date")
    ]
    return any("T" in date and not re.search(r"T00:00:00(\.0+)?(Z|\+00:?00)?$", date) for date in dates)
