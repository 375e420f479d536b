import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** What the first screen draws with: its code and styles come beside early.ts, not after it. */
const FIRST = ['app.tsx', 'modules/overview/web/overview.tsx']

const preloadFirst: Plugin = {
  name: 'preload-first',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle = {} }) => {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      const needed = new Set(chunks.filter(({ facadeModuleId }) => FIRST.some((one) => facadeModuleId === join(import.meta.dirname, one))))
      for (const chunk of needed) for (const other of chunks) if (chunk.imports.includes(other.fileName)) needed.add(other)
      const styles = new Set([...needed].flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]))
      return [
        ...[...styles].map((file) => ({ tag: 'link', attrs: { rel: 'stylesheet', href: `/${file}`, crossorigin: true }, injectTo: 'head' as const })),
        ...[...needed].map(({ fileName }) => ({ tag: 'link', attrs: { rel: 'modulepreload', href: `/${fileName}`, crossorigin: true }, injectTo: 'head' as const })),
      ]
    },
  },
}

/** The project folder is Vite's root, so that the doors of package.json `imports` resolve as they do in Node. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: 'web/public',
  plugins: [react(), preloadFirst],
  // Schemas are for the server: the browser would make them all and use none.
  resolve: { alias: { zod: join(import.meta.dirname, 'web/no-schemas.ts') } },
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // React stands alone: the errors it makes when it is read are costly in a large file.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// }] } } },
    // MapLibre and ECharts are large on purpose and loaded only by the screens that draw with them.
    chunkSizeWarningLimit: 1_300,
  },
})
