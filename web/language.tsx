import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { Language, Texts } from '#base'
import { formatIn, type Format } from './format.ts'
import { languageIn, translator, type Translate } from './translate.ts'

interface Speaking {
  readonly language: Language
  readonly t: Translate
  readonly choose: (language: Language) => void
}

const SpeakingContext = createContext<Speaking | undefined>(undefined)

const YEAR = 31_536_000

/** Gives every screen its language; `texts` are those of the shell and of all modules. */
export const LanguageProvider = ({ texts, children }: { texts: readonly Texts[]; children: ReactNode }) => {
  const [language, setLanguage] = useState<Language>(() => languageIn(document.cookie))
  const speak = useMemo(() => translator(texts), [texts])
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const value = useMemo<Speaking>(() => ({
    language,
    t: speak(language),
    choose: (next) => {
      document.cookie = `language=${next}; path=/; max-age=${YEAR}; samesite=lax`
      setLanguage(next)
    },
  }), [language, speak])
  return <SpeakingContext value={value}>{children}</SpeakingContext>
}

const useSpeaking = (): Speaking => {
  const speaking = useContext(SpeakingContext)
  if (!speaking) throw new Error('no LanguageProvider above')
  return speaking
}

/** `t('cases.title', { count })`: the sentence in the reader's language. */
export const useT = (): Translate => useSpeaking().t

/** How numbers, days and times are written for this reader. */
export const useFormat = (): Format => formatIn(useSpeaking().language)

/** The reader's language and how to change it. */
export const useLanguage = (): { language: Language; choose: (language: Language) => void } => {
  const { language, choose } = useSpeaking()
  return { language, choose }
}
