#!/usr/bin/python3
"""How many flipped labels the list of hard examples finds, and what correcting them gives back. Needs NumPy.

    flip.py make  ARCHIVE.npz FLIPPED.npz        flips 10 % of the training labels, drawn by seed 0
    flip.py count ARCHIVE.npz FLIPPED.npz RUN    how many of them stand at the head of RUN/hard-examples.csv
    flip.py answer ARCHIVE.npz FLIPPED.npz RUN CORRECTIONS.csv    what a reader who knows the truth would answer to that list

Between them: medtune train FLIPPED.npz --from NETWORK --out RUN, and at the end the same with --corrections CORRECTIONS.csv.
"""
import csv
import os
import sys

import numpy as np

SHARE = 0.1


def make(source, target):
    arrays = dict(np.load(source))
    labels = arrays["train_labels"].copy()
    flipped = np.random.RandomState(0).choice(len(labels), round(SHARE * len(labels)), replace=False)
    labels[flipped] = 1 - labels[flipped]
    arrays["train_labels"] = labels
    np.savez(target, **arrays)
    print(f"{len(flipped)} of {len(labels)} training labels flipped")


def truth(source, target):
    right, wrong = np.load(source)["train_labels"].ravel(), np.load(target)["train_labels"].ravel()
    return {f"train/{i}": str(right[i]) for i in np.flatnonzero(right != wrong)}


def listed(run):
    with open(os.path.join(run, "hard-examples.csv"), newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def count(source, target, run):
    flipped, rows = truth(source, target), listed(run)
    first = sum(row["picture"] in flipped for row in rows[:len(flipped)])
    every = sum(row["picture"] in flipped for row in rows)
    print(f"{first} of {len(flipped)} flipped labels ({first / len(flipped):.3f}) are among the first {len(flipped)}; {every} among all {len(rows)} of the list")


def answer(source, target, run, corrections):
    flipped = truth(source, target)
    with open(corrections, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["picture", "answer"])
        writer.writerows((row["picture"], flipped.get(row["picture"], "keep")) for row in listed(run))


if __name__ == "__main__":
    commands = {"make": make, "count": count, "answer": answer}
    if len(sys.argv) < 4 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    commands[sys.argv[1]](*sys.argv[2:])
