"""Amazon API Gateway, version 2: HTTP APIs."""

import re

from rulebook import DOCS, forgets, note, rule

API = f"{DOCS}/apigatewayv2/latest/api-reference"
GUIDE = f"{DOCS}/apigateway/latest/developerguide"


def making(**parameters):
    return ("CreateApi", {"Name": "n", "ProtocolType": "HTTP", **parameters}, {"apiId": "a"})


def route(key, id="r"):
    return ("CreateRoute", {"ApiId": "a", "RouteKey": key}, {"routeId": id})


@note("apigatewayv2 CreateApi")
def _(call, account, answer):
    account.make("http api", answer.get("apiId", ""))


forgets("apigatewayv2 DeleteApi", "http api", "$ApiId")


@note("apigatewayv2 CreateRoute")
def _(call, account, answer):
    account.make("http api", call["ApiId"], "route", answer.get("routeId", ""), key=call["RouteKey"])


@note("apigatewayv2 UpdateRoute")
def _(call, account, answer):
    found = account["http api", call["ApiId"], "route", call["RouteId"]]
    if found and call["RouteKey"]:
        found["key"] = call["RouteKey"]


forgets("apigatewayv2 DeleteRoute", "http api", "$ApiId", "route", "$RouteId")


def shape(key):
    """A route's key whatever its variables are called."""
    return re.sub(r"\{[^}]*?(\+?)\}", r"{\1}", key)


@rule(
    "apigatewayv2-route-exists", "apigatewayv2 CreateRoute UpdateRoute", "ConflictException",
    "Route with key already exists for this API: routes whose keys differ in the names of variables alone are one.", f"{API}/apis-apiid-routes.html", status=409,
    breaks=[making(), route("GET /orders/{id}"), route("GET /orders/{order}", "q")],
    keeps=[making(), route("GET /orders/{id}"), ("UpdateRoute", {"ApiId": "a", "RouteId": "r", "RouteKey": "GET /orders/{order}"})])
def _(call, account):
    if not call["RouteKey"]:
        return False
    others = [facts["key"] for key, facts in account.below("http api", call["ApiId"], "route").items() if key != (call["RouteId"],)]
    return shape(call["RouteKey"]) in map(shape, others)


@rule(
    "apigatewayv2-route-key", "apigatewayv2 CreateRoute UpdateRoute", "BadRequestException",
    "The provided route key is not formatted properly for HTTP protocol. Format should be \"<HTTP METHOD> /<RESOURCE PATH>\" or \"$default\".", f"{GUIDE}/http-api-develop-routes.html",
    breaks=[making(), route("/orders")], keeps=[making(), route("ANY /{proxy+}")])
def _(call, account):
    key = call["RouteKey"]
    return key is not None and key != "$default" and not re.fullmatch(r"(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY) /\S*", key)


@rule(
    "apigatewayv2-payload-version", "apigatewayv2 CreateIntegration", "BadRequestException",
    "PayloadFormatVersion is a required parameter for integration with HTTP APIs: 1.0 or 2.0, and 1.0 for integrations that are not with Lambda.", f"{GUIDE}/http-api-develop-integrations-lambda.html",
    breaks=[("CreateIntegration", {"ApiId": "a", "IntegrationType": "AWS_PROXY"})],
    keeps=[("CreateIntegration", {"ApiId": "a", "IntegrationType": "AWS_PROXY", "PayloadFormatVersion": "2.0"})])
def _(call, account):
    return call["IntegrationType"] == "AWS_PROXY" and call["PayloadFormatVersion"] not in (("1.0",) if call["IntegrationSubtype"] else ("1.0", "2.0"))


@rule(
    "apigatewayv2-credentials-and-stars", "apigatewayv2 CreateApi UpdateApi", "BadRequestException",
    "If AllowCredentials is true, AllowOrigins can't be a wildcard.", f"{GUIDE}/http-api-cors.html",
    breaks=[making(CorsConfiguration={"AllowCredentials": True, "AllowOrigins": ["*"]})], keeps=[making(CorsConfiguration={"AllowCredentials": True, "AllowOrigins": ["https://a"]})])
def _(call, account):
    return bool(call["CorsConfiguration.AllowCredentials"]) and "*" in (call["CorsConfiguration.AllowOrigins"] or [])


@rule(
    "apigatewayv2-authorizer-kind", "apigatewayv2 CreateAuthorizer", "BadRequestException",
    "A JWT authorizer has a JwtConfiguration with issuer and audience, a REQUEST authorizer an AuthorizerUri and an AuthorizerPayloadFormatVersion.", f"{API}/apis-apiid-authorizers.html",
    breaks=[("CreateAuthorizer", {"ApiId": "a", "AuthorizerType": "JWT", "Name": "n", "IdentitySource": []})],
    keeps=[("CreateAuthorizer", {"ApiId": "a", "AuthorizerType": "JWT", "Name": "n", "IdentitySource": [], "JwtConfiguration": {"Issuer": "i", "Audience": ["a"]}})])
def _(call, account):
    if call["AuthorizerType"] == "JWT":
        return not (call["JwtConfiguration.Issuer"] and call["JwtConfiguration.Audience"])
    return not (call["AuthorizerUri"] and call["AuthorizerPayloadFormatVersion"])


@rule(
    "apigatewayv2-stage-name", "apigatewayv2 CreateStage", "BadRequestException",
    "Stage names can contain only alphanumeric characters, hyphens, and underscores, or be $default, up to 128 of them.", f"{API}/apis-apiid-stages.html",
    breaks=[("CreateStage", {"ApiId": "a", "StageName": "a.b"})], keeps=[("CreateStage", {"ApiId": "a", "StageName": "$default"})])
def _(call, account):
    return not re.fullmatch(r"\$default|[a-zA-Z0-9_-]{1,128}", call["StageName"])
