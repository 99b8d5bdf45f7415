"""Big configurations of the same shape for Stackform and for Terraform: flat, a layered graph, one long chain."""

import random
from pathlib import Path

SHAPES = ("flat", "dag", "chain")
LAYERS = 20


def edges(count: int, shape: str) -> list[list[int]]:
    """What each resource needs, by number; the same for every program that is asked.

    In a `dag` there are 20 layers: each resource needs one of the layer below and one of any below that.
    """
    if shape == "flat":
        return [[] for _ in range(count)]
    if shape == "chain":
        return [[number - 1] if number else [] for number in range(count)]
    generator = random.Random(count)
    layer_size = max(1, count // LAYERS)
    needs: list[list[int]] = []
    for number in range(count):
        layer = min(number // layer_size, LAYERS - 1)
        if layer == 0:
            needs.append([])
            continue
        near = generator.randrange((layer - 1) * layer_size, layer * layer_size)
        far = generator.randrange(0, layer * layer_size)
        needs.append(sorted({near, far}))
    return needs


def write_stack(folder: Path, count: int, shape: str) -> Path:
    """A stack of topics, each with a tag for whatever it needs."""
    lines = [f"stack: {shape}-{count}", "topics:"]
    for number, needs in enumerate(edges(count, shape)):
        tags = [f"size: \"{number}\""] + [f"up{place}: \"${{topics.r{other}.arn}}\"" for place, other in enumerate(needs)]
        lines.append(f"  r{number}: {{ displayName: r{number}, tags: {{ {', '.join(tags)} }} }}")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "stack.yaml"
    path.write_text("\n".join(lines) + "\n")
    return path


def write_terraform(folder: Path, count: int, shape: str) -> Path:
    """As many `terraform_data`, Terraform's built-in resource that needs no provider, with the same edges."""
    blocks = []
    for number, needs in enumerate(edges(count, shape)):
        members = [f'name = "r{number}"', f"size = {number}"]
        members += [f"up{place} = terraform_data.r{other}.id" for place, other in enumerate(needs)]
        blocks.append(f'resource "terraform_data" "r{number}" {{\n  input = {{ {", ".join(members)} }}\n}}\n')
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main.tf").write_text("\n".join(blocks))
    return folder
