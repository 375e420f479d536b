// Runs before the first paint and before the app; a file, because the content policy allows no inline script.

// A dark room is not lit by a white page.
const kept = localStorage.getItem('mantine-color-scheme-value')
const dark = kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')

// Server and browser agree on the language from the first request on: Vietnamese unless English was chosen.
const chosen = /(?:^|;\s*)language=(vi|en)/.exec(document.cookie)?.[1]
if (chosen === undefined) document.cookie = 'language=vi; path=/; max-age=31536000; samesite=lax'
document.documentElement.lang = chosen ?? 'vi'
