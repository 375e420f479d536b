/** What a scenario says of each day: new infections and reported cases of the day, and beds taken at its end by the highest need of the patient. */
export const SCENARIO_SERIES = ['infections', 'reported', 'ward', 'oxygen', 'intensive'] as const
export type ScenarioSeries = (typeof SCENARIO_SERIES)[number]

export const TIERS = ['ward', 'oxygen', 'intensive'] as const
export type Tier = (typeof TIERS)[number]
