# Farrington's flexible method of surveillance on the series of a file (one a line, counts by comma; the first line is the number of last weeks to test), best CPU time of three.
# Prints "version", "seconds" (user + system), then one line a series: bounds (NA where there are too few cases), then alarms.
suppressWarnings(suppressPackageStartupMessages(library(surveillance)))
lines <- lapply(strsplit(readLines(commandArgs(trailingOnly = TRUE)[1]), ","), as.numeric)
last <- lines[[1]]
series <- lines[-1]
weeks <- length(series[[1]])
control <- list(range = (weeks - last + 1):weeks, b = 5, w = 3, noPeriods = 10, pastWeeksNotIncluded = 26, pThresholdTrend = 1, weightsThreshold = 2.58, alpha = 0.01,
                thresholdMethod = "nbPlugin", glmWarnings = FALSE)
times <- numeric(0)
for (try in 1:3) {
  begun <- proc.time()
  results <- lapply(series, function(counts) suppressWarnings(farringtonFlexible(sts(observed = counts, frequency = 52, start = c(2012, 1)), control = control)))
  times <- c(times, sum((proc.time() - begun)[c("user.self", "sys.self")]))
}
cat("version", as.character(packageVersion("surveillance")), "\n")
cat("seconds", times, "\n")
for (result in results) cat(paste(sprintf("%.17g", upperbound(result)), collapse = " "), paste(as.numeric(alarms(result)), collapse = " "), sep = " ", fill = FALSE, "\n")
