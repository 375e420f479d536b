import { answerTasks } from '#platform/threads'
import { detect } from './detect.ts'

answerTasks(detect)
