"""AWS Identity and Access Management: roles and managed policies."""

import json

from rulebook import DOCS, forgets, makes, note, rule

QUOTAS = f"{DOCS}/IAM/latest/UserGuide/reference_iam-quotas.html"
API = f"{DOCS}/IAM/latest/APIReference"
TAGS = f"{DOCS}/IAM/latest/UserGuide/id_tags.html"
ELEMENTS = f"{DOCS}/IAM/latest/UserGuide/reference_policies_elements"
ALLOW = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
TRUST = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}
ONE = "arn:aws:iam::111111111111:policy/one"


def policy(*statements, **members):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements), **members})


def making_role(name="a", **parameters):
    return ("CreateRole", {"RoleName": name, "AssumeRolePolicyDocument": policy(TRUST), **parameters})


def making_policy(name="one", **parameters):
    return ("CreatePolicy", {"PolicyName": name, "PolicyDocument": policy(ALLOW), **parameters})


def attaching(role="a", arn=ONE):
    return ("AttachRolePolicy", {"RoleName": role, "PolicyArn": arn})


def inlining(role="a", name="p", document=policy(ALLOW)):
    return ("PutRolePolicy", {"RoleName": role, "PolicyName": name, "PolicyDocument": document})


def tags_of(items):
    return {item["Key"]: item["Value"] for item in items or []}


def size(text):
    """IAM doesn't count white space."""
    return len("".join(text.split()))


def things(count):
    return [{"Key": f"k{i}", "Value": ""} for i in range(count)]


# MARK: What is there


@note("iam CreateRole")
def _(call, account, answer):
    account.make("role", call["RoleName"], tags=tags_of(call["Tags"]), trust=call["AssumeRolePolicyDocument"])


@note("iam UpdateAssumeRolePolicy")
def _(call, account, answer):
    if role := account["role", call["RoleName"]]:
        role["trust"] = call["PolicyDocument"]


forgets("iam DeleteRole", "role", "$RoleName")


@note("iam PutRolePolicy")
def _(call, account, answer):
    account.make("role", call["RoleName"], "inline", call["PolicyName"], text=call["PolicyDocument"])


forgets("iam DeleteRolePolicy", "role", "$RoleName", "inline", "$PolicyName")
makes("iam AttachRolePolicy", "role", "$RoleName", "attached", "$PolicyArn")
forgets("iam DetachRolePolicy", "role", "$RoleName", "attached", "$PolicyArn")


@note("iam CreatePolicy")
def _(call, account, answer):
    arn = f"arn:aws:iam::{account.number}:policy{call['Path'] or '/'}{call['PolicyName']}"
    account.make("policy", arn, tags=tags_of(call["Tags"]), default="v1", next=2)
    account.make("policy", arn, "version", "v1", text=call["PolicyDocument"])


@note("iam CreatePolicyVersion")
def _(call, account, answer):
    if found := account["policy", call["PolicyArn"]]:
        name = f"v{found['next']}"
        found["next"] += 1
        account.make("policy", call["PolicyArn"], "version", name, text=call["PolicyDocument"])
        if call["SetAsDefault"]:
            found["default"] = name


@note("iam SetDefaultPolicyVersion")
def _(call, account, answer):
    if found := account["policy", call["PolicyArn"]]:
        found["default"] = call["VersionId"]


forgets("iam DeletePolicyVersion", "policy", "$PolicyArn", "version", "$VersionId")
forgets("iam DeletePolicy", "policy", "$PolicyArn")


def tagged(call, account):
    return account["role", call["RoleName"]] if call["RoleName"] else account["policy", call["PolicyArn"]]


@note("iam TagRole TagPolicy")
def _(call, account, answer):
    if thing := tagged(call, account):
        thing["tags"].update(tags_of(call["Tags"]))


@note("iam UntagRole UntagPolicy")
def _(call, account, answer):
    if thing := tagged(call, account):
        for key in call["TagKeys"]:
            thing["tags"].pop(key, None)


# MARK: Rules


@rule(
    "iam-role-with-policies", "iam DeleteRole", "DeleteConflict",
    "Cannot delete entity, must detach all policies and delete all inline policies first.", f"{API}/API_DeleteRole.html", status=409,
    breaks=[making_role(), inlining(), ("DeleteRole", {"RoleName": "a"})],
    keeps=[making_role(), inlining(), ("DeleteRolePolicy", {"RoleName": "a", "PolicyName": "p"}), ("DeleteRole", {"RoleName": "a"})])
def _(call, account):
    return bool(account.below("role", call["RoleName"]))


@rule(
    "iam-policy-attached", "iam DeletePolicy", "DeleteConflict",
    "Cannot delete a policy attached to entities.", f"{API}/API_DeletePolicy.html", status=409,
    breaks=[making_policy(), making_role(), attaching(), ("DeletePolicy", {"PolicyArn": ONE})],
    keeps=[making_policy(), making_role(), ("DeletePolicy", {"PolicyArn": ONE})])
def _(call, account):
    return any(key[0] == "role" and key[2:] == ("attached", call["PolicyArn"]) for key in account.things)


@rule(
    "iam-policy-with-versions", "iam DeletePolicy", "DeleteConflict",
    "This policy has more than one version. Before you delete a policy, you must delete the policy's versions, all but the default one.",
    f"{API}/API_DeletePolicy.html", status=409,
    breaks=[making_policy(), ("CreatePolicyVersion", {"PolicyArn": ONE, "PolicyDocument": policy(ALLOW), "SetAsDefault": True}),
            ("DeletePolicy", {"PolicyArn": ONE})],
    keeps=[making_policy(), ("DeletePolicy", {"PolicyArn": ONE})])
def _(call, account):
    return len(account.below("policy", call["PolicyArn"])) > 1


@rule(
    "iam-default-version", "iam DeletePolicyVersion", "DeleteConflict",
    "Cannot delete the default version of a policy.", f"{API}/API_DeletePolicyVersion.html", status=409,
    breaks=[making_policy(), ("DeletePolicyVersion", {"PolicyArn": ONE, "VersionId": "v1"})],
    keeps=[making_policy(), ("CreatePolicyVersion", {"PolicyArn": ONE, "PolicyDocument": policy(ALLOW), "SetAsDefault": True}),
           ("DeletePolicyVersion", {"PolicyArn": ONE, "VersionId": "v1"})])
def _(call, account):
    return (account["policy", call["PolicyArn"]] or {}).get("default") == call["VersionId"]


@rule(
    "iam-five-versions", "iam CreatePolicyVersion", "LimitExceeded",
    "A managed policy can have up to 5 versions.", QUOTAS, status=409,
    breaks=[making_policy()] + [("CreatePolicyVersion", {"PolicyArn": ONE, "PolicyDocument": policy(ALLOW)})] * 5,
    keeps=[making_policy()] + [("CreatePolicyVersion", {"PolicyArn": ONE, "PolicyDocument": policy(ALLOW)})] * 4)
def _(call, account):
    return len(account.below("policy", call["PolicyArn"])) >= 5


@rule(
    "iam-ten-attached", "iam AttachRolePolicy", "LimitExceeded",
    "Cannot exceed quota for PoliciesPerRole: 10.", QUOTAS, status=409,
    breaks=[making_role()] + [attaching(arn=f"{ONE}{i}") for i in range(11)],
    keeps=[making_role()] + [attaching(arn=f"{ONE}{i}") for i in range(10)])
def _(call, account):
    attached = {key[1] for key in account.below("role", call["RoleName"]) if key[0] == "attached"}
    return len(attached | {call["PolicyArn"]}) > 10


@rule(
    "iam-inline-size", "iam PutRolePolicy", "LimitExceeded",
    "The inline policies of a role have at most 10,240 characters in all, without white space.", QUOTAS, status=409,
    breaks=[making_role(), inlining(document=policy({**ALLOW, "Sid": "x" * 9000})),
            inlining(name="q", document=policy({**ALLOW, "Sid": "x" * 2000}))],
    keeps=[making_role(), inlining(document=policy({**ALLOW, "Sid": "x" * 9000})),
           inlining(document=policy({**ALLOW, "Sid": "x" * 9900}))])
def _(call, account):
    others = sum(
        size(facts["text"]) for key, facts in account.below("role", call["RoleName"]).items()
        if key[0] == "inline" and key[1] != call["PolicyName"])
    return others + size(call["PolicyDocument"]) > 10240


@rule(
    "iam-trust-size", "iam CreateRole UpdateAssumeRolePolicy", "LimitExceeded",
    "Cannot exceed quota for ACLSizePerRole: 2048.", QUOTAS, status=409,
    breaks=[making_role(AssumeRolePolicyDocument=policy({**TRUST, "Sid": "x" * 2048}))], keeps=[making_role()])
def _(call, account):
    return size(call["AssumeRolePolicyDocument"] or call["PolicyDocument"]) > 2048


@rule(
    "iam-managed-size", "iam CreatePolicy CreatePolicyVersion", "LimitExceeded",
    "Cannot exceed quota for PolicySize: 6144.", QUOTAS, status=409,
    breaks=[making_policy(PolicyDocument=policy({**ALLOW, "Sid": "x" * 6144}))], keeps=[making_policy()])
def _(call, account):
    return size(call["PolicyDocument"]) > 6144


@rule(
    "iam-tag-case", "iam CreateRole CreatePolicy TagRole TagPolicy", "InvalidInput",
    "Duplicate tag keys found. Please note that tag keys are case insensitive.", TAGS,
    breaks=[making_role(Tags=[{"Key": "Team", "Value": "a"}, {"Key": "team", "Value": "b"}])],
    keeps=[making_role(Tags=[{"Key": "Team", "Value": "a"}, {"Key": "cost", "Value": "b"}])])
def _(call, account):
    keys = [item["Key"].lower() for item in call["Tags"] or []]
    return len(keys) != len(set(keys))


@rule(
    "iam-tags", "iam CreateRole CreatePolicy TagRole TagPolicy", "LimitExceeded",
    "A role or a policy has at most 50 tags.", QUOTAS, status=409,
    breaks=[making_role(Tags=things(50)), ("TagRole", {"RoleName": "a", "Tags": [{"Key": "x", "Value": ""}]})],
    keeps=[making_role(Tags=things(50)), ("TagRole", {"RoleName": "a", "Tags": [{"Key": "K1", "Value": "x"}]})])
def _(call, account):
    old = (tagged(call, account) or {}).get("tags", {})
    return len({key.lower() for key in [*old, *tags_of(call["Tags"])]}) > 50


@rule(
    "iam-reserved-tag", "iam CreateRole CreatePolicy TagRole TagPolicy", "InvalidInput",
    "You cannot create tag keys or values that have the prefix aws:.", TAGS,
    breaks=[making_role(Tags=[{"Key": "aws:team", "Value": "a"}])], keeps=[making_role(Tags=[{"Key": "awsteam", "Value": "a"}])])
def _(call, account):
    return any(item["Key"].lower().startswith("aws:") for item in call["Tags"] or [])
