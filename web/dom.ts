// By itself: see vite.config.ts.
export { createRoot } from 'react-dom/client'
