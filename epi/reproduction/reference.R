# Writes edge-cases.fixture.json: what EpiEstim and R answer on awkward series, in the form of epiestim.fixture.json.
# Run: Rscript epi/reproduction/reference.R > epi/reproduction/edge-cases.fixture.json
suppressWarnings(suppressPackageStartupMessages(library(EpiEstim)))
quiet <- function(value) suppressWarnings(suppressMessages(value))

json <- function(x) {
  if (is.list(x)) return(paste0("{", paste(sprintf('"%s": %s', names(x), vapply(x, json, "")), collapse = ", "), "}"))
  if (is.character(x)) return(sprintf('"%s"', x))
  v <- ifelse(is.na(x), "null", sprintf("%.17g", x))
  if (inherits(x, "AsIs")) v else paste0("[", paste(v, collapse = ", "), "]")
}
one <- function(x) I(as.numeric(x))

cori <- function(x) {
  r <- x$R
  list(t_start = r[[1]], t_end = r[[2]], mean = r[[3]], sd = r[[4]], q025 = r[[5]], q05 = r[[6]], q25 = r[[7]], median = r[[8]], q75 = r[[9]], q95 = r[[10]], q975 = r[[11]],
       si_distr = as.numeric(x$si_distr), si_mean = one(x$SI.Moments[[1]]), si_sd = one(x$SI.Moments[[2]]))
}
# Means only: the rest is simulated.
cohort <- function(x) list(t_start = x$R[[1]], t_end = x$R[[2]], mean = x$R[[3]], si_distr = as.numeric(x$si_distr))

epidemic <- function(counts, si, mean, sd) {
  n <- length(counts)
  windows <- list(t_start = 2:(n - 6), t_end = 8:n, n_sim = 2)
  list(
    incidence = counts, si_distr_input = si, mean_si = one(mean), std_si = one(sd),
    parametric_weekly = quiet(cori(estimate_R(counts, method = "parametric_si", config = make_config(list(mean_si = mean, std_si = sd))))),
    non_parametric_weekly = quiet(cori(estimate_R(counts, method = "non_parametric_si", config = make_config(list(si_distr = si))))),
    wallinga_teunis_parametric = quiet(cohort(wallinga_teunis(counts, method = "parametric_si", config = c(list(mean_si = mean, std_si = sd), windows)))),
    wallinga_teunis_non_parametric = quiet(cohort(wallinga_teunis(counts, method = "non_parametric_si", config = c(list(si_distr = si), windows)))),
    overall_infectivity = quiet(overall_infectivity(counts, si))
  )
}

set.seed(42)
flu <- c(0, .233, .359, .198, .103, .053, .027, .014, .007, .003, .002, .001)
imported <- list(local = c(0, 1, 0, 2, 4, 3, 3, 2, 5, 8, 2, 4, 6, 2, 1), imported = c(1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 3, 0, 0, 0, 0))
uncertain <- make_config(list(
  mean_si = 4.7, std_mean_si = 1, min_mean_si = 2.7, max_mean_si = 6.7, std_si = 2.9, std_std_si = 0.5, min_std_si = 1.9, max_std_si = 3.9, n1 = 2000, n2 = 200, seed = 1, mcmc_control = NULL))
counts <- c(2, 1, 0, 3, 5, 4, 8, 6, 9, 12, 10, 15, 13, 18, 20, 17, 22, 19, 25, 21)
growing <- c(3, 0, 4, 7, 5, 9, 14, 11, 20, 19)
glm <- glm(growing ~ seq_along(growing), family = quasipoisson, control = glm.control(epsilon = 1e-14))
slope <- summary(glm)$coefficients[2, ]
reach <- qt(0.975, glm$df.residual) * slope[2]

cases <- list(
  eight_days = epidemic(c(1, 0, 0, 2, 0, 3, 1, 4), flu, 3, 2),
  late_start_and_gaps = epidemic(c(rep(0, 9), 1, 2, 0, 3, 5, 4, 6, 3, 2, rep(0, 14), 1, 4, 2), flu, 8.4, 3.8),
  lone_case_after_months = epidemic(c(3, rep(0, 60), 1, 2, 3, rep(0, 12)), flu, 4.7, 2.9),
  interval_longer_than_series = epidemic(c(2, 1, 4, 3, 6, 8, 9, 12, 10, 14), c(0, rep(1 / 20, 20)), 14.9, 3.9),
  whole_mean_interval = epidemic(rpois(90, 20 * exp(sin(1:90 / 15))), c(0, 0, 0, 0, 1), 8, 3),
  many_cases = epidemic(rpois(30, 4000 * exp(sin(1:30 / 9))), flu, 5.2, 2.8)
)
result <- quiet(estimate_R(as.data.frame(imported), method = "non_parametric_si", config = make_config(list(si_distr = flu))))
cases$imported <- c(imported, list(si_distr_input = flu, expected = cori(result)))
result <- quiet(estimate_R(counts, method = "uncertain_si", config = uncertain))
cases$uncertain <- list(incidence = counts, t_start = result$R[[1]], t_end = result$R[[2]], mean = result$R[[3]], sd = result$R[[4]], q025 = result$R[[5]], median = result$R[[8]], q975 = result$R[[11]])
cases$growth <- list(counts = growing, per_day = one(slope[1]), lower = one(slope[1] - reach), upper = one(slope[1] + reach), dispersion = one(summary(glm)$dispersion))

source <- sprintf("EpiEstim %s, R %s.%s", packageVersion("EpiEstim"), R.version$major, R.version$minor)
cat("{\n", paste(sprintf('"%s": %s', c("source", names(cases)), c(json(source), vapply(cases, json, ""))), collapse = ",\n"), "\n}\n", sep = "")
