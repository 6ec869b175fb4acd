"""Counts duplicate and contradictory rows of the shared tables: name, rows, duplicates, contradictory rows."""
import csv
import gzip
import json
import sys


def read(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
        return list(csv.reader(file))


def normal(cell, missing):
    cell = cell.strip()
    if cell in missing:
        return None
    try:
        return float(cell)
    except ValueError:
        return cell


root = sys.argv[1].rstrip("/") + "/"
for task in json.load(open(root + "datasets.json"))["datasets"]:
    header, *rows = read(root + task["file"])
    fold_header, *fold_rows = read(root + task["folds"])
    labels = [row[fold_header.index("label")] for row in fold_rows]
    missing = set(task["missing"]) | {""}
    used = [i for i, name in enumerate(header) if name != task["target"] and name not in task["drop"]]
    keys = [tuple(normal(row[i], missing) for i in used) for row in rows]
    seen = set()
    duplicates = 0
    labels_of = {}
    for key, label in zip(keys, labels):
        duplicates += (key, label) in seen
        seen.add((key, label))
        labels_of.setdefault(key, set()).add(label)
    print(task["name"], len(rows), duplicates, sum(len(labels_of[key]) > 1 for key in keys))
