"""Amazon CloudFront: functions."""

from rulebook import DOCS, forgets, note, rule

API = f"{DOCS}/cloudfront/latest/APIReference"
QUOTAS = f"{DOCS}/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html"
CHANGES = "cloudfront UpdateFunction DeleteFunction PublishFunction"


def creating(**parameters):
    return ("CreateFunction", {"Name": "f", "FunctionCode": "YQ==", "FunctionConfig": {"Comment": "", "Runtime": "cloudfront-js-2.0"}, **parameters}, {"@etag": "E1"})


def publishing(etag="E1"):
    return ("PublishFunction", {"Name": "f", **({"IfMatch": etag} if etag else {})})


@note("cloudfront CreateFunction UpdateFunction")
def _(call, account, answer):
    old = account["edge function", call["Name"]] or {"tags": {tag["Key"] for tag in call["Tags.Items"] or []}}
    account.make("edge function", call["Name"], etag=answer.get("@etag"), tags=old["tags"])


forgets("cloudfront DeleteFunction", "edge function", "$Name")


@rule(
    "cloudfront-if-match", CHANGES, "InvalidIfMatchVersion", "The If-Match version is missing or not valid for the resource.", f"{API}/API_DeleteFunction.html",
    breaks=[creating(), publishing(None)], keeps=[creating(), publishing()])
def _(call, account):
    return not call["IfMatch"]


@rule(
    "cloudfront-version", CHANGES, "PreconditionFailed", "The precondition in one or more of the request fields evaluated to false.", f"{API}/API_UpdateFunction.html", status=412,
    breaks=[creating(), publishing("E2")], keeps=[creating(), publishing()])
def _(call, account):
    known = (account["edge function", call["Name"]] or {}).get("etag")
    return bool(known) and call["IfMatch"] != known


@rule(
    "cloudfront-size", "cloudfront CreateFunction UpdateFunction", "FunctionSizeLimitExceeded", "The function is too large: at most 10 KB.", QUOTAS, status=413,
    breaks=[creating(FunctionCode="A" * 14000)], keeps=[creating()])
def _(call, account):
    return len(call["FunctionCode"] or "") * 3 / 4 > 10240


@rule(
    "cloudfront-comment", "cloudfront CreateFunction UpdateFunction", "InvalidArgument", "The comment is too long: at most 128 characters.", f"{API}/API_FunctionConfig.html",
    breaks=[creating(FunctionConfig={"Comment": "x" * 129})], keeps=[creating(FunctionConfig={"Comment": "x" * 128})])
def _(call, account):
    return len(call["FunctionConfig.Comment"] or "") > 128


@rule(
    "cloudfront-name", "cloudfront CreateFunction", "InvalidArgument", "A function's name has up to 64 letters, digits, hyphens and underscores.", f"{API}/API_CreateFunction.html",
    breaks=[creating(Name="a b")], keeps=[creating(Name="a-b_1")])
def _(call, account):
    plain = call["Name"].replace("-", "").replace("_", "")
    return not (plain.isascii() and plain.isalnum()) or len(call["Name"]) > 64


def function_tags(call, account):
    return (account["edge function", (call["Resource"] or "").rpartition("/")[2]] or {}).get("tags", set())


@note("cloudfront TagResource")
def _(call, account, answer):
    function_tags(call, account).update(tag["Key"] for tag in call["Tags.Items"] or [])


@note("cloudfront UntagResource")
def _(call, account, answer):
    function_tags(call, account).difference_update(call["TagKeys.Items"] or [])


@rule(
    "cloudfront-tags", "cloudfront TagResource", "InvalidTagging", "A resource has at most 50 tags.", QUOTAS,
    breaks=[creating(Tags={"Items": [{"Key": str(i)} for i in range(50)]}), ("TagResource", {"Resource": "arn:function/f", "Tags": {"Items": [{"Key": "x"}]}})],
    keeps=[creating(Tags={"Items": [{"Key": str(i)} for i in range(50)]}), ("TagResource", {"Resource": "arn:function/f", "Tags": {"Items": [{"Key": "1"}]}})])
def _(call, account):
    return len(function_tags(call, account) | {tag["Key"] for tag in call["Tags.Items"] or []}) > 50
