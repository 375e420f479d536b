import { getSession } from '#accounts/contract'
import { listAreas, unitsOn } from '#areas/contract'
import { getDuties, getOverview } from '#overview/contract'
import { dayIn } from './web/clock.ts'
import { askEarly } from './web/early.ts'

// What every screen needs, and what the first one shows, is asked before the app and its libraries have come. Who is not signed in is refused, and nothing is lost.
const search = new URLSearchParams(location.search)
const on = dayIn(search.get('day') ?? undefined)
askEarly(getSession, {})
askEarly(listAreas, unitsOn(on))
if (location.pathname === '/') {
  const query = { area: search.get('area') || undefined, on }
  askEarly(getOverview, { query })
  askEarly(getDuties, { query })
}
void import('./app.tsx').then(({ start }) => start())
