import { answerTasks } from '#platform/threads'
import { compute } from './compute.ts'

answerTasks(compute)
