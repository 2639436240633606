/** What the rules about a fixed search_path have in common. */
import type {Routine} from '../model/inventory.ts'
import {mendPathSql, type SearchPath, searchPathOf} from './path.ts'
import type {Judgement} from './rule.ts'
import type {Subject} from './subject.ts'

/** What is wrong with a path, to be read after "…, ". */
export type PathFault = {readonly verdict: 'refuted' | 'unknown'; readonly message: string}

/** One judgement for each definer that has a path of its own with a fault. The mend is the whole path made right. */
export function judgePaths(
  subject: Subject,
  faultOf: (path: SearchPath, routine: Routine) => PathFault | undefined,
): Judgement[] {
  return subject.definers.flatMap((routine): Judgement[] => {
    const path = searchPathOf(routine)
    const fault = path && faultOf(path, routine)
    if (!path || !fault) return []
    return [
      {
        ...fault,
        object: routine.id,
        mend: mendPathSql(routine, path, subject),
        origin: routine.origin,
        routines: [routine],
      },
    ]
  })
}
