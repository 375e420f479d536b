import * as announcements from '#announcements/web'
import { listAreas, unitsOn } from '#areas/contract'
import * as accounts from '#accounts/web'
import * as areas from '#areas/web'
import type { PlainDate } from '#base'
import * as bulletins from '#bulletins/web'
import * as cases from '#cases/web'
import * as figures from '#figures/web'
import * as forecasts from '#forecasts/web'
import * as imports from '#imports/web'
import * as people from '#people/web'
import * as jobs from '#jobs/web'
import * as levels from '#levels/web'
import * as lineages from '#lineages/web'
import { getOverview } from '#overview/contract'
import * as overview from '#overview/web'
import * as rulebooks from '#rulebooks/web'
import * as scenarios from '#scenarios/web'
import * as warnings from '#warnings/web'
import { queryOf, startWeb, useQueryOf, type AreaNode } from '#web'

/** Units are amended rarely: what was read in this hour is good. Unit: milliseconds. */
const HOUR = 3_600_000

/** The units of the deployment's root area on a day. */
const areasOn = (on: PlainDate) => [listAreas, unitsOn(on), { freshFor: HOUR }] as const
const useAreasOn = (on: PlainDate): readonly AreaNode[] | undefined => useQueryOf(...areasOn(on)).data?.areas

export const start = (): void => startWeb({
  modules: [overview, levels, announcements, bulletins, cases, figures, imports, people, areas, rulebooks, warnings, forecasts, scenarios, lineages, jobs, accounts],
  useSession: accounts.useSession,
  SignIn: accounts.SignIn,
  useAreasOn,
  session: accounts.sessionQuery,
  first: ({ path, area, on }) => [queryOf(...areasOn(on)), ...(path === '/' ? [queryOf(getOverview, { query: { area, on } })] : [])],
})
