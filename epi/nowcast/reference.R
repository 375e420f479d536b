# Prints what surveillance's Bayesian nowcast under truncation answers for the line list of lawless.fixture.json, from three seeds; the ranges stand in nowcast.test.ts.
# Run: Rscript epi/nowcast/reference.R
options(warn = -1)
suppressWarnings(suppressPackageStartupMessages(library(surveillance)))
data(husO104Hosp)
now <- as.Date("2011-06-02")
when <- seq(now - 13, now - 1, by = "1 day")
for (seed in 1:3) {
  set.seed(seed)
  control <- list(N.tInf.prior = structure("poisgamma", mean.lambda = 50, var.lambda = 3000), nSamples = 3000, gd.prior.kappa = 0.1)
  r <- nowcast(now = now, when = when, dEventCol = "dHosp", dReportCol = "dReport", data = husO104Hosp, D = 14, method = "bayes.trunc", control = control)
  at <- match(when, epoch(r))
  cat("median", upperbound(r)[at], "\nlow", r@pi[at, 1, 1], "\nhigh", r@pi[at, 1, 2], "\n")
}
