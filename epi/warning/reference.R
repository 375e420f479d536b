# Writes edge-cases.fixture.json: what surveillance answers on awkward series, in the form of surveillance.fixture.json (data sets as documents).
# Run: Rscript epi/warning/reference.R > epi/warning/edge-cases.fixture.json
options(warn = -1)
suppressWarnings(suppressPackageStartupMessages(library(surveillance)))

json <- function(x) {
  if (is.list(x)) return(paste0("{", paste(sprintf('"%s": %s', names(x), vapply(x, json, "")), collapse = ", "), "}"))
  if (is.character(x)) return(sprintf('"%s"', x))
  if (is.logical(x) && length(x) == 1 && !is.na(x)) return(if (x) "true" else "false")
  v <- ifelse(is.finite(x), sprintf("%.15g", x), "null")
  if (length(x) == 1 && !inherits(x, "AsIs")) v else paste0("[", paste(v, collapse = ", "), "]")
}
list_of <- function(x) I(as.numeric(as.vector(x)))

WEEKS <- 12
noufaily <- list(b = 4, w = 3, reweight = TRUE, weightsThreshold = 2.58, alpha = 0.01, trend = TRUE, pThresholdTrend = 1, limit54 = c(5, 4), powertrans = "2/3", noPeriods = 10,
                 pastWeeksNotIncluded = 26, thresholdMethod = "nbPlugin")

data_set <- function(x, plain = TRUE) {
  n <- length(x)
  range <- (n - WEEKS + 1):n
  series <- sts(observed = x, frequency = 52, start = c(2010, 1))
  legacy <- create.disProg(week = 1:n, observed = x, state = rep(0, n), start = c(2010, 1), freq = 52)
  ears <- function(...) {
    r <- earsC(series, control = list(range = range, ...))
    c(list(...), list(range = list_of(range), upperbound = list_of(upperbound(r)), alarm = list_of(alarms(r))))
  }
  flexible <- function(...) {
    control <- modifyList(noufaily, list(...))
    r <- farringtonFlexible(series, control = c(list(range = range, glmWarnings = FALSE), control))
    q <- r@control
    control$limit54 <- list_of(control$limit54)
    list(control = c(list(range = list_of(range)), control), range = list_of(range), expected = list_of(q$expected), upperbound = list_of(upperbound(r)), alarm = list_of(alarms(r)),
         score = list_of(q$score), pvalue = list_of(q$pvalue), trend = list_of(q$trend), trendVector = list_of(q$trendVector), phi = list_of(q$phiVector))
  }
  original <- function(...) {
    r <- farrington(series, control = list(range = range, ...))
    c(list(...), list(range = list_of(range), upperbound = list_of(upperbound(r)), alarm = list_of(alarms(r))))
  }
  result <- list(
    observed = list_of(x), freq = 52, start = list_of(c(2010, 1)),
    ears = list(C1 = ears(method = "C1"), C2 = ears(method = "C2", baseline = 5, minSigma = 0.5), C3 = ears(method = "C3"), C3_long = ears(method = "C3", baseline = 14, alpha = 0.05)),
    farringtonFlexible = list(
      nb10 = flexible(), muan = flexible(thresholdMethod = "muan", noPeriods = 7, w = 2), delta = flexible(thresholdMethod = "delta", pThresholdTrend = 0.05, noPeriods = 5, powertrans = "1/2"),
      none = flexible(thresholdMethod = "delta", noPeriods = 1, powertrans = "none", reweight = FALSE, b = 2), plain = flexible(noPeriods = 1, pastWeeksNotIncluded = 0, weightsThreshold = 1)))
  if (plain) {
    mean <- mean(x[1:(range[1] - 1)])
    mu0 <- mean * exp(0.5 * cos(2 * pi * range / 52))
    cusum <- function(...) {
      r <- algo.cusum(legacy, control = c(list(range = range, k = 1.04, h = 2.26), list(...)))
      c(list(k = 1.04, h = 2.26, m = r$control$m), list(...), list(range = list_of(range), upperbound = list_of(r$upperbound), alarm = list_of(r$alarm), cusum = list_of(r$cusum)))
    }
    glr <- function(f, ...) {
      r <- f(legacy, control = list(range = range, c.ARL = 5, mu0 = mu0, ret = "value", ...))
      c(list(c.ARL = 5, mu0 = list_of(mu0)), list(...), list(range = list_of(range), upperbound = list_of(r$upperbound), alarm = list_of(r$alarm)))
    }
    system <- function(r, b, w, actY) list(b = b, w = w, actY = actY, range = list_of(range), upperbound = list_of(r$upperbound), alarm = list_of(r$alarm))
    result <- c(result, list(
      farrington_original = original(b = 4, w = 2, alpha = 0.05, powertrans = "1/2"),
      cusum = list(standard = cusum(), rossi = cusum(trans = "rossi"), anscombe = cusum(trans = "anscombe"), pearsonNegBin = cusum(trans = "pearsonNegBin", alpha = 0.2)),
      glrpois = glr(algo.glrpois), glrnb = glr(algo.glrnb, alpha = 0.3), glrnb_theta = glr(algo.glrnb, alpha = 0.3, theta = 0.4),
      bayes = system(algo.bayes(legacy, control = list(range = range, b = 2, w = 4, actY = TRUE, alpha = 0.05)), 2, 4, TRUE),
      rki = system(algo.rki(legacy, control = list(range = range, b = 1, w = 6, actY = TRUE)), 1, 6, TRUE)))
  }
  result
}

set.seed(42)
t <- 1:300
season <- exp(0.6 * cos(2 * pi * t / 52))
rare <- rpois(300, 0.15 * season)
many <- rnbinom(300, mu = 400 * season * exp(-0.001 * t), size = 20)
burst <- rpois(300, 3)
burst[c(110:114, 220:222, 292:295)] <- c(60, 80, 120, 70, 40, 90, 30, 50, 12, 20, 15, 9)
silent <- rpois(300, 3)
silent[60:200] <- 0
winter <- rpois(300, exp(3 * cos(2 * pi * t / 52)))
missing <- rpois(300, 6)
missing[c(50, 120:123, 200, 245, 293)] <- NA
sets <- list(rare = data_set(rare), many = data_set(many), burst = data_set(burst), silent = data_set(silent), winter = data_set(winter), missing = data_set(missing, FALSE))
cat(json(c(list(source = paste("surveillance", packageVersion("surveillance"), "under", R.version.string, "by epi/warning/reference.R")), sets)))
