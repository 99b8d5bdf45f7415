"""Amazon EC2: security groups."""

import re

from rulebook import DOCS, forgets, note, rule

API = f"{DOCS}/AWSEC2/latest/APIReference"
QUOTAS = f"{DOCS}/vpc/latest/userguide/amazon-vpc-limits.html"
RULES = f"{DOCS}/vpc/latest/userguide/security-group-rules.html"
AUTHORIZES = "ec2 AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress"
SIGNS = re.compile(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{0,255}")


def creating(name="g", description="d"):
    return ("CreateSecurityGroup", {"GroupName": name, "Description": description}, {"groupId": f"sg-{name}"})


def allowing(*permissions, group="sg-g", way="Ingress"):
    return (f"AuthorizeSecurityGroup{way}", {"GroupId": group, "IpPermissions": list(permissions)})


def tcp(port, cidr="10.0.0.0/8", **parameters):
    return {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": cidr, **parameters}]}


def peers(permission):
    """Who a permission is about: each is a rule of its own."""
    kinds = {"IpRanges": "CidrIp", "Ipv6Ranges": "CidrIpv6", "PrefixListIds": "PrefixListId", "UserIdGroupPairs": "GroupId"}
    return [("/".join(filter(None, (item.get(field) or item.get("GroupName"), item.get("UserId")))), item) for name, field in kinds.items() for item in permission.get(name) or []]


def rules_of(call):
    found = set()
    for permission in call["IpPermissions"] or []:
        protocol = permission.get("IpProtocol")
        # Ports that stand beside "all protocols" say nothing.
        ports = protocol, *((None, None) if protocol == "-1" else (permission.get("FromPort"), permission.get("ToPort")))
        found |= {(*ports, peer) for peer, _ in peers(permission)}
    return found


def way(call):
    return "in" if call.operation.endswith("Ingress") else "out"


@note("ec2 CreateSecurityGroup")
def _(call, account, answer):
    group = answer.get("groupId", "")
    # LocalStack gives no first rule to a group in a VPC that is not there, as the samples' VPCs.
    first = set() if call["VpcId"] else {("-1", None, None, "0.0.0.0/0")}
    account.make("group", group, name=call["GroupName"], **{"in": set(), "out": first})


forgets("ec2 DeleteSecurityGroup", "group", "$GroupId")


@note(AUTHORIZES)
def _(call, account, answer):
    if group := account["group", call["GroupId"]]:
        group[way(call)] |= rules_of(call)


@note("ec2 RevokeSecurityGroupIngress RevokeSecurityGroupEgress")
def _(call, account, answer):
    if group := account["group", call["GroupId"]]:
        group[way(call)] -= rules_of(call)


@rule(
    "ec2-rules", AUTHORIZES, "RulesPerSecurityGroupLimitExceeded",
    "The maximum number of rules per security group has been reached: 60 in each direction, for each family of addresses.", QUOTAS,
    breaks=[creating()] + [allowing(*[tcp(port) for port in range(1, 61)]), allowing(tcp(61))],
    keeps=[creating()] + [allowing(*[tcp(port) for port in range(1, 60)]), allowing(tcp(61))])
def _(call, account):
    group = account["group", call["GroupId"]]
    if not group:
        return False
    rules = group[way(call)] | rules_of(call)
    six = sum(":" in str(peer) for *_, peer in rules)
    return max(six, len(rules) - six) > 60


@rule(
    "ec2-duplicate-rule", AUTHORIZES, "InvalidPermission.Duplicate", "The specified rule already exists.", f"{DOCS}/AWSEC2/latest/APIReference/errors-overview.html",
    breaks=[creating(), allowing(tcp(1)), allowing(tcp(1))], keeps=[creating(), allowing(tcp(1)), allowing(tcp(2))])
def _(call, account):
    group = account["group", call["GroupId"]]
    return group and bool(group[way(call)] & rules_of(call))


@rule(
    "ec2-referenced-group", "ec2 DeleteSecurityGroup", "DependencyViolation", "The resource has a dependent object: a rule of another security group names it.",
    f"{API}/API_DeleteSecurityGroup.html",
    breaks=[creating(), creating("h"), allowing({"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": "sg-g"}]}, group="sg-h"), ("DeleteSecurityGroup", {"GroupId": "sg-g"})],
    keeps=[creating(), creating("h"), ("DeleteSecurityGroup", {"GroupId": "sg-g"})])
def _(call, account):
    groups = [(key[1], facts) for key, facts in account.things.items() if key[0] == "group" and key[1] != call["GroupId"]]
    return any(str(peer).split("/")[0] == call["GroupId"] for _, facts in groups for *_, peer in facts["in"] | facts["out"])


@rule(
    "ec2-ports", AUTHORIZES, "InvalidParameterValue",
    "Invalid value for portRange: TCP and UDP have ports from 0 to 65535, the first not above the last; -1 stands for all protocols.", RULES,
    breaks=[creating(), allowing({"IpProtocol": "tcp", "FromPort": 9, "ToPort": 8, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]})], keeps=[creating(), allowing(tcp(9))])
def _(call, account):
    for permission in call["IpPermissions"] or []:
        first, last = permission.get("FromPort"), permission.get("ToPort")
        if permission.get("IpProtocol") in ("tcp", "udp", "6", "17") and (first is None or last is None or not 0 <= first <= last <= 65535):
            return True
    return False


@rule(
    "ec2-group-text", "ec2 CreateSecurityGroup", "InvalidParameterValue",
    "A group's name and description have up to 255 characters of a-z, A-Z, 0-9, spaces, and ._-:/()#,@[]+=&;{}!$*, and the name doesn't begin with sg-.",
    f"{API}/API_CreateSecurityGroup.html", breaks=[creating(description="it's")], keeps=[creating(description="its")])
def _(call, account):
    return not all(SIGNS.fullmatch(call[name] or "") for name in ("GroupName", "Description")) or call["GroupName"].startswith("sg-")


@rule(
    "ec2-rule-text", f"{AUTHORIZES} UpdateSecurityGroupRuleDescriptionsIngress UpdateSecurityGroupRuleDescriptionsEgress", "InvalidParameterValue",
    "Invalid rule description. Valid descriptions are strings less than 256 characters from a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*.", RULES,
    breaks=[creating(), allowing(tcp(1, Description="it's"))], keeps=[creating(), allowing(tcp(1, Description="its"))])
def _(call, account):
    texts = [item.get("Description") or "" for permission in call["IpPermissions"] or [] for _, item in peers(permission)]
    return any(not SIGNS.fullmatch(text) for text in texts)


@rule(
    "ec2-reserved-tag", "ec2 CreateTags CreateSecurityGroup", "InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for internal use.",
    f"{DOCS}/AWSEC2/latest/UserGuide/Using_Tags.html",
    breaks=[("CreateTags", {"Resources": ["sg-g"], "Tags": [{"Key": "aws:a", "Value": ""}]})], keeps=[("CreateTags", {"Resources": ["sg-g"], "Tags": [{"Key": "a", "Value": ""}]})])
def _(call, account):
    given = [*(call["Tags"] or []), *(tag for spec in call["TagSpecifications"] or [] for tag in spec.get("Tags") or [])]
    return any((tag.get("Key") or "").startswith("aws:") for tag in given)


@note("ec2 CreateTags")
def _(call, account, answer):
    for resource in call["Resources"] or []:
        tags = (account["tags", resource] or account.make("tags", resource, keys=set()))["keys"]
        tags |= {tag.get("Key") for tag in call["Tags"] or []}


@note("ec2 DeleteTags")
def _(call, account, answer):
    for resource in call["Resources"] or []:
        (account["tags", resource] or {"keys": set()})["keys"].difference_update(tag.get("Key") for tag in call["Tags"] or [])


@note("ec2 CreateSecurityGroup")
def _(call, account, answer):
    keys = {tag.get("Key") for spec in call["TagSpecifications"] or [] for tag in spec.get("Tags") or []}
    account.make("tags", answer.get("groupId", ""), keys=keys)


@rule(
    "ec2-tags", "ec2 CreateTags", "TagLimitExceeded", "The maximum number of tags for a resource has been reached: 50.", f"{DOCS}/AWSEC2/latest/UserGuide/Using_Tags.html",
    breaks=[("CreateTags", {"Resources": ["sg-g"], "Tags": [{"Key": str(i)} for i in range(50)]}), ("CreateTags", {"Resources": ["sg-g"], "Tags": [{"Key": "x"}]})],
    keeps=[("CreateTags", {"Resources": ["sg-g"], "Tags": [{"Key": str(i)} for i in range(50)]}), ("CreateTags", {"Resources": ["sg-g"], "Tags": [{"Key": "1"}]})])
def _(call, account):
    new = {tag.get("Key") for tag in call["Tags"] or []}
    return any(len((account["tags", resource] or {"keys": set()})["keys"] | new) > 50 for resource in call["Resources"] or [])
