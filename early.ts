import { getSession } from '#accounts/contract'
import { listAreas } from '#areas/contract'
import { parseDate } from '#base'
import { getDuties, getOverview } from '#overview/contract'
import { today } from './web/clock.ts'
import { askEarly } from './web/early.ts'

// What every screen needs, and what the first one shows, is asked before the app and its libraries have come. Who is not signed in is refused, and nothing is lost.
const search = new URLSearchParams(location.search)
const day = parseDate(search.get('day') ?? '')
const on = day.ok ? day.value : today()
askEarly(getSession, {})
askEarly(listAreas, { query: { on, within: 'root', limit: 4000 } })
if (location.pathname === '/') {
  const query = { area: search.get('area') || undefined, on }
  askEarly(getOverview, { query })
  askEarly(getDuties, { query })
}
void import('./app.tsx').then(({ start }) => start())
