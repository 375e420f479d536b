# EpiEstim on the series of a file (one a line, counts by comma; the first line is the serial interval), best CPU time of three.
# Prints "version", "seconds" (user + system), then one line an estimate: mean, sd and seven quantiles.
suppressWarnings(suppressPackageStartupMessages(library(EpiEstim)))
lines <- strsplit(readLines(commandArgs(trailingOnly = TRUE)[1]), ",")
si <- as.numeric(lines[[1]])
series <- lapply(lines[-1], as.numeric)
days <- length(series[[1]])
estimate <- function(counts) {
  config <- make_config(list(si_distr = si, t_start = 2:(days - 6), t_end = 8:days))
  suppressWarnings(suppressMessages(estimate_R(counts, method = "non_parametric_si", config = config)))$R
}
times <- numeric(0)
for (try in 1:3) {
  begun <- proc.time()
  results <- lapply(series, estimate)
  times <- c(times, sum((proc.time() - begun)[c("user.self", "sys.self")]))
}
cat("version", as.character(packageVersion("EpiEstim")), "\n")
cat("seconds", times, "\n")
for (result in results) cat(apply(as.matrix(result[, 3:11]), 1, function(row) paste(sprintf("%.17g", row), collapse = " ")), sep = "\n")
