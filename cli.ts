import { openAsBlob } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ok, problem, refuse, type Problem, type Result } from '#base'
import { checkModel, isWarning, readModel, runModel } from '#decisions'
import { EPI_METHODS } from '#epi'
import { today } from '#platform/clock'
import { readConfig } from '#platform/config'
import { log, productSentences } from '#platform/product'
import { openClient, type Client } from '#platform/shell'

const OPTIONS = {
  json: { type: 'boolean' }, as: { type: 'string' }, 'as-of': { type: 'string' }, on: { type: 'string' }, area: { type: 'string' }, depth: { type: 'string' }, rulebook: { type: 'string' }, 'known-at': { type: 'string' },
  from: { type: 'string' }, to: { type: 'string' }, disease: { type: 'string' }, sender: { type: 'string' }, sheet: { type: 'string' }, encoding: { type: 'string' }, decision: { type: 'string' },
  input: { type: 'string' }, name: { type: 'string' }, role: { type: 'string' }, cases: { type: 'string' }, persons: { type: 'string' }, seed: { type: 'string' },
  format: { type: 'string' }, out: { type: 'string' }, kind: { type: 'string' },
} as const

const COMMANDS = `  import cases|figures|areas|lineages|sequence-samples|serology FILE [--sender S] [--area CODE] [--disease D] [--on DATE] [--sheet S] [--encoding E]
  import undo ID
  export cases --format csv|xlsx --out FILE [--area CODE] [--from DATE] [--to DATE]
  assess --on DATE [--area CODE] [--depth province|district|commune|hamlet|group] [--rulebook ID] [--known-at INSTANT]
  bulletin --on DATE --out DIR [--kind daily|levels] [--area CODE]   (the issued one of the day, else the draft with the figures of now)
  forecast run --area CODE --as-of DATE
  rulebook list | check FILE | run FILE [--decision NAME] --input JSON
  rulebook diff A B --from DATE --to DATE [--area CODE] [--depth …]   (A, B: ID, ID@VERSION, FILE.dmn, draft:ID or in-force)
  audit verify
  user add USERNAME --name NAME --role viewer|officer|epidemiologist|commander|administrator [--area CODE]
  backup FILE | restore FILE
  demo load [--persons N] [--cases N] [--seed S]
  epi ${Object.keys(EPI_METHODS).join('|')} --input FILE`

/** Read when they are needed: a question to the rulebook or the library of epidemiology needs none, and to read them takes longer than to answer it. */
const loadModules = async () => (await import('./modules/index.ts')).modules

const say = productSentences([])
type Values = Partial<Record<keyof typeof OPTIONS, string | boolean>>

/** Exit codes: 0 done, 1 refused input, 2 wrong usage. */
const usage = (reason: string): never => {
  log(say('vi', 'shell.wrong', { reason }))
  log(say('vi', 'shell.usage', { commands: COMMANDS }))
  process.exit(2)
}

const parsed = (() => {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true })
  } catch (error) {
    return usage((error as Error).message)
  }
})()
const values: Values = parsed.values
const [command = '', ...rest] = parsed.positionals
const text = (name: keyof typeof OPTIONS): string | undefined => (typeof values[name] === 'string' ? values[name] : undefined)
const given = (position: number, what: string): string => rest[position] ?? usage(`${command}: ${what}?`)

const query = (names: readonly (keyof typeof OPTIONS)[], more: Record<string, string> = {}): string => {
  const search = new URLSearchParams(more)
  for (const name of names) if (text(name) !== undefined) search.set(name, text(name) as string)
  return search.toString()
}

/** Runs against the running server, or one started for this command alone. */
const asked = async <T>(ask: (client: Client) => Promise<Result<T>>): Promise<Result<T>> => {
  const config = readConfig()
  if (!config.ok) return config
  const client = await openClient(config.value, await loadModules(), text('as'))
  if (!client.ok) return client
  try {
    return await ask(client.value)
  } finally {
    await client.value.close()
  }
}

const fileText = async (path: string): Promise<Result<string>> => {
  try {
    return ok(await readFile(path, 'utf8'))
  } catch {
    return refuse(problem('file_not_found', { params: { file: path } }))
  }
}

const importFile = async (kind: string, path: string): Promise<Result<unknown>> => {
  const blob = await openAsBlob(path).catch(() => undefined)
  if (!blob) return refuse(problem('file_not_found', { params: { file: path } }))
  return asked((client) =>
    client.send(`/api/imports/run?${query(['sender', 'area', 'disease', 'sheet', 'encoding'], { kind, ...(text('on') === undefined ? {} : { day: text('on') as string }) })}`, { name: basename(path), body: blob }))
}

/** The last day of the tree of three tiers: work on a past season names units by the codes of that time. */
const THREE_TIERS = '2025-06-30'

/** The unit of a code of today or, where nobody bears it today, of the tree before; the root when none is named. */
const areaIdOf = async (client: Client, code: string | undefined): Promise<Result<number>> => {
  for (const on of [text('to') ?? today(), THREE_TIERS]) {
    const areas = await client.json<{ rootId: number; areas: { id: number; code: string }[] }>('GET', `/api/areas?${query([], { on, ...(code === undefined ? {} : { search: code }) })}`)
    if (!areas.ok) return areas
    const id = code === undefined ? areas.value.rootId : areas.value.areas.find((area) => area.code === code)?.id
    if (id !== undefined) return ok(id)
  }
  return refuse(problem('unknown_area', { params: { area: code ?? '' } }))
}

/** Streams the registry into a file. */
const exportCases = (): Promise<Result<unknown>> => {
  const format = text('format') ?? 'csv'
  if (format !== 'csv' && format !== 'xlsx') usage('export cases --format csv|xlsx --out FILE')
  const out = resolve(text('out') ?? usage('export cases --format csv|xlsx --out FILE'))
  return asked(async (client) => {
    const search = new URLSearchParams()
    if (text('from') !== undefined) search.set('reportedFrom', text('from') as string)
    if (text('to') !== undefined) search.set('reportedTo', text('to') as string)
    if (text('area') !== undefined) {
      const areaId = await areaIdOf(client, text('area'))
      if (!areaId.ok) return areaId
      search.set('areaId', String(areaId.value))
    }
    return client.save(`/api/cases/export.${format}?${search}`, out)
  })
}

const runRulebook = async (path: string): Promise<Result<unknown>> => {
  const xml = await fileText(path)
  if (!xml.ok) return xml
  let input: unknown
  try {
    input = JSON.parse(text('input') ?? usage('rulebook run FILE --input JSON'))
  } catch {
    return refuse(problem('bad_input_json'))
  }
  return runModel(xml.value, { input, ...(text('decision') === undefined ? {} : { decision: text('decision') as string }) })
}

/** One method of the epidemiology library on one file: no database, no server. */
const runEpi = async (name: string): Promise<Result<unknown>> => {
  const method = Object.hasOwn(EPI_METHODS, name) ? EPI_METHODS[name] : undefined
  const path = text('input')
  if (!method || path === undefined) return usage(`epi ${name}: ${method ? '--input FILE' : Object.keys(EPI_METHODS).join(' | ')}?`)
  const file = await fileText(path)
  if (!file.ok) return file
  let input: unknown
  try {
    input = JSON.parse(file.value)
  } catch {
    return refuse(problem('bad_input_json'))
  }
  try {
    return ok(method(input))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return refuse(problem('epi_input_refused', { params: { method: name, reason: error.message.replace(/\.$/, '') } }))
  }
}

/** A law as the shell names it: a file, a draft, what is in force, or a rulebook. */
const lawNamed = async (name: string): Promise<Result<Record<string, string>>> => {
  if (name === 'in-force') return ok({})
  if (name.startsWith('draft:')) return ok({ draft: name.slice(6) })
  if (!name.endsWith('.dmn')) return ok({ rulebook: name })
  const dmn = await fileText(name)
  return dmn.ok ? ok({ dmn: dmn.value }) : dmn
}

const diffRulebooks = async (first: string, second: string): Promise<Result<unknown>> => {
  const [from, to] = [text('from') ?? usage('rulebook diff --from DATE'), text('to') ?? usage('rulebook diff --to DATE')]
  const [a, b] = [await lawNamed(first), await lawNamed(second)]
  if (!a.ok) return a
  if (!b.ok) return b
  const more = Object.fromEntries((['area', 'depth', 'disease'] as const).flatMap((name) => (text(name) === undefined ? [] : [[name, text(name)]])))
  const { changesByDay } = await import('#levels')
  const compared = await asked((client) => client.json<Parameters<typeof changesByDay>[0]>('POST', '/api/levels/compare', { from, to, a: a.value, b: b.value, ...more }))
  return compared.ok ? ok(changesByDay(compared.value)) : compared
}

const checkRulebook = async (path: string): Promise<Result<unknown>> => {
  const xml = await fileText(path)
  if (!xml.ok) return xml
  const model = readModel(xml.value)
  if (!model.ok) return model
  const problems = checkModel(model.value)
  const faults = problems.filter((found) => !isWarning(found))
  if (faults.length > 0) return refuse(problem('model_faulty', { params: { count: faults.length }, problems }))
  await sayProblems(problems)
  return ok({ ok: true, decisions: model.value.decisions.map(({ name }) => name), warnings: problems })
}

const addUser = (username: string): Promise<Result<unknown>> =>
  asked(async (client) => {
    const areaId = await areaIdOf(client, text('area'))
    if (!areaId.ok) return areaId
    return client.json('POST', '/api/accounts', {
      accounts: [{ username, name: text('name') ?? username, grants: [{ role: text('role') ?? usage('user add USERNAME --role ROLE'), areaId: areaId.value }] }],
    })
  })

/** A whole number above zero, or nothing when it was not given. */
const whole = (name: 'cases' | 'persons' | 'seed'): number | undefined => {
  const given = text(name)
  if (given === undefined) return undefined
  return /^[1-9]\d{0,8}$/.test(given) ? Number(given) : usage(`--${name} ${given}`)
}

/** Writes the bulletin of a day as DOCX and PDF: the last one issued, else the draft with the figures of now. */
const writeBulletin = async (folder: string, on: string): Promise<Result<unknown>> => {
  const kind = text('kind') ?? 'daily'
  return asked(async (client) => {
    const first = await client.json<{ rootId: number }>('GET', `/api/areas?${query([], { on, limit: '1' })}`)
    if (!first.ok) return first
    const root = await client.json<{ areas: { code: string }[] }>('GET', `/api/areas?${query([], { on, within: String(first.value.rootId), level: 'province' })}`)
    if (!root.ok) return root
    const area = text('area') ?? root.value.areas[0]?.code ?? ''
    const listed = await client.json<{ bulletins: { id: string; areaCode: string; status: string; issued: { number: number; symbol: string } | null }[] }>(
      'GET', `/api/bulletins?${query([], { area, day: on, kind })}`)
    if (!listed.ok) return listed
    const issued = listed.value.bulletins.find(({ areaCode, status }) => status === 'issued' && areaCode === area)
    const opened = issued ? ok(issued) : await client.json<{ id: string; opened: string }>('POST', '/api/bulletins', { kind, day: on, area })
    if (!opened.ok) return opened
    const { id } = opened.value
    if ('opened' in opened.value && opened.value.opened === 'existing') {
      const taken = await client.json('POST', `/api/bulletins/${id}/figures`, {})
      if (!taken.ok) return taken
    }
    // A folder that cannot be made is told when the first file is written.
    await mkdir(folder, { recursive: true }).catch(() => undefined)
    const files: unknown[] = []
    for (const format of ['docx', 'pdf']) {
      const saved = await client.save(`/api/bulletins/${id}/${format}`, join(folder, `${kind}-${on}.${format}`))
      if (!saved.ok) return saved
      files.push(saved.value)
    }
    return ok({ id, status: issued ? 'issued' : 'draft', number: issued?.issued ? `${issued.issued.number}/${issued.issued.symbol}` : null, files })
  })
}

const restoreFile = async (path: string): Promise<Result<unknown>> => {
  const config = readConfig()
  return config.ok ? (await import('#operations')).restoreInto(config.value, path, log) : config
}

const run = async (): Promise<Result<unknown>> => {
  switch (`${command} ${rest[0] ?? ''}`.trim()) {
    case 'import cases': case 'import figures': case 'import areas': case 'import lineages': case 'import sequence-samples': case 'import serology': return importFile(rest[0] as string, given(1, 'FILE'))
    case 'export cases': return exportCases()
    case 'import undo': return asked((client) => client.json('POST', `/api/imports/${encodeURIComponent(given(1, 'ID'))}/undo`, {}))
    case 'rulebook list': return asked(async (client) => {
      const listed = await client.json<{ rulebooks: unknown }>('GET', '/api/rulebooks')
      return listed.ok ? ok(listed.value.rulebooks) : listed
    })
    case 'rulebook check': return checkRulebook(given(1, 'FILE'))
    case 'rulebook run': return runRulebook(given(1, 'FILE'))
    case 'rulebook diff': return diffRulebooks(given(1, 'A'), given(2, 'B'))
    case 'audit verify': return asked(async (client) => {
      const verdict = await client.json<{ intact: boolean; brokenAt?: number }>('POST', '/api/audit/verify', {})
      return verdict.ok && !verdict.value.intact ? refuse(problem('audit_broken', { params: { batch: verdict.value.brokenAt ?? 0 } })) : verdict
    })
    case 'forecast run': return asked(async (client) => (await import('#forecasts')).runAndShow(client, { area: text('area') ?? usage('forecast run --area CODE'), on: text('as-of') ?? usage('forecast run --as-of DATE') }))
    case 'user add': return addUser(given(1, 'USERNAME'))
    case 'demo load': {
      const size = { cases: whole('cases'), persons: whole('persons'), seed: whole('seed') }
      return asked(async (client) => (await import('#demo')).loadDemo(client, size))
    }
  }
  switch (command) {
    case 'assess':
      if (text('on') === undefined) usage('assess --on DATE')
      return asked((client) => client.json('GET', `/api/levels?${query(['on', 'area', 'depth', 'rulebook', 'disease'], text('known-at') === undefined ? {} : { knownAt: text('known-at') as string })}`))
    case 'bulletin': return writeBulletin(resolve(text('out') ?? usage('bulletin --out DIR')), text('on') ?? usage('bulletin --on DATE'))
    case 'backup': return asked((client) => client.json('POST', '/api/operations/backup', { file: resolve(given(0, 'FILE')) }))
    case 'restore': return restoreFile(given(0, 'FILE'))
    case 'epi': return runEpi(given(0, 'METHOD'))
  }
  return usage([command, ...rest].join(' '))
}

const sayProblems = async (faults: readonly Problem[]): Promise<void> => {
  if (faults.length === 0) return
  const sentences = productSentences(await loadModules())
  const sayOne = (fault: Problem): void => {
    const sentence = sentences('vi', `problem.${fault.code}`, fault.params)
    log(fault.field === undefined ? sentence : `${fault.field}: ${sentence}`)
    fault.problems?.forEach(sayOne)
  }
  faults.forEach(sayOne)
}

const result = await run()
// One JSON value on stdout and nothing else: a script reads it. A person gets the same, indented.
const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value, null, values.json ? undefined : 2)}\n`)
if (result.ok) print(result.value)
else {
  if (values.json) print({ problem: result.problem })
  await sayProblems([result.problem])
}
process.exitCode = result.ok ? 0 : 1
