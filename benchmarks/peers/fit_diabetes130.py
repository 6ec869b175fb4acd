"""Fits scikit-learn's logistic regression or XGBoost to four folds of diabetes130 and prints what it took, as JSON.

usage: fit_diabetes130.py logistic|boosting FOLDER THREADS

Settings as in FOLDER/baselines.md, none tuned: C = 1 on median-imputed, standardised numbers with missing flags and one-hot
categories; 300 trees of depth 6, learning rate 0.05, tree_method hist, categories as codes with missing as NaN (the fastest of the
encodings that reach the log-loss of the table). The fifth fold (number 0) is held out.
"""

import json
import sys
import time

import numpy as np
import pandas as pd


def peak_megabytes():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM:"))


def read(folder):
    with open(f"{folder}/datasets.json") as file:
        task = next(entry for entry in json.load(file)["datasets"] if entry["name"] == "diabetes130")
    table = pd.read_csv(f"{folder}/{task['file']}", dtype=str, keep_default_na=False, na_values=task["missing"] + [""])
    target = table[task["target"]].isin(task["positive"]["in"]).to_numpy().astype(int)
    folds = pd.read_csv(f"{folder}/{task['folds']}")["fold"].to_numpy()
    columns = table.drop(columns=[task["target"]] + task["drop"])
    categories = []
    for name in columns.columns:
        numbers = pd.to_numeric(columns[name], errors="coerce")
        if name in task["categorical"] or (numbers.isna() & columns[name].notna()).any():
            categories.append(name)
        else:
            columns[name] = numbers
    return columns, categories, target, folds != 0


def logistic(columns, categories, target, train):
    import warnings

    import sklearn
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    warnings.filterwarnings("ignore")
    numbers = [name for name in columns.columns if name not in categories]
    start = time.perf_counter()
    model = make_pipeline(
        ColumnTransformer([
            ("numbers", make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler()), numbers),
            ("categories", make_pipeline(
                SimpleImputer(strategy="constant", fill_value="(missing)"), OneHotEncoder(handle_unknown="ignore")), categories),
        ]),
        LogisticRegression(C=1, max_iter=1000),
    )
    model.fit(columns[train], target[train])
    seconds = time.perf_counter() - start
    iterations = int(model[-1].n_iter_[0])
    note = f"{iterations} iterations" + (", its limit" if iterations >= 1000 else "")
    return f"scikit-learn {sklearn.__version__}", seconds, model.predict_proba(columns[~train])[:, 1], note


def boosting(columns, categories, target, train, threads):
    import xgboost

    for name in categories:
        codes = columns[name].astype("category").cat.codes.to_numpy().astype(np.float32)
        codes[codes < 0] = np.nan
        columns[name] = codes
    matrix = columns.to_numpy(np.float32)
    model = xgboost.XGBClassifier(
        n_estimators=300, max_depth=6, learning_rate=0.05, tree_method="hist", n_jobs=threads, random_state=20261121)
    features = matrix[train]
    start = time.perf_counter()
    model.fit(features, target[train])
    seconds = time.perf_counter() - start
    return f"XGBoost {xgboost.__version__}", seconds, model.predict_proba(matrix[~train])[:, 1], "300 trees; the matrix ready before the clock starts"


def main():
    kind, folder, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    start = time.perf_counter()
    columns, categories, target, train = read(folder)
    read_seconds = time.perf_counter() - start
    tool, seconds, chances, note = (
        logistic(columns, categories, target, train) if kind == "logistic" else boosting(columns, categories, target, train, threads))
    from sklearn.metrics import log_loss, roc_auc_score

    truth = target[~train]
    print(json.dumps({
        "tool": tool,
        "read_seconds": read_seconds,
        "fit_seconds": seconds,
        "log_loss": log_loss(truth, chances),
        "auroc": roc_auc_score(truth, chances),
        "peak_mb": peak_megabytes(),
        "note": note,
    }))


if __name__ == "__main__":
    main()
