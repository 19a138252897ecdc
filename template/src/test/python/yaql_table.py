#!/usr/bin/python3
"""Measures what the yaql of Python does under Heat's limits and prints it, one JSON object a line.

    ./yaql_table.py > ../resources/io/hotpod/template/yaql/python-yaql.jsonl

Needs Debian's python3-yaql. A result is wrapped when JSON alone would not tell: {"set": [...]}
stands for a set, whose order means nothing.
"""

import json
import os
import signal
import sys

import yaql

HERE = os.path.dirname(os.path.abspath(__file__))

DATA = {
    "n": None, "t": True, "f": False, "i": 7, "j": -3, "x": 2.5, "s": "hello world", "e": "", "u": "Straße 日本 😀",
    "l": [3, 1, 2], "el": [], "m": {"a": 1, "b": 2, "c": 3}, "em": {}, "w": ["beta", "alpha", "gamma", "alpha"],
    "nested": [[1, 2], [3, [4, 5]], 6],
    "servers": [
        {"name": "web1", "zone": "a", "ports": [80, 443], "ip": "10.0.0.1", "load": 0.5, "on": True},
        {"name": "web2", "zone": "b", "ports": [80], "ip": "10.0.0.2", "load": 0.25, "on": False},
        {"name": "db1", "zone": "a", "ports": [5432], "ip": "10.0.1.1", "load": 1.5, "on": True},
        {"name": "db2", "zone": "c", "ports": [], "ip": "10.0.1.2", "load": None, "on": True},
    ],
    "config": {"web": {"port": 80, "tags": ["x", "y"]}, "db": {"port": 5432, "tags": ["y", "z"]}},
    "override": {"web": {"port": 8080, "tags": ["z"]}, "cache": {"port": 6379}},
    "csv": "a,b,,c", "lines": "one\ntwo\r\nthree", "spaces": "  a b  c ",
    "big": list(range(250)),
}


def plain(value):
    if isinstance(value, (set, frozenset)):
        return {"set": sorted((plain(item) for item in value), key=json.dumps)}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


class Endless(BaseException):
    """Raised when an expression takes longer than anybody waits."""


def end(*_):
    raise Endless()


def main():
    signal.signal(signal.SIGALRM, end)
    engine = yaql.YaqlFactory().create({"yaql.limitIterators": 200, "yaql.memoryQuota": 10000})
    root = yaql.create_context()
    print(json.dumps({"data": DATA}))
    with open(os.path.join(HERE, "yaql_expressions.txt"), encoding="utf-8") as file:
        expressions = [line.rstrip("\n").replace("⏎", "\n") for line in file]
    seen = set()
    for expression in expressions:
        if not expression or expression.startswith("#") or expression in seen:
            continue
        seen.add(expression)
        row = {"expression": expression}
        try:
            parsed = engine(expression)
        except Exception as error:
            row["syntax"] = type(error).__name__
            row["position"] = getattr(error, "position", None)
            print(json.dumps(row))
            continue
        signal.alarm(2)
        try:
            result = parsed.evaluate({"data": DATA}, root.create_child_context())
            row["result"] = plain(result)
            json.dumps(row)
            print(json.dumps(row, allow_nan=False))
        except Exception as error:
            signal.alarm(0)
            row.pop("result", None)
            row["error"] = type(error).__name__ + ": " + str(error)[:120]
            print(json.dumps(row))
        except Endless:
            row["error"] = "endless"
            print(json.dumps(row))
        signal.alarm(0)
    sys.stdout.flush()


main()
