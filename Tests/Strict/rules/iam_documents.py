"""AWS Identity and Access Management: what policies say."""

import json

from rulebook import rule
from rules.iam import ALLOW, ELEMENTS, TRUST, making_policy, making_role, policy


def statements(text):
    try:
        found = json.loads(text).get("Statement", [])
    except (ValueError, AttributeError):
        return []
    return found if isinstance(found, list) else [found]


@rule(
    "iam-policy-language", "iam CreateRole UpdateAssumeRolePolicy PutRolePolicy CreatePolicy CreatePolicyVersion", "MalformedPolicyDocument",
    "Syntax error in policy: its Version is 2012-10-17 or 2008-10-17.", f"{ELEMENTS}_version.html",
    breaks=[making_policy(PolicyDocument=policy(ALLOW, Version="2012-10-18"))], keeps=[making_policy()])
def _(call, account):
    try:
        document = json.loads(call["AssumeRolePolicyDocument"] or call["PolicyDocument"])
    except ValueError:
        return "it is no JSON"
    return document.get("Version", "2008-10-17") not in ("2012-10-17", "2008-10-17")


@rule(
    "iam-identity-policy", "iam PutRolePolicy CreatePolicy CreatePolicyVersion", "MalformedPolicyDocument",
    "Policy statement must contain resources, and no principal.", f"{ELEMENTS}_resource.html",
    breaks=[making_policy(PolicyDocument=policy({"Effect": "Allow", "Action": "s3:*"}))], keeps=[making_policy()])
def _(call, account):
    return any(
        not ({"Resource", "NotResource"} & s.keys()) or bool({"Principal", "NotPrincipal"} & s.keys())
        for s in statements(call["PolicyDocument"]))


@rule(
    "iam-trust-policy", "iam CreateRole UpdateAssumeRolePolicy", "MalformedPolicyDocument",
    "A trust policy names who may assume the role, and has prohibited field Resource.", f"{ELEMENTS}_principal.html",
    breaks=[making_role(AssumeRolePolicyDocument=policy({**TRUST, "Resource": "*"}))], keeps=[making_role()])
def _(call, account):
    found = statements(call["AssumeRolePolicyDocument"] or call["PolicyDocument"])
    return any("Resource" in s or not ({"Principal", "NotPrincipal"} & s.keys()) for s in found)


@rule(
    "iam-service-principal", "iam CreateRole UpdateAssumeRolePolicy", "MalformedPolicyDocument",
    "Invalid principal in policy: a service is named as service.amazonaws.com.", f"{ELEMENTS}_principal.html",
    breaks=[making_role(AssumeRolePolicyDocument=policy({**TRUST, "Principal": {"Service": "lambda"}}))], keeps=[making_role()])
def _(call, account):
    for statement in statements(call["AssumeRolePolicyDocument"] or call["PolicyDocument"]):
        principal = statement.get("Principal")
        services = principal.get("Service", []) if isinstance(principal, dict) else []
        for service in [services] if isinstance(services, str) else services:
            if not service.endswith((".amazonaws.com", ".amazonaws.com.cn", ".amazon.com")):
                return service
    return False


@rule(
    "iam-statement-ids", "iam PutRolePolicy CreatePolicy CreatePolicyVersion", "MalformedPolicyDocument",
    "Statement IDs (SID) in a single policy must be unique, and have letters and digits alone.", f"{ELEMENTS}_sid.html",
    breaks=[making_policy(PolicyDocument=policy({**ALLOW, "Sid": "a-b"}))], keeps=[making_policy(PolicyDocument=policy({**ALLOW, "Sid": "ab1"}))])
def _(call, account):
    ids = [s["Sid"] for s in statements(call["PolicyDocument"]) if s.get("Sid")]
    return len(ids) != len(set(ids)) or any(not (i.isascii() and i.isalnum()) for i in ids)
