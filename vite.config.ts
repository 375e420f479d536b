import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The project folder is Vite's root, so that the doors of package.json `imports` resolve as they do in Node. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: 'web/public',
  plugins: [react()],
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // MapLibre and ECharts are large on purpose and loaded only by the screens that draw with them.
    chunkSizeWarningLimit: 1_300,
  },
})
