import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type Rolldown } from 'vite'

/** What the first screen draws with: its code and styles come beside early.ts, not after it. */
const FIRST = ['app.tsx', 'modules/overview/web/overview.tsx']

/** The chunks of the first screen, with all they import. */
const firstOf = (bundle: Rolldown.OutputBundle): Rolldown.OutputChunk[] => {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
  const needed = new Set(chunks.filter(({ facadeModuleId }) => FIRST.some((one) => facadeModuleId === join(import.meta.dirname, one))))
  for (const chunk of needed) for (const other of chunks) if (chunk.imports.includes(other.fileName)) needed.add(other)
  return [...needed]
}

const preloadFirst: Plugin = {
  name: 'preload-first',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle = {} }) => {
      const needed = firstOf(bundle)
      const styles = new Set(needed.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]))
      return [
        ...[...styles].map((file) => ({ tag: 'link', attrs: { rel: 'stylesheet', href: `/${file}`, crossorigin: true }, injectTo: 'head' as const })),
        ...needed.map(({ fileName }) => ({ tag: 'link', attrs: { rel: 'modulepreload', href: `/${fileName}`, crossorigin: true }, injectTo: 'head' as const })),
      ]
    },
  },
  // Nearly all of this code runs at once: Chromium is told to compile it while it comes, beside the page, and not piece by piece as it is called.
  generateBundle: {
    order: 'post',
    handler: (_, bundle) => {
      for (const chunk of firstOf(bundle)) chunk.code = `//# allFunctionsCalledOnLoad\n${chunk.code}`
    },
  },
}

/** A component whose styles are not in web/mantine.css would be drawn without them, and nobody would be told. */
const mantineStyles: Plugin = {
  name: 'mantine-styles',
  generateBundle(_, bundle) {
    const listed = readFileSync(join(import.meta.dirname, 'web/mantine.css'), 'utf8')
    const used = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
      .flatMap((id) => /@mantine\/core\/esm\/.*\/(\w+)\.module\.mjs$/.exec(id)?.[1] ?? [])
    const missing = [...new Set(used)].filter((name) => !listed.includes(`/${name}.layer.css`))
    if (missing.length > 0) this.error(`web/mantine.css lacks the styles of ${missing.join(', ')}`)
  },
}

/** The project folder is Vite's root, so that the doors of package.json `imports` resolve as they do in Node. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: 'web/public',
  plugins: [react(), preloadFirst, mantineStyles],
  // Schemas are for the server: the browser would make them all and use none.
  resolve: { alias: { zod: join(import.meta.dirname, 'web/no-schemas.ts') } },
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // React stands alone, and who reads it first: the errors it makes when it is read are costly in large files.
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/early-[hash].js',
        codeSplitting: { groups: [{ name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// }, { name: 'dom', test: /web\/dom\.ts$/ }] },
      },
    },
    // What the page names already (`preloadFirst`) is not looked for again by early.ts.
    modulePreload: { resolveDependencies: (_, needed, { hostId }) => (hostId.startsWith('assets/early-') ? [] : needed) },
    // MapLibre and ECharts are large on purpose and loaded only by the screens that draw with them.
    chunkSizeWarningLimit: 1_300,
  },
})
