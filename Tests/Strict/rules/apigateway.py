"""Amazon API Gateway, version 1: REST APIs."""

import re

from rulebook import DOCS, forgets, makes, note, rule

API = f"{DOCS}/apigateway/latest/api"
QUOTAS = f"{DOCS}/apigateway/latest/developerguide/limits.html"
METHOD = {"restApiId": "a", "resourceId": "r", "httpMethod": "GET"}


def making():
    return ("CreateRestApi", {"name": "n"}, {"id": "a"})


def path(part, id, parent="root"):
    return ("CreateResource", {"restApiId": "a", "parentId": parent, "pathPart": part}, {"id": id})


def method(**parameters):
    return ("PutMethod", {**METHOD, "authorizationType": "NONE", **parameters})


def integration(**parameters):
    return ("PutIntegration", {**METHOD, "type": "MOCK", **parameters})


def deploying(id="d"):
    return ("CreateDeployment", {"restApiId": "a"}, {"id": id})


def staging(name="s", deployment="d"):
    return ("CreateStage", {"restApiId": "a", "stageName": name, "deploymentId": deployment})


@note("apigateway CreateRestApi")
def _(call, account, answer):
    account.make("rest api", answer.get("id", ""), tags=set(call["tags"] or {}))
    account.make("made a rest api", at=account.now())


@note("apigateway DeleteRestApi")
def _(call, account, answer):
    account.forget("rest api", call["restApiId"])
    account.make("deleted a rest api", at=account.now())


@note("apigateway CreateResource")
def _(call, account, answer):
    account.make("rest api", call["restApiId"], "resource", answer.get("id", ""), part=call["pathPart"], parent=call["parentId"])


@note("apigateway DeleteResource")
def _(call, account, answer):
    doomed = [call["resourceId"]]
    for id in doomed:
        doomed += [key[0] for key, facts in account.below("rest api", call["restApiId"], "resource").items() if len(key) == 1 and facts["parent"] == id]
        account.forget("rest api", call["restApiId"], "resource", id)
        account.forget("rest api", call["restApiId"], "method", id)


@note("apigateway PutMethod")
def _(call, account, answer):
    account.make("rest api", call["restApiId"], "method", call["resourceId"], call["httpMethod"], authorizer=call["authorizerId"],
                 validator=call["requestValidatorId"], models=set((call["requestModels"] or {}).values()))


forgets("apigateway DeleteMethod", "rest api", "$restApiId", "method", "$resourceId", "$httpMethod")


@note("apigateway PutIntegration")
def _(call, account, answer):
    if found := account["rest api", call["restApiId"], "method", call["resourceId"], call["httpMethod"]]:
        found["integrated"] = True


makes("apigateway PutMethodResponse", "rest api", "$restApiId", "method", "$resourceId", "$httpMethod", "response", "$statusCode")
forgets("apigateway DeleteMethodResponse", "rest api", "$restApiId", "method", "$resourceId", "$httpMethod", "response", "$statusCode")


@note("apigateway CreateDeployment")
def _(call, account, answer):
    account.make("rest api", call["restApiId"], "deployment", answer.get("id", ""))
    account.make("deployed", at=account.now())
    if call["stageName"]:
        account.make("rest api", call["restApiId"], "stage", call["stageName"], deployment=answer.get("id"))


forgets("apigateway DeleteDeployment", "rest api", "$restApiId", "deployment", "$deploymentId")


@note("apigateway CreateStage")
def _(call, account, answer):
    account.make("rest api", call["restApiId"], "stage", call["stageName"], deployment=call["deploymentId"])


@note("apigateway UpdateStage")
def _(call, account, answer):
    stage = account["rest api", call["restApiId"], "stage", call["stageName"]]
    for change in call["patchOperations"] or []:
        if stage and change.get("path") == "/deploymentId":
            stage["deployment"] = change["value"]


forgets("apigateway DeleteStage", "rest api", "$restApiId", "stage", "$stageName")


for _operation, _fact, _seconds in [("DeleteRestApi", "deleted a rest api", 30), ("CreateRestApi", "made a rest api", 3), ("CreateDeployment", "deployed", 5)]:
    _example = {
        "DeleteRestApi": ("DeleteRestApi", {"restApiId": "a"}), "CreateRestApi": making(), "CreateDeployment": deploying(),
    }[_operation]
    _made = [] if _operation == "CreateRestApi" else [making(), path("p", "r"), method(), integration()]

    @rule(
        f"apigateway-pace-{_operation}", f"apigateway {_operation}", "TooManyRequestsException",
        f"Too Many Requests: an account has one {_operation} every {_seconds} seconds.", QUOTAS, status=429,
        breaks=_made + [_example, _example], keeps=_made + [_example])
    def _(call, account, fact=_fact, seconds=_seconds):
        return account.lasts((account[(fact,)] or {}).get("at"), seconds)


@rule(
    "apigateway-method-exists", "apigateway PutMethod", "ConflictException", "Method already exists for this resource.", f"{API}/API_PutMethod.html", status=409,
    breaks=[making(), path("p", "r"), method(), method()], keeps=[making(), path("p", "r"), method(), method(httpMethod="POST")])
def _(call, account):
    return ("rest api", call["restApiId"], "method", call["resourceId"], call["httpMethod"]) in account


@rule(
    "apigateway-response-exists", "apigateway PutMethodResponse", "ConflictException", "Response already exists for this resource.", f"{API}/API_PutMethodResponse.html", status=409,
    breaks=[making(), method(), ("PutMethodResponse", {**METHOD, "statusCode": "200"}), ("PutMethodResponse", {**METHOD, "statusCode": "200"})],
    keeps=[making(), method(), ("PutMethodResponse", {**METHOD, "statusCode": "200"}), ("PutMethodResponse", {**METHOD, "statusCode": "400"})])
def _(call, account):
    return ("rest api", call["restApiId"], "method", call["resourceId"], call["httpMethod"], "response", call["statusCode"]) in account


def siblings(call, account):
    return [facts["part"] for facts in account.below("rest api", call["restApiId"], "resource").values() if facts["parent"] == call["parentId"]]


@rule(
    "apigateway-resource-exists", "apigateway CreateResource", "ConflictException", "Another resource with the same parent already has this name.", f"{API}/API_CreateResource.html", status=409,
    breaks=[making(), path("p", "r"), path("p", "q")], keeps=[making(), path("p", "r"), path("q", "q")])
def _(call, account):
    return call["pathPart"] in siblings(call, account)


@rule(
    "apigateway-one-variable", "apigateway CreateResource", "BadRequestException",
    "A sibling of this resource already has a variable path part -- only one unique variable path part is allowed at this level.", f"{API}/API_CreateResource.html",
    breaks=[making(), path("{a}", "r"), path("{b}", "q")], keeps=[making(), path("{a}", "r"), path("{b}", "q", "r")])
def _(call, account):
    return call["pathPart"].startswith("{") and any(part.startswith("{") for part in siblings(call, account))


@rule(
    "apigateway-nothing-to-deploy", "apigateway CreateDeployment", "BadRequestException",
    "The REST API doesn't contain any methods, or no integration is defined for a method.", f"{DOCS}/apigateway/latest/developerguide/how-to-deploy-api.html",
    breaks=[making(), path("p", "r"), method(), deploying()], keeps=[making(), path("p", "r"), method(), integration(), deploying()])
def _(call, account):
    if ("rest api", call["restApiId"]) not in account:
        return False
    methods = [facts for key, facts in account.below("rest api", call["restApiId"], "method").items() if len(key) == 2]
    return not methods or not all(facts.get("integrated") for facts in methods)


@rule(
    "apigateway-deployment-in-use", "apigateway DeleteDeployment", "BadRequestException",
    "Active stages pointing to this deployment must be moved or deleted.", f"{API}/API_DeleteDeployment.html",
    breaks=[making(), method(), integration(), deploying(), staging(), ("DeleteDeployment", {"restApiId": "a", "deploymentId": "d"})],
    keeps=[making(), method(), integration(), deploying(), ("DeleteDeployment", {"restApiId": "a", "deploymentId": "d"})])
def _(call, account):
    stages = account.below("rest api", call["restApiId"], "stage").values()
    return any(stage["deployment"] == call["deploymentId"] for stage in stages)


@rule(
    "apigateway-model-in-use", "apigateway DeleteModel", "ConflictException", "Cannot delete model: it is referenced in methods.", f"{API}/API_DeleteModel.html", status=409,
    breaks=[making(), method(requestModels={"application/json": "m"}), ("DeleteModel", {"restApiId": "a", "modelName": "m"})],
    keeps=[making(), method(), ("DeleteModel", {"restApiId": "a", "modelName": "m"})])
def _(call, account):
    methods = account.below("rest api", call["restApiId"], "method").values()
    return any(call["modelName"] in facts.get("models", ()) for facts in methods)


@rule(
    "apigateway-stage-name", "apigateway CreateStage CreateDeployment", "BadRequestException",
    "Stage name only allows a-zA-Z0-9_-, up to 128 of them.", f"{API}/API_CreateStage.html", breaks=[making(), staging("a.b")], keeps=[making(), staging("a-b")])
def _(call, account):
    return call["stageName"] is not None and not re.fullmatch(r"[a-zA-Z0-9_-]{1,128}", call["stageName"])


@rule(
    "apigateway-timeout", "apigateway PutIntegration", "BadRequestException", "Timeout should be between 50 ms and 29000 ms.", QUOTAS,
    breaks=[making(), method(), integration(timeoutInMillis=30000)], keeps=[making(), method(), integration(timeoutInMillis=29000)])
def _(call, account):
    return call["timeoutInMillis"] is not None and not 50 <= call["timeoutInMillis"] <= 29000


@rule(
    "apigateway-path-part", "apigateway CreateResource", "BadRequestException",
    "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.", f"{API}/API_CreateResource.html",
    breaks=[making(), path("a b", "r")], keeps=[making(), path("{proxy+}", "r")])
def _(call, account):
    return not re.fullmatch(r"[a-zA-Z0-9._:$-]+|\{[a-zA-Z0-9._:-]+\+?\}", call["pathPart"])


def api_tags(call, account):
    """Of the API that an ARN ends with."""
    return (account["rest api", (call["resourceArn"] or "").partition("/restapis/")[2]] or {}).get("tags", set())


@note("apigateway TagResource")
def _(call, account, answer):
    api_tags(call, account).update(call["tags"] or {})


@note("apigateway UntagResource")
def _(call, account, answer):
    api_tags(call, account).difference_update(call["tagKeys"] or [])


@rule(
    "apigateway-tags", "apigateway TagResource", "LimitExceededException", "The maximum number of tags for a resource is 50.",
    f"{DOCS}/apigateway/latest/developerguide/apigateway-tagging.html", status=429,
    breaks=[("CreateRestApi", {"name": "n", "tags": {str(i): "" for i in range(50)}}, {"id": "a"}), ("TagResource", {"resourceArn": "arn:aws:apigateway:us-east-1::/restapis/a", "tags": {"x": ""}})],
    keeps=[("CreateRestApi", {"name": "n", "tags": {str(i): "" for i in range(50)}}, {"id": "a"}), ("TagResource", {"resourceArn": "arn:aws:apigateway:us-east-1::/restapis/a", "tags": {"1": ""}})])
def _(call, account):
    return len(api_tags(call, account) | (call["tags"] or {}).keys()) > 50
