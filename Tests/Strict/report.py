"""Prints what the strict layers have refused: report.py LOG"""

import collections
import json
import sys


def read(path):
    for line in open(path):
        # A layer that is ended may be in the middle of one.
        try:
            yield json.loads(line)
        except ValueError:
            continue


lines = list(read(sys.argv[1]))
groups = collections.defaultdict(list)
for line in lines:
    groups[line.get("rule", "not understood")].append(line)
for name, refused in sorted(groups.items()):
    first = refused[0]
    print(f"{len(refused):5}  {name} ({', '.join(sorted({line.get('by', '') for line in refused}))}): {first.get('call', first.get('unread'))}: {first.get('message', first.get('error'))}")
    parameters = json.dumps(first.get("parameters", {}))
    print(f"       {parameters[:300]}")
faults = len(groups.pop("FAULT OF THE LAYER", []))
refused = sum(map(len, groups.values()))
print(f"{refused} requests were refused by {len(groups)} rules." if refused else "No request was refused.")
if faults:
    print(f"The layer itself failed {faults} times, and let those requests pass.")
