#!/usr/bin/python3
"""Writes the table of YAML documents that TestPyYamlTable reads: what PyYAML makes of each.

Run it with Debian's python3-yaml:  python3 documents.py > ../resources/io/hotpod/document/pyyaml-documents.tsv
Each line holds the text as a JSON string, a tab, and the value as JSON. Merge keys, repeated keys,
anchors, and the ways to write text.
"""

import json
import sys

import yaml


class Loader(yaml.SafeLoader):
    """Heat's: dates and times stay text."""


Loader.add_constructor("tag:yaml.org,2002:timestamp", Loader.construct_yaml_str)

DOCUMENTS = [
    "{a: &a {x: 1, y: 2}, b: {<<: *a, y: 3}}",
    "{a: &a {x: 1, y: 2}, b: {y: 3, <<: *a}}",
    "{a: &a {x: 1}, b: &b {x: 2, z: 3}, c: {<<: [*a, *b]}}",
    "{a: &a {x: 1}, b: &b {x: 2, z: 3}, c: {<<: [*b, *a], x: 9}}",
    "{a: &a {x: 1}, b: &b {<<: *a, y: 2}, c: {<<: *b, z: 3}}",
    "{a: &a {x: {p: 1, q: 2}}, b: {<<: *a, x: {p: 3}}}",
    "{<<: {x: 1}, y: 2}",
    "{<<: [{x: 1}, {x: 2, y: 2}]}",
    "{<<: []}",
    "{<<: {}}",
    "{\"<<\": 1}",
    "{'<<': {a: 1}}",
    "{<<: {x: 1}, <<: {x: 2, y: 2}}",
    "{<<: {x: 1, y: 1}, <<: {x: 2}}",
    "{<<: {x: 1, y: 1}, x: 3, <<: {x: 2}}",
    "{<<: [{x: 1}, {x: 2}], <<: [{x: 3}, {x: 4}]}",
    "{a: 1, a: 2}",
    "{a: 1, b: 2, a: 3}",
    "a: 1\na:\n  b: 2\n",
    "a: {x: 1, x: 2}\nb: {y: 1}\na: {z: 1}\n",
    "a: |\n  one\n  two\n",
    "a: |-\n  one\n  two\n",
    "a: |+\n  one\n\n",
    "a: >\n  one\n  two\n\n  three\n",
    "a: >-\n  one\n    two\n  three\n",
    "a: |2\n    one\n",
    "a: 'it''s'\nb: \"tab\\t\\u00fc\\x41\"\n",
    "a: \"one\n  two\"\nb: 'one\n\n  two'\nc: one\n  two\n",
    "a: [1, 2,]\nb: {c: 1,}\n",
    "- a\n- - b\n  - c\n- d: e\n  f: g\n",
    "a:\n- 1\n- 2\nb:\n  - 3\n",
    "? a\n: 1\n? b\n: 2\n",
    "a: !!str 1\nb: !!int \"2\"\nc: !!float 3\nd: !!str yes\ne: !!null ''\n",
    "%YAML 1.1\n---\na: 0o7\nb: 010\n",
    "# comment\na: 1 # more\nb: 'x # y'\nc: x#y\n",
    "a: http://h:80/p?q=1\nb: c:\\d\n",
    "a:\nb: \nc: ~\n",
    "\"a\": 1\n'b': 2\n",
    "{a: [], b: {}, c: '', d: \"\"}",
    "a: 2013-05-23\nb: 2001-12-14 21:59:43.10 -5\nc: 12:30:45\n",
    "heat_template_version: 2013-05-23\n",
    "[yes, no, on, off, 1e3, 0x10, 1_000, 1:30]",
    "a: &x\nb: *x\n",
    "a: &x [1, &y 2]\nb: *y\nc: [*x, *y]\n",
]


def main():
    print("# PyYAML " + yaml.__version__ + "; made by documents.py")
    for document in DOCUMENTS:
        print(json.dumps(document) + "\t" + json.dumps(yaml.load(document, Loader)))


if __name__ == "__main__":
    sys.exit(main())
