#!/usr/bin/python3
"""Writes the table of YAML scalars that TestPyYamlTable reads: what PyYAML makes of each.

Run it with Debian's python3-yaml:  python3 scalars.py > ../resources/io/hotpod/document/pyyaml-scalars.tsv
Timestamps are left as text, which is how Heat sets its loader up. Each line holds the scalar as a
JSON string, a tab, and the value as JSON; or !number for what JSON cannot carry, !error for what
PyYAML itself refuses.
"""

import itertools
import json
import math
import sys

import yaml


class Loader(yaml.SafeLoader):
    """Heat's: dates and times stay text."""


Loader.add_constructor("tag:yaml.org,2002:timestamp", Loader.construct_yaml_str)

WORDS = """
yes Yes YES yEs no No NO nO on On ON oN off Off OFF oFF true True TRUE tRUE false False FALSE fALSE
y Y n N t T f F null Null NULL nULL nil None ~ ~~ = == << < .inf .Inf .INF .iNF -.inf +.inf .nan
.NaN .NAN .nAN -.nan inf Infinity nan NaN 2013-05-23 2013-5-3 2001-12-14t21:59:43.10-05:00
2001-12-14T21:59:43Z 2001-1-1 20010101 2013-05-23x 1:30 12:30:45 22:22 80:80 60:00 0:30 00:30 1:60
-1:30 +1:30 1:2:3:4 1:30.5 -1:30.5 1:30. 1:30.5.6 1_0:30 190:20:30 190:20:30.15 0x 0b 0o 0o7 0o17
0x_ 0b_ 0_ 0__ 0_1 _1 1_ 1__0 _ -_ +_ 0x1F 0X1F 0x1g 0x1_F -0x1F +0x1F 0b101 0B101 0b102 0b1_0 -0b1
0777 0755 0700 00 000 08 09 018 0789 -0755 +0755 07_7 1.5 -1.5 +1.5 1. -1. .5 -.5 +.5 .5. 0.5 00.5
01.5 1..5 1.5.6 1e3 1E3 1e+3 1.e3 1.e+3 1.0e3 1.0e+3 1.0E-3 1.0e+ 1e-3 .5e+3 .5e3 1_0.5 1.5_0 1._5
._5 ._ 1_.5 1_e+3 685.230_15e+03 685_230.15 6.8523015e+5 +12e03 -2E+05 12e03 4294967296
9223372036854775807 9223372036854775808 -9223372036854775808 18446744073709551616 1e400 1.0e+400
1.0e-400 - + . .. ... -- --- ++ +- -. +. - 1-1 1+1 1/2 1,000 1, 1.2.3 192.168.0.1 ::1 fe80::1 a:b
10.0.0.0/8 1s 10m 5Gi 0.1m v1 1.25-alpha 1a 0a 0xa.b @ ` a@b !x a#b ?x -x :x x: {} [] "" ''
Infinity 1e 1e+ e1 E1 1_000 1_000_000 +1 -1 -0 +0 0 7 007 0.0 -0.0 1.10 1.0 100 123456789012345678
0000 0.10 0x0 0b0 0.1_1 -0.1_1 +1_0 1:00 1:0 01:30 1:1:1 9:59 10:00:00 24:00 99:99 100:00
"""

CHARACTERS = "01789_.:-+exbao"


def candidates():
    """Every word, and everything of up to four of the characters that numbers are made of."""
    seen = set()
    for word in WORDS.split():
        if word not in seen:
            seen.add(word)
            yield word
    for length in range(1, 4):
        for letters in itertools.product(CHARACTERS, repeat=length):
            word = "".join(letters)
            if word not in seen:
                seen.add(word)
                yield word
    for letters in itertools.product("017_.:-e", repeat=4):
        word = "".join(letters)
        if word not in seen:
            seen.add(word)
            yield word


def value(word):
    """What PyYAML makes of "v: word", as this table writes it."""
    try:
        loaded = yaml.load("v: " + word, Loader)
        found = loaded["v"]
    except (yaml.YAMLError, ValueError, TypeError, KeyError, OverflowError):
        return "!error"
    if isinstance(found, float) and not math.isfinite(found):
        return "!number"
    return json.dumps(found)


def main():
    print("# PyYAML " + yaml.__version__ + "; made by scalars.py")
    for word in candidates():
        print(json.dumps(word) + "\t" + value(word))


if __name__ == "__main__":
    sys.exit(main())
