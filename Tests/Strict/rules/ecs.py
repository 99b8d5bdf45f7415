"""Amazon ECS: task definitions."""

from rulebook import DOCS, rule

GUIDE = f"{DOCS}/AmazonECS/latest/developerguide"
API = f"{DOCS}/AmazonECS/latest/APIReference"
FARGATE = {"requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "512"}
# CPU units → MiB of memory.
SIZES = {
    256: (512, 1024, 2048), 512: range(1024, 4097, 1024), 1024: range(2048, 8193, 1024), 2048: range(4096, 16385, 1024),
    4096: range(8192, 30721, 1024), 8192: range(16384, 61441, 4096), 16384: range(32768, 122881, 8192),
}


def registering(*containers, **parameters):
    containers = containers or ({},)
    return ("RegisterTaskDefinition", {"family": "f", "containerDefinitions": [
        {"name": f"c{i}", "image": "i", "memory": 64, **c} for i, c in enumerate(containers)], **parameters})


def containers(call):
    return call["containerDefinitions"] or []


def amount(text, unit):
    """CPU and memory as numbers: `1 vCPU`, `.5 vcpu`, `2GB`."""
    text = str(text).lower().replace(" ", "")
    return int(float(text.removesuffix(unit)) * 1024) if text.endswith(unit) else int(text)


def is_fargate(call):
    return "FARGATE" in (call["requiresCompatibilities"] or [])


@rule(
    "ecs-fargate-size", "ecs RegisterTaskDefinition", "ClientException", "No Fargate configuration exists for given values.", f"{GUIDE}/fargate-tasks-services.html",
    breaks=[registering(**{**FARGATE, "memory": "4096"})], keeps=[registering(**FARGATE)])
def _(call, account):
    if not is_fargate(call):
        return False
    if not call["cpu"] or not call["memory"]:
        return True
    return amount(call["memory"], "gb") not in SIZES.get(amount(call["cpu"], "vcpu"), ())


@rule(
    "ecs-fargate-network", "ecs RegisterTaskDefinition", "ClientException", "Fargate only supports network mode 'awsvpc'.", f"{GUIDE}/fargate-tasks-services.html",
    breaks=[registering(**{**FARGATE, "networkMode": "bridge"})], keeps=[registering(**FARGATE)])
def _(call, account):
    return is_fargate(call) and call["networkMode"] != "awsvpc"


@rule(
    "ecs-fargate-logs", "ecs RegisterTaskDefinition", "ClientException",
    "Fargate requires task definition to have execution role ARN to support log driver awslogs.", f"{GUIDE}/task_execution_IAM_role.html",
    breaks=[registering({"logConfiguration": {"logDriver": "awslogs"}}, **FARGATE)], keeps=[registering({"logConfiguration": {"logDriver": "awslogs"}}, **FARGATE, executionRoleArn="r")])
def _(call, account):
    uses = any((c.get("logConfiguration") or {}).get("logDriver") == "awslogs" or c.get("secrets") for c in containers(call))
    return is_fargate(call) and uses and not call["executionRoleArn"]


@rule(
    "ecs-container-memory", "ecs RegisterTaskDefinition", "ClientException",
    "Invalid setting for container. At least one of 'memory' or 'memoryReservation' must be specified, and memory is the greater one.", f"{API}/API_ContainerDefinition.html",
    breaks=[registering({"memory": None})], keeps=[registering({"memory": None}, memory="512")])
def _(call, account):
    for container in containers(call):
        hard, soft = container.get("memory"), container.get("memoryReservation")
        if not call["memory"] and not hard and not soft or hard and soft and hard <= soft:
            return container["name"]
    return False


@rule(
    "ecs-container-names", "ecs RegisterTaskDefinition", "ClientException", "Container names in a task definition must be unique.", f"{API}/API_ContainerDefinition.html",
    breaks=[registering({"name": "a"}, {"name": "a"})], keeps=[registering({"name": "a"}, {"name": "b"})])
def _(call, account):
    names = [c.get("name") for c in containers(call)]
    return len(names) != len(set(names))


@rule(
    "ecs-essential", "ecs RegisterTaskDefinition", "ClientException", "A task definition must have at least one essential container.", f"{API}/API_ContainerDefinition.html",
    breaks=[registering({"essential": False})], keeps=[registering({"essential": False}, {})])
def _(call, account):
    return all(c.get("essential") is False for c in containers(call))


@rule(
    "ecs-host-port", "ecs RegisterTaskDefinition", "ClientException",
    "When networkMode=awsvpc or host, the host ports and container ports in port mappings must match.", f"{API}/API_PortMapping.html",
    breaks=[registering({"portMappings": [{"containerPort": 80, "hostPort": 81}]}, networkMode="awsvpc")],
    keeps=[registering({"portMappings": [{"containerPort": 80, "hostPort": 80}]}, networkMode="awsvpc")])
def _(call, account):
    ports = [port for c in containers(call) for port in c.get("portMappings") or []]
    differ = any(port.get("hostPort") not in (None, 0, port.get("containerPort")) for port in ports)
    return call["networkMode"] in ("awsvpc", "host") and differ


@rule(
    "ecs-sums", "ecs RegisterTaskDefinition", "ClientException",
    "The total of the containers' cpu must not exceed that of the task, and no container's memory the task's.", f"{API}/API_ContainerDefinition.html",
    breaks=[registering({"cpu": 200}, {"cpu": 100}, **FARGATE)], keeps=[registering({"cpu": 156}, {"cpu": 100}, **FARGATE)])
def _(call, account):
    cpu = sum(c.get("cpu") or 0 for c in containers(call))
    memory = max([c.get("memory") or 0 for c in containers(call)], default=0)
    return bool(call["cpu"]) and cpu > amount(call["cpu"], "vcpu") or bool(call["memory"]) and memory > amount(call["memory"], "gb")


@rule(
    "ecs-volumes", "ecs RegisterTaskDefinition", "ClientException", "Unknown volume: a mount point names a volume of the task definition.", f"{API}/API_MountPoint.html",
    breaks=[registering({"mountPoints": [{"sourceVolume": "v"}]})], keeps=[registering({"mountPoints": [{"sourceVolume": "v"}]}, volumes=[{"name": "v"}])])
def _(call, account):
    known = {volume.get("name") for volume in call["volumes"] or []}
    return bool({m.get("sourceVolume") for c in containers(call) for m in c.get("mountPoints") or []} - known)


@rule(
    "ecs-dependencies", "ecs RegisterTaskDefinition", "ClientException", "A container depends on containers of its task definition alone, and not on itself.", f"{API}/API_ContainerDependency.html",
    breaks=[registering({"dependsOn": [{"containerName": "z", "condition": "START"}]})],
    keeps=[registering({"dependsOn": [{"containerName": "c1", "condition": "START"}]}, {})])
def _(call, account):
    names = {c.get("name") for c in containers(call)}
    return any(d.get("containerName") not in names - {c.get("name")} for c in containers(call) for d in c.get("dependsOn") or [])


@rule(
    "ecs-tags", "ecs RegisterTaskDefinition TagResource", "InvalidParameterException", "A resource has at most 50 tags, none of which begins with aws:.", f"{API}/API_Tag.html",
    breaks=[registering(tags=[{"key": "aws:a"}])], keeps=[registering(tags=[{"key": "a"}])])
def _(call, account):
    keys = [tag.get("key") or "" for tag in call["tags"] or []]
    return len(keys) > 50 or any(key.lower().startswith("aws:") for key in keys)
