"""Per-fold AUROC and log-loss of one XGBoost fit a fold (150 trees of depth 3, learning rate 0.05, missing values as they are), for paired comparison.

usage: paired_folds.py TABLE.csv FOLDS.csv TARGET POSITIVE MISSING DROPPED,COLUMNS
All columns must be numeric, as cervical's are.
"""
import sys

import numpy as np
import pandas as pd
import xgboost
from sklearn.metrics import log_loss, roc_auc_score

table, folds, target, positive, missing, dropped = sys.argv[1:7]
data = pd.read_csv(table, na_values=[missing])
fold = pd.read_csv(folds)
y = (data[target].astype(float) == float(positive)).to_numpy().astype(int)
x = data.drop(columns=[target] + [name for name in dropped.split(",") if name]).astype(float)
number = fold["fold"].to_numpy()
for k in sorted(set(number)):
    train, test = number != k, number == k
    model = xgboost.XGBClassifier(
        n_estimators=150, max_depth=3, learning_rate=0.05, tree_method="hist", n_jobs=1, random_state=20261121, eval_metric="logloss")
    p = model.fit(x[train], y[train]).predict_proba(x[test])[:, 1]
    print(k, round(roc_auc_score(y[test], p), 4), round(log_loss(y[test], np.clip(p, 1e-7, 1 - 1e-7)), 4))
