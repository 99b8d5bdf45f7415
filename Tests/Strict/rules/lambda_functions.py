"""AWS Lambda: what an account has, and its functions."""

import json
import re

from rulebook import DOCS, forgets, note, rule

GUIDE = f"{DOCS}/lambda/latest/dg"
API = f"{DOCS}/lambda/latest/api"
QUOTAS = f"{GUIDE}/gettingstarted-limits.html"
ROLE = "arn:aws:iam::111111111111:role/r"
CONFIGURES = "lambda CreateFunction UpdateFunctionConfiguration"
QUEUE = "arn:aws:sqs:us-east-1:111111111111:q"
TRUSTED = '{"Statement": [{"Principal": {"Service": "lambda.amazonaws.com"}}]}'


def creating(name="f", **parameters):
    return ("CreateFunction", {"FunctionName": name, "Role": ROLE, "Runtime": "python3.12", "Handler": "a.b", "Code": {}, **parameters})


def configuring(**parameters):
    return ("UpdateFunctionConfiguration", {"FunctionName": "f", **parameters})


def plain(name):
    """The function's name in what may be its ARN, or have a qualifier."""
    parts = (name or "").split(":")
    return parts[6] if len(parts) > 6 else parts[0]


def qualifier(call):
    parts = (call["FunctionName"] or "").split(":")
    return call["Qualifier"] or (parts[7] if len(parts) > 7 else parts[1] if len(parts) == 2 else "")


# MARK: What is there


@note("lambda CreateFunction")
def _(call, account, answer):
    account.make("function", call["FunctionName"], role=call["Role"], timeout=call["Timeout"] or 3, tags=dict(call["Tags"] or {}),
                 package=call["PackageType"] or "Zip", versions=set(), reserved=None)


@note("lambda UpdateFunctionConfiguration")
def _(call, account, answer):
    if function := account["function", plain(call["FunctionName"])]:
        function["role"] = call["Role"] or function["role"]
        function["timeout"] = call["Timeout"] or function["timeout"]


@note("lambda DeleteFunction")
def _(call, account, answer):
    if not qualifier(call):
        account.forget("function", plain(call["FunctionName"]))


@note("lambda AddPermission")
def _(call, account, answer):
    account.make("function", plain(call["FunctionName"]), "permission", qualifier(call), call["StatementId"],
                 principal=call["Principal"], size=len(json.dumps(call.parameters)) + 60)


@note("lambda RemovePermission")
def _(call, account, answer):
    account.forget("function", plain(call["FunctionName"]), "permission", qualifier(call), call["StatementId"])


@note("lambda PutFunctionConcurrency")
def _(call, account, answer):
    if function := account["function", plain(call["FunctionName"])]:
        function["reserved"] = call["ReservedConcurrentExecutions"]


@note("lambda DeleteFunctionConcurrency")
def _(call, account, answer):
    if function := account["function", plain(call["FunctionName"])]:
        function["reserved"] = None


@note("lambda CreateAlias UpdateAlias")
def _(call, account, answer):
    weights = call["RoutingConfig.AdditionalVersionWeights"] or {}
    alias = account["function", plain(call["FunctionName"]), "alias", call["Name"]] or {}
    version = call["FunctionVersion"] or alias.get("version")
    account.make("function", plain(call["FunctionName"]), "alias", call["Name"], version=version, weights=weights)


@note("lambda DeleteAlias")
def _(call, account, answer):
    account.forget("function", plain(call["FunctionName"]), "alias", call["Name"])


@note("lambda PutProvisionedConcurrencyConfig")
def _(call, account, answer):
    account.make("function", plain(call["FunctionName"]), "provisioned", call["Qualifier"], count=call["ProvisionedConcurrentExecutions"])


@note("lambda DeleteProvisionedConcurrencyConfig")
def _(call, account, answer):
    account.forget("function", plain(call["FunctionName"]), "provisioned", call["Qualifier"])


@note("lambda CreateFunctionUrlConfig")
def _(call, account, answer):
    account.make("function", plain(call["FunctionName"]), "url", qualifier(call))


@note("lambda DeleteFunctionUrlConfig")
def _(call, account, answer):
    account.forget("function", plain(call["FunctionName"]), "url", qualifier(call))


@note("lambda CreateEventSourceMapping")
def _(call, account, answer):
    account.make("mapping", answer.get("UUID", ""), source=call["EventSourceArn"], function=call["FunctionName"])


forgets("lambda DeleteEventSourceMapping", "mapping", "$UUID")


@note("lambda TagResource")
def _(call, account, answer):
    if function := account["function", plain(call["Resource"])]:
        function["tags"].update(call["Tags"] or {})


@note("lambda UntagResource")
def _(call, account, answer):
    for key in call["TagKeys"] or []:
        ((account["function", plain(call["Resource"])] or {}).get("tags") or {}).pop(key, None)


# MARK: Functions


@rule(
    "lambda-environment-size", CONFIGURES, "InvalidParameterValueException",
    "Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.", QUOTAS,
    breaks=[configuring(Environment={"Variables": {"A": "x" * 4096}})], keeps=[configuring(Environment={"Variables": {"A": "x" * 4000}})])
def _(call, account):
    return len(json.dumps(call["Environment.Variables"] or {}, separators=(",", ":"))) > 4096


@rule(
    "lambda-reserved-variables", CONFIGURES, "InvalidParameterValueException",
    "Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification.",
    f"{GUIDE}/configuration-envvars.html",
    breaks=[configuring(Environment={"Variables": {"AWS_REGION": "x"}})], keeps=[configuring(Environment={"Variables": {"REGION": "x"}})])
def _(call, account):
    reserved = {
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
        "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
    }
    return ", ".join(sorted(reserved & (call["Environment.Variables"] or {}).keys()))


@rule(
    "lambda-five-layers", CONFIGURES, "InvalidParameterValueException", "You cannot add more than 5 layers to a function.", QUOTAS,
    breaks=[configuring(Layers=[f"arn:aws:lambda:us-east-1:111111111111:layer:l{i}:1" for i in range(6)])],
    keeps=[configuring(Layers=[f"arn:aws:lambda:us-east-1:111111111111:layer:l{i}:1" for i in range(5)])])
def _(call, account):
    return len(call["Layers"] or []) > 5


@rule(
    "lambda-one-layer-version", CONFIGURES, "InvalidParameterValueException",
    "Two different versions of the same layer are not allowed to be referenced in the same function.", f"{GUIDE}/adding-layers.html",
    breaks=[configuring(Layers=[f"arn:aws:lambda:us-east-1:111111111111:layer:l:{i}" for i in range(2)])],
    keeps=[configuring(Layers=["arn:aws:lambda:us-east-1:111111111111:layer:l:1"])])
def _(call, account):
    names = [arn.rpartition(":")[0] for arn in call["Layers"] or []]
    return len(names) != len(set(names))


@rule(
    "lambda-role-trusts-lambda", CONFIGURES, "InvalidParameterValueException",
    "The role defined for the function cannot be assumed by Lambda.", f"{GUIDE}/lambda-intro-execution-role.html",
    breaks=[("iam:CreateRole", {"RoleName": "r", "AssumeRolePolicyDocument": '{"Statement": [{"Principal": {"Service": "ec2.amazonaws.com"}}]}'}), creating()],
    keeps=[("iam:CreateRole", {"RoleName": "r", "AssumeRolePolicyDocument": TRUSTED}), creating()])
def _(call, account):
    role = account.elsewhere["role", (call["Role"] or "").rpartition("/")[2]]
    return role and "lambda.amazonaws.com" not in role["trust"] and '"*"' not in role["trust"]


@rule(
    "lambda-dead-letters", CONFIGURES, "InvalidParameterValueException",
    "The provided execution role does not have permissions to call SendMessage on SQS, or Publish on SNS.", f"{GUIDE}/invocation-async-retain-records.html",
    breaks=[("iam:CreateRole", {"RoleName": "r", "AssumeRolePolicyDocument": TRUSTED}), creating(DeadLetterConfig={"TargetArn": QUEUE})],
    keeps=[("iam:CreateRole", {"RoleName": "r", "AssumeRolePolicyDocument": TRUSTED}),
           ("iam:PutRolePolicy", {"RoleName": "r", "PolicyName": "p", "PolicyDocument": '{"Version": "2012-10-17", "Statement": [{"Action": "sqs:SendMessage", "Resource": "*"}]}'}),
           creating(DeadLetterConfig={"TargetArn": QUEUE})])
def _(call, account):
    target = call["DeadLetterConfig.TargetArn"]
    function = account["function", plain(call["FunctionName"])] or {}
    action = {"sqs": "sqs:SendMessage", "sns": "sns:Publish"}.get((target or ":::").split(":")[2])
    return bool(action) and not allows(account, call["Role"] or function.get("role"), action)


def allows(account, role, action):
    """Whether a role that was made here may do this, as far as its policies' actions tell; true of any other role."""
    name = (role or "").rpartition("/")[2]
    things = account.elsewhere
    if not things["role", name]:
        return True
    texts = []
    for key, facts in things.below("role", name).items():
        if key[0] == "inline":
            texts.append(facts["text"])
        elif things["policy", key[1]]:
            texts += [v["text"] for v in things.below("policy", key[1]).values()]
        else:
            # One of AWS's own, whose text nobody here knows.
            return True
    service, verb = action.split(":")
    for text in texts:
        for pattern in re.findall(r'"((?:%s:)[A-Za-z*?]+|\*)"' % service, text):
            if re.fullmatch(pattern.replace("*", ".*").replace("?", "."), action, re.IGNORECASE):
                return True
    return False


@rule(
    "lambda-image-without-handler", "lambda CreateFunction", "InvalidParameterValueException",
    "Functions of package type Image have no Runtime, Handler or Layers; those of type Zip have Runtime and Handler.", f"{API}/API_CreateFunction.html",
    breaks=[creating(PackageType="Image")], keeps=[creating()])
def _(call, account):
    given = {name for name in ("Runtime", "Handler", "Layers") if call[name]}
    return bool(given) if call["PackageType"] == "Image" else not {"Runtime", "Handler"} <= given


@rule(
    "lambda-tags", "lambda CreateFunction TagResource", "InvalidParameterValueException", "The number of tags exceeds the limit of 50.",
    f"{GUIDE}/configuration-tags.html",
    breaks=[creating(Tags={str(i): "" for i in range(50)}), ("TagResource", {"Resource": "arn:aws:lambda:us-east-1:1:function:f", "Tags": {"x": ""}})],
    keeps=[creating(Tags={str(i): "" for i in range(50)}), ("TagResource", {"Resource": "arn:aws:lambda:us-east-1:1:function:f", "Tags": {"1": "x"}})])
def _(call, account):
    name = call["FunctionName"] or plain(call["Resource"])
    old = (account["function", name] or {}).get("tags") or {}
    return len({*old, *(call["Tags"] or {})}) > 50


@rule(
    "lambda-snap-start", CONFIGURES, "InvalidParameterValueException",
    "SnapStart doesn't support provisioned concurrency, Amazon EFS, or ephemeral storage greater than 512 MB.", f"{GUIDE}/snapstart.html",
    breaks=[configuring(SnapStart={"ApplyOn": "PublishedVersions"}, EphemeralStorage={"Size": 1024})],
    keeps=[configuring(SnapStart={"ApplyOn": "PublishedVersions"}, EphemeralStorage={"Size": 512})])
def _(call, account):
    if call["SnapStart.ApplyOn"] != "PublishedVersions":
        return False
    provisioned = any(key[0] == "provisioned" for key in account.below("function", plain(call["FunctionName"])))
    return (call["EphemeralStorage.Size"] or 512) > 512 or bool(call["FileSystemConfigs"]) or provisioned


@rule(
    "lambda-files-in-vpc", "lambda CreateFunction", "InvalidParameterValueException",
    "Function must be configured to execute in a VPC to reference access points.", f"{GUIDE}/configuration-filesystem.html",
    breaks=[creating(FileSystemConfigs=[{"Arn": "a", "LocalMountPath": "/mnt/a"}])],
    keeps=[creating(FileSystemConfigs=[{"Arn": "a", "LocalMountPath": "/mnt/a"}], VpcConfig={"SubnetIds": ["s"], "SecurityGroupIds": ["g"]})])
def _(call, account):
    return bool(call["FileSystemConfigs"]) and not call["VpcConfig.SubnetIds"]


@rule(
    "lambda-subnets-and-groups", CONFIGURES, "InvalidParameterValueException",
    "SubnetIds and SecurityGroupIds must coexist or be both empty list.", f"{API}/API_VpcConfig.html",
    breaks=[configuring(VpcConfig={"SubnetIds": ["s"], "SecurityGroupIds": []})], keeps=[configuring(VpcConfig={"SubnetIds": [], "SecurityGroupIds": []})])
def _(call, account):
    return bool(call["VpcConfig.SubnetIds"]) != bool(call["VpcConfig.SecurityGroupIds"])


@rule(
    "lambda-log-format", CONFIGURES, "InvalidParameterValueException",
    "ApplicationLogLevel and SystemLogLevel are for the log format JSON.", f"{API}/API_LoggingConfig.html",
    breaks=[configuring(LoggingConfig={"LogFormat": "Text", "ApplicationLogLevel": "INFO"})],
    keeps=[configuring(LoggingConfig={"LogFormat": "JSON", "ApplicationLogLevel": "INFO"})])
def _(call, account):
    config = call["LoggingConfig"] or {}
    return config.get("LogFormat") == "Text" and bool({"ApplicationLogLevel", "SystemLogLevel"} & {k for k, v in config.items() if v})
