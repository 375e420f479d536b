import { ok, problem, refuse, type Result } from '#base'
import { command } from '#platform/commands'
import { metricDefine, newMetric, type MetricShown } from './contract.ts'
import { insertMetric, loadMetrics } from './metric-store.ts'
import { MetricNames, refuseMetric, type Metric } from './metric.ts'

/** R13: the office adds what it counts; a metric once defined does not change, for figures rest on it. */
export const defineMetricCommand = command({
  name: 'figures.define-metric',
  permission: metricDefine,
  body: newMetric,
  perform: async (context, wanted): Promise<Result<MetricShown>> => {
    const known = await loadMetrics(context.tx)
    const fault = refuseMetric(wanted, new MetricNames(known))
    if (fault) return refuse(fault)
    const metric: Metric = { ...wanted, position: Math.max(...known.map((one) => one.position)) + 10 }
    if (!(await insertMetric(context.tx, metric, context.commandId, context.at))) {
      return refuse(problem('metric_exists', { status: 409, field: 'code', params: { code: metric.code } }))
    }
    return ok({ ...metric, categories: [...metric.categories], aliases: [...metric.aliases] })
  },
})
