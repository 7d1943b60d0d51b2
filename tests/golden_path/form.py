"""What people write into the template's form."""

from typing import Any

VALUES: dict[str, Any] = {
    "name": "dashboard",
    "team": "group:default/platform-team",
    "database": "metrics",
    "port": 3001,
    "monitoring": True,
    "description": "The numbers that we look at every morning",
    "parts": "frontend, backend and database",
    "postgresql": 18,
}
"""Those that example/dashboard-deploy is made of."""

ODD: dict[str, dict[str, Any]] = {
    "punctuation": {
        "description": "Über 50 % of \"all\" shops' numbers: a/b, c & d (e+f = 1), 'g'; yes! What's next?"
    },
    "longest": {
        "name": "a" * 40,
        "database": "d" * 63,
        "team": "group:default/" + "t" * 63,
        "description": "x" * 200,
    },
    "shortest": {"name": "a", "database": "_", "team": "t", "port": 65535, "monitoring": False},
}
"""Changes to them that are unusual and right."""

REFUSED: dict[str, dict[str, Any]] = {
    "name with capitals": {"name": "Dashboard"},
    "name too long": {"name": "a" * 41},
    "name that ends with -": {"name": "dashboard-"},
    "name of the cluster's": {"name": "kube-system"},
    "name that YAML reads as a boolean": {"name": "yes"},
    "name left out": {"name": None},
    "description of two lines": {"description": "one\ntwo"},
    "description with a tab": {"description": "one\ttwo"},
    "description with a control character": {"description": "one\x07two"},
    "description that reads backwards": {"description": "one \u202eowt"},
    "description of blanks": {"description": " "},
    "description in Markdown": {"description": "The *numbers*"},
    "description with an expression": {"description": "The ${{ secrets.token }}"},
    "description that is a list": {"description": "- numbers"},
    "team that makes no label": {"team": "group:default/Platform_Team"},
    "team that YAML reads as a number": {"team": "group:default/42"},
    "database that PostgreSQL reserves": {"database": "pg_stats"},
    "database that no role may be called like": {"database": "public"},
    "database with -": {"database": "our-metrics"},
    "port of the system": {"port": 80},
    "port of the metrics": {"port": 9464},
    "port that is a word": {"port": "http"},
    "monitoring that is a word": {"monitoring": "maybe"},
    "database without a backend": {"parts": "frontend and database"},
    "PostgreSQL that is too old": {"postgresql": 14},
}
"""Changes to them that are wrong, each in one field."""
