import { accounts } from '#accounts'
import { announcements } from '#announcements'
import { areas, areasImporter } from '#areas'
import { bulletins } from '#bulletins'
import { cases, casesImporter } from '#cases'
import { demo } from '#demo'
import { figures, figuresImporter } from '#figures'
import { imports } from '#imports'
import { levels } from '#levels'
import { lineages, lineagesImporter, samplesImporter, serologyImporter } from '#lineages'
import { operations } from '#operations'
import { overview } from '#overview'
import { people } from '#people'
import { jobs } from '#jobs'
import { forecasts } from '#forecasts'
import { warnings } from '#warnings'
import type { Module } from '#platform/http'
import { rulebooks } from '#rulebooks'
import { scenarios } from '#scenarios'
import { views } from '#views'

/** Every module of the product, in the order of the loop: what happened, what it means, who may do what. */
export const modules: readonly Module[] = [
  people, cases, figures, imports([casesImporter, figuresImporter, areasImporter, lineagesImporter, samplesImporter, serologyImporter]), rulebooks, levels, overview, announcements, bulletins, warnings, forecasts, scenarios, lineages, areas, accounts, jobs, operations, views, demo,
]
