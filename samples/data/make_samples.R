# Makes the three sample tables of this folder from plain figures that Debian packages carry:
#   apt-get install r-base-core r-cran-survival python3-sklearn
#   Rscript samples/data/make_samples.R            (writes beside this script, prints the counts that README.md states)
# Nothing is drawn at random: the same packages give the same bytes.

suppressPackageStartupMessages(library(survival))

arguments <- commandArgs(trailingOnly = FALSE)
script <- sub("^--file=", "", grep("^--file=", arguments, value = TRUE))
folder <- if (length(script) == 1) dirname(normalizePath(script)) else "."

three_years <- 3 * 365.25
target <- "recurrence or death within 3 years"

write_table <- function(table, name) {
  connection <- file(file.path(folder, name), open = "wb")
  write.table(table, connection, sep = ",", quote = FALSE, row.names = FALSE, eol = "\n", fileEncoding = "UTF-8")
  close(connection)
}

# One answer per patient: "yes" when an event is known to lie within three years, "no" when the patient is known to be free of
# both events at three years, NA when follow-up ended before anyone could know.
answer <- function(event_seen, seen_free) ifelse(event_seen, "yes", ifelse(seen_free, "no", NA))

report <- function(name, all, outcome, kaplan_meier) {
  kept <- sum(!is.na(outcome))
  cat(sprintf("%s: %d patients, %d left out (followed for less than 3 years, no event), %d kept: %d yes, %d no (%.1f %% yes; Kaplan-Meier risk at 3 years over all patients %.1f %%)\n",
              name, all, all - kept, kept, sum(outcome == "yes", na.rm = TRUE), sum(outcome == "no", na.rm = TRUE),
              100 * mean(outcome == "yes", na.rm = TRUE), 100 * kaplan_meier))
}

risk_at_three_years <- function(time, event) 1 - summary(survfit(Surv(time, event) ~ 1), times = three_years)$surv

# Rotterdam tumor bank. Recurrence and death have clocks of their own; either event within three years answers the question.
# "No" needs both clocks to pass three years: 43 patients died without a recorded recurrence after their recurrence follow-up
# had ended, so their death date says nothing about recurrence in between (see ?survival::rotterdam).
rotterdam_outcome <- with(rotterdam, answer(
  (recur == 1 & rtime <= three_years) | (death == 1 & dtime <= three_years),
  rtime > three_years & dtime > three_years))
rotterdam_table <- with(rotterdam, data.frame(age, meno, size = as.character(size), grade, nodes, pgr, er, hormon))
rotterdam_table[[target]] <- rotterdam_outcome

# German Breast Cancer Study Group trial 2. One clock, already the earlier of recurrence and death. Its tumor size is in
# millimeters; Rotterdam has three classes, so the millimeters are cut to those.
gbsg_outcome <- with(gbsg, answer(status == 1 & rfstime <= three_years, rfstime > three_years))
gbsg_size <- as.character(cut(gbsg$size, c(-Inf, 20, 50, Inf), labels = c("<=20", "20-50", ">50")))
gbsg_table <- with(gbsg, data.frame(age, meno, size = gbsg_size, grade, nodes, pgr, er, hormon))
gbsg_table[[target]] <- gbsg_outcome

# The published cohorts: Royston and Altman 2013 (2982 patients, 1546 with positive nodes; 686 patients, 299 events).
stopifnot(nrow(rotterdam) == 2982, sum(rotterdam$nodes > 0) == 1546, nrow(gbsg) == 686, sum(gbsg$status) == 299)
stopifnot(!anyNA(rotterdam_table[1:8]), !anyNA(gbsg_table[1:8]), identical(names(rotterdam_table), names(gbsg_table)))

either <- with(rotterdam, data.frame(
  time = pmin(ifelse(recur == 1, rtime, Inf), ifelse(death == 1, dtime, Inf), rtime),
  event = (recur == 1) | (death == 1 & dtime <= rtime)))
report("rotterdam.csv", nrow(rotterdam), rotterdam_outcome, risk_at_three_years(either$time, either$event))
report("gbsg.csv", nrow(gbsg), gbsg_outcome, risk_at_three_years(gbsg$rfstime, gbsg$status))
write_table(rotterdam_table[!is.na(rotterdam_outcome), ], "rotterdam.csv")
write_table(gbsg_table[!is.na(gbsg_outcome), ], "gbsg.csv")

# Wisconsin diagnostic: 30 measurements of cell nuclei, three summaries of ten features, in the file's order. The figures are
# copied as text, so no digit changes; the file's last column is 0 for malignant and 1 for benign, as its first line says.
bundled <- "/usr/lib/python3/dist-packages/sklearn/datasets/data/breast_cancer.csv"
lines <- readLines(bundled)
stopifnot(lines[1] == "569,30,malignant,benign")
fields <- do.call(rbind, strsplit(lines[-1], ","))
stopifnot(nrow(fields) == 569, ncol(fields) == 31)
features <- c("radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave points",
              "symmetry", "fractal dimension")
wisconsin <- as.data.frame(fields[, 1:30])
names(wisconsin) <- c(paste("mean", features), paste(features, "error"), paste("worst", features))
wisconsin$diagnosis <- ifelse(fields[, 31] == "0", "malignant", "benign")
stopifnot(sum(wisconsin$diagnosis == "malignant") == 212)
cat(sprintf("breast_cancer_wisconsin.csv: %d rows, %d malignant, %d benign\n", nrow(wisconsin),
            sum(wisconsin$diagnosis == "malignant"), sum(wisconsin$diagnosis == "benign")))
write_table(wisconsin, "breast_cancer_wisconsin.csv")
