export { cancelJob, enqueue, findJob, latestJobs, type Job, type JobState, type NewJob } from './job-store.ts'
export { runJobs, type JobKind, type RunningJob } from './run-jobs.ts'
export { codeVersion, inputsDigest, seedOf } from './code-version.ts'
