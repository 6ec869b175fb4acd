"""Words of 3 to 6 letters by scikit-learn: writes golden.json beside this file. Run with /usr/bin/python3 (scikit-learn 1.2)."""
import json
import pathlib

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(7)
letters = np.array(list("ACGT"))
sequences, classes = [], []
for i in range(40):
    label = i % 2
    text = "".join(rng.choice(letters, 30))
    if label and rng.random() < 0.8:
        at = rng.integers(0, 24)
        text = text[:at] + "TATAAT" + text[at + 6:]
    sequences.append(text)
    classes.append(label)

words = CountVectorizer(analyzer="char", ngram_range=(3, 6), lowercase=False)
counts = words.fit_transform(sequences).astype(float)
counts.data = np.sqrt(counts.data)
scaled = TfidfTransformer(norm="l2", use_idf=True, smooth_idf=True).fit_transform(counts)
margins = {}
for c in (1, 10):
    model = LogisticRegression(C=c, tol=1e-10, max_iter=10000).fit(scaled, classes)
    margins[str(c)] = [round(float(m), 7) for m in model.decision_function(scaled)]
first = {word: round(float(scaled[0, column]), 7) for word, column in words.vocabulary_.items() if scaled[0, column] > 0}
pathlib.Path(__file__).with_name("golden.json").write_text(json.dumps({"sequences": sequences, "classes": classes, "first": dict(sorted(first.items())), "margins": margins}, indent=1))
