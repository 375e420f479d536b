import type { Id, Instant } from '#base'
import { sql, type Tx } from '#platform/db'
import { MetricNames, type Metric } from './metric.ts'
import { SHIPPED_METRICS } from './shipped-metrics.ts'

/** Every metric, shipped and defined by the office, in the order of screens. */
export const loadMetrics = async (tx: Tx): Promise<readonly Metric[]> => {
  const own = await tx.rows(sql<Metric>`
    select code, name_vi as "nameVi", name_en as "nameEn", unit, kind, categories, minimum, maximum, aliases, asked_daily as "askedDaily", position
    from metric order by position, code`, 'metrics')
  const codes = new Set(own.map((metric) => metric.code))
  return [...SHIPPED_METRICS.filter((metric) => !codes.has(metric.code)), ...own].toSorted((a, b) => a.position - b.position)
}

export const loadMetricNames = async (tx: Tx): Promise<MetricNames> => new MetricNames(await loadMetrics(tx))

/** Whether it was inserted; another may have defined the code a moment ago. */
export const insertMetric = async (tx: Tx, metric: Metric, commandId: Id, at: Instant): Promise<boolean> =>
  (await tx.run(sql`
    insert into metric (code, name_vi, name_en, unit, kind, categories, minimum, maximum, aliases, asked_daily, position, command_id, recorded_at)
    values (${metric.code}, ${metric.nameVi}, ${metric.nameEn}, ${metric.unit}, ${metric.kind}, ${metric.categories}::text[], ${metric.minimum},
      ${metric.maximum}, ${metric.aliases}::text[], ${metric.askedDaily}, ${metric.position}, ${commandId}, ${at})
    on conflict (code) do nothing`)) === 1
