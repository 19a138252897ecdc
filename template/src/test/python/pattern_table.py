#!/usr/bin/env python3
"""Measures what Python's re does and prints it as a table, one JSON object a line.

    ./pattern_table.py > ../resources/io/hotpod/template/pattern/python-re.jsonl
"""

import json
import re
import warnings

warnings.simplefilter("ignore")

TEXTS = [
    "", "a", "b", "A", "ab", "abc", "aab", "aaaa", "foo-bar", "foo_bar", "Foo Bar", "x1y22z333",
    "10.0.0.1", "2001:db8::1", "web-01.example.org", "user@example.org", "line one\nline two",
    "a\n", "\n", " \t", "été", "naïve café", "straße", "ΑΒΓ αβγ", "İıIi", "ſs", "K k",
    "٣٤", "½²", "日本語", "e\u0301", "\U0001d7d8\U0001f600", "a\u2028b", "\x1c\x85\xa0", "{1,2}", "a{1}",
    "]", "-", "^", "$", "\\", "[]", "a|b", "(a)", "#x y", "aXbXc", "aaa,bbb,,ccc", "_", "a.b.c",
]

PATTERNS = [
    "", "a", "ab", "a|b", "a|ab", "ab|a", "(a|ab)(c|bcd)?", "a*", "a+", "a?", "a*?", "a+?", "a??",
    "a{2}", "a{2,}", "a{,2}", "a{1,3}", "a{1,3}?", "a{,}", "a{", "a{1", "a{1,", "a{1,2", "a{x}", "{1,2}",
    "{", "}", "]", "a{}", ".", ".*", ".+", "(?s).*", "(?s).+", "^", "$", "^$", "^a", "a$", "^a$",
    "(?m)^", "(?m)$", "(?m)^line", "(?m)one$", "a\\Z", "\\Aa", "\\A\\Z", "\\n\\Z",
    "\\d+", "\\D+", "\\w+", "\\W+", "\\s+", "\\S+", "(?a)\\d+", "(?a)\\w+", "(?a)\\s+", "(?a)\\W+",
    "\\b", "\\B", "\\bb", "\\b\\w", "\\w\\b", "(?a)\\b", "(?a)\\B", "\\bfoo\\b", "é\\b", "\\bé",
    "[abc]", "[^abc]", "[a-c]+", "[^a-c]+", "[]]", "[^]]", "[]a]+", "[a-]", "[-a]", "[a\\-z]+", "[\\w-]+",
    "[\\d.]+", "[\\W]", "[^\\W]+", "[^\\W\\d]+", "[\\s\\S]+", "[\\b]", "[\\n\\t ]", "[.]", "[$^]", "[a^]",
    "[\\]]", "[\\\\]", "[&&]", "[[]", "[[:alpha:]]", "[a||b]", "[\\x41-\\x5a]+", "[\\u00e0-\\u00ff]+",
    "\\x61", "\\u0061", "\\U0001F600", "\\N{LATIN SMALL LETTER A}", "\\0", "\\07", "\\141", "\\t", "\\.",
    "\\-", "\\_", "\\ ", "\\/", "\\{1,2\\}", "\\$", "\\é", "\\#",
    "(a)", "(?:a)", "(?P<x>a)", "(?P<x>a)(?P<y>b)?", "(a)|(b)", "((a)|b)*", "(a*)*", "(a*)+", "(a|b*)*",
    "(|a)*", "(|a)+", "(?:|a)*?", "(a??)*", "(?:a?){3}", "(^a)*", "(?:^)*", "(?:)*", "(?:){5}", "()", "(())",
    "(?i)a", "(?i)foo bar", "(?i)[a-z]+", "(?i)[^a]+", "(?i)É", "(?i)ÉTÉ", "(?i)straße", "(?i)STRASSE",
    "(?i)αβγ", "(?i)i+", "(?i)ſ+", "(?i)s+", "(?i)k", "(?ia)k+", "(?ia)s+", "(?ia)É", "(?i)[k]", "(?i)[h-l]+",
    "(?i:a)b", "(?i:a)B", "(?-i:a)", "(?i)a(?-i:b)", "(?s:.)+", "(?s-i:.)", "(?m:^)b", "(?x) a b # c",
    "(?x: a b )", "(?x)a\\ b", "(?x)[ a]", "(?x)a #x\nb", "(?x) (?i) A", "(?i)(?s)A.*", "(?im)^LINE", "(?#c)a",
    "a(?#c)b", "a(?#c)*", "(?u)a", "^[a-z][a-z0-9-]*$", "[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*",
    "^(\\d{1,3}\\.){3}\\d{1,3}$", "[\\w.+-]+@[\\w-]+\\.[\\w.]+", "^(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}$",
    "[a-z]+[0-9]*", "(\\w+)[-_ ](\\w+)", "X", "X?", ",", ",*", "(,)|b", "b*", "x*", "[0-9]{2,3}", "(?:ab?)+",
    "(?:a|b)+?c", "(a+)(a*)", "(a+?)(a*)", "(a|b|c)*?c", "\\w*?\\b", "a.c", "a\\.b", "a[.]b", "o+", "^.*$",
    "(?m)^.*$", "\\s*", "[^\\n]*", "\\S+\\s\\S+", "日本?語", "[日本語]+", "\\U0001d7d8", "(?i)\\u0131",
    # An earlier alternative or a reluctant loop takes less than there is.
    "(a|ab)", "^a|ab$", "(?:a|ab)$", "(a|ab)*", "(a|ab)(c|bcd)", "a*?$", "(?:ab|a)(?:c|bcd)?", "a|b$",
    # Errors
    "*a", "+", "?", "a**", "a*+", "a++", "a?+", "a{1,2}+", "a{2}{3}", "a*?*", "a*??", "^*", "$+", "\\b*", "(*a)",
    "(|*a)", "a|*", "{1}", "(", ")", "(a", "a)", "((a)", "(?", "(?P", "(?P<", "(?P<x", "(?P<>a)", "(?P<1>a)",
    "(?P<a b>a)", "(?P<x>a)(?P<x>b)", "(?<x>a)", "(?P>x)", "(?P=x)", "(?P<x>a)(?P=x)", "(a)\\1", "\\1", "\\8",
    "(?=a)", "(?!a)", "(?<=a)b", "(?<!a)b", "(?>a)", "(a)?(?(1)b|c)", "(?i", "(?i)a(?s)b", "a(?i)b", "((?i)a)",
    "a|(?i)b", "(?L)a", "(?au)a", "(?-a:x)", "(?i-:x)", "(?-i)", "(?-i:", "(?z)", "(?iz)", "(?#", "[", "[a",
    "[]", "[^]", "[a-", "[z-a]", "[a-\\d]", "[\\d-a]", "[\\q]", "\\q", "\\", "a\\", "\\x", "\\x1", "\\xg0", "\\u12",
    "\\U0011", "\\U00110000", "\\N", "\\N{", "\\N{no such name}", "\\400", "[\\400]", "a{3,2}", "\\z", "\\p{L}",
    "[\\b-z]", "[\\B]", "[\\A]", "[\\9]", "(?:a", "(?P<é>a)", "(?P<x-y>a)", "\\G", "\\Q", "(?x)a{2 }", "(?x)a *",
    "(?x)* a", "(a){0}", "(a){0}b", "a{0}", "(?:a{2}){2}", "(?:a*){2}", "((a){2}){2}", "a{65536}", "a{1,1000}",
]


def groups(match):
    return [[match.group(i), match.start(i), match.end(i)] for i in range(match.re.groups + 1)]


def main():
    for pattern in PATTERNS:
        row = {"pattern": pattern}
        try:
            compiled = re.compile(pattern)
        except (re.error, OverflowError, ValueError) as error:
            row["error"] = getattr(error, "msg", str(error))
            row["position"] = getattr(error, "pos", None)
            print(json.dumps(row))
            continue
        row["names"] = compiled.groupindex and dict(compiled.groupindex) or {}
        row["full"] = [text for text in TEXTS if compiled.fullmatch(text)]
        row["taken"] = [text for text in TEXTS for found in [compiled.match(text)] if found and found.end() == len(text)]
        row["search"] = [[text, groups(found)] for text in TEXTS for found in [compiled.search(text)] if found]
        row["all"] = [[text, spans] for text in TEXTS
                      for spans in [[m.span() for m in compiled.finditer(text)]] if len(spans) > 1]
        print(json.dumps(row))


main()
