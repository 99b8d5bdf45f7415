"""Amazon Kinesis Data Streams."""

from rulebook import DOCS, note, rule

GUIDE = f"{DOCS}/streams/latest/dev"
API = f"{DOCS}/kinesis/latest/APIReference"


def creating(count=None, **parameters):
    return ("CreateStream", {"StreamName": "s", **({"ShardCount": count} if count else {}), **parameters})


def retention(way, hours):
    return (f"{way}StreamRetentionPeriod", {"StreamName": "s", "RetentionPeriodHours": hours})


def stream_of(call, account):
    return account["stream", call["StreamName"] or (call["StreamARN"] or "").rpartition("/")[2]]


@note("kinesis CreateStream")
def _(call, account, answer):
    mode = call["StreamModeDetails.StreamMode"] or "PROVISIONED"
    account.make("stream", call["StreamName"], shards=call["ShardCount"] or 4, mode=mode, hours=24, tags=set((call["Tags"] or {}).keys()))


@note("kinesis DeleteStream")
def _(call, account, answer):
    account.forget("stream", call["StreamName"] or call["StreamARN"].rpartition("/")[2])


@note("kinesis UpdateShardCount")
def _(call, account, answer):
    if stream := stream_of(call, account):
        stream["shards"] = call["TargetShardCount"]


@note("kinesis UpdateStreamMode")
def _(call, account, answer):
    if stream := stream_of(call, account):
        stream["mode"] = call["StreamModeDetails.StreamMode"]


@note("kinesis IncreaseStreamRetentionPeriod DecreaseStreamRetentionPeriod")
def _(call, account, answer):
    if stream := stream_of(call, account):
        stream["hours"] = call["RetentionPeriodHours"]


@note("kinesis AddTagsToStream")
def _(call, account, answer):
    if stream := stream_of(call, account):
        stream["tags"] |= set(call["Tags"])


@note("kinesis RemoveTagsFromStream")
def _(call, account, answer):
    if stream := stream_of(call, account):
        stream["tags"] -= set(call["TagKeys"])


@rule(
    "kinesis-retention-direction", "kinesis IncreaseStreamRetentionPeriod DecreaseStreamRetentionPeriod", "InvalidArgumentException",
    "Requested retention period must be greater than the present one to increase it, less to decrease it, from 24 to 8,760 hours.",
    f"{API}/API_IncreaseStreamRetentionPeriod.html",
    breaks=[creating(1), retention("Increase", 48), retention("Increase", 36)], keeps=[creating(1), retention("Increase", 48), retention("Decrease", 36)])
def _(call, account):
    stream, hours = stream_of(call, account), call["RetentionPeriodHours"]
    if not 24 <= hours <= 8760:
        return True
    is_increase = call.operation.startswith("Increase")
    return stream and (hours < stream["hours"] if is_increase else hours > stream["hours"])


@rule(
    "kinesis-shards-double", "kinesis UpdateShardCount", "LimitExceededException",
    "UpdateShardCount cannot scale up to more than double the current shard count, or down below half of it.", f"{API}/API_UpdateShardCount.html",
    breaks=[creating(2), ("UpdateShardCount", {"StreamName": "s", "TargetShardCount": 5})],
    keeps=[creating(2), ("UpdateShardCount", {"StreamName": "s", "TargetShardCount": 4})])
def _(call, account):
    stream = stream_of(call, account)
    return stream and not stream["shards"] / 2 <= call["TargetShardCount"] <= stream["shards"] * 2


@rule(
    "kinesis-shards-on-demand", "kinesis UpdateShardCount", "ValidationException", "UpdateShardCount is for streams with the provisioned capacity mode.", f"{API}/API_UpdateShardCount.html",
    breaks=[creating(StreamModeDetails={"StreamMode": "ON_DEMAND"}), ("UpdateShardCount", {"StreamName": "s", "TargetShardCount": 4})],
    keeps=[creating(2), ("UpdateShardCount", {"StreamName": "s", "TargetShardCount": 4})])
def _(call, account):
    return (stream_of(call, account) or {}).get("mode") == "ON_DEMAND"


@rule(
    "kinesis-mode-and-shards", "kinesis CreateStream", "InvalidArgumentException",
    "ShardCount is given for the PROVISIONED capacity mode, and only for that.", f"{API}/API_CreateStream.html",
    breaks=[creating(2, StreamModeDetails={"StreamMode": "ON_DEMAND"})], keeps=[creating(2)])
def _(call, account):
    return (call["StreamModeDetails.StreamMode"] == "ON_DEMAND") == bool(call["ShardCount"])


@rule(
    "kinesis-tags", "kinesis CreateStream AddTagsToStream", "InvalidArgumentException", "A stream has at most 50 tags.", f"{GUIDE}/tagging.html",
    breaks=[creating(1, Tags={str(i): "" for i in range(50)}), ("AddTagsToStream", {"StreamName": "s", "Tags": {"x": ""}})],
    keeps=[creating(1, Tags={str(i): "" for i in range(50)}), ("AddTagsToStream", {"StreamName": "s", "Tags": {"1": ""}})])
def _(call, account):
    old = (stream_of(call, account) or {}).get("tags", set()) if call.operation == "AddTagsToStream" else set()
    return len(old | (call["Tags"] or {}).keys()) > 50
