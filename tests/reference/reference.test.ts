/** The reference database does what the document says of it: every case on every host. */
import {seed} from './callers.ts'
import {accessCases} from './cases/access.ts'
import {caseCases} from './cases/cases.ts'
import {catalogCases} from './cases/catalog.ts'
import {enforcementCases} from './cases/enforcement.ts'
import {foilCases} from './cases/foil.ts'
import {generatedCases} from './cases/generated.ts'
import {intakeCases} from './cases/intake.ts'
import {jobCases} from './cases/jobs.ts'
import {judgmentCases} from './cases/judgments.ts'
import {limitCases} from './cases/limits.ts'
import {logCases} from './cases/logs.ts'
import {plaintiffCases} from './cases/plaintiffs.ts'
import {readOnlyCases} from './cases/read-only.ts'
import {sameAsCases} from './cases/same-as.ts'
import {triggerCases} from './cases/triggers.ts'
import {onEachReference} from './support.ts'

onEachReference((db) => {
  catalogCases(db)
  accessCases(db)
  jobCases(db)
  logCases(db)
  triggerCases(db)
  readOnlyCases(db)
  sameAsCases(db)
  caseCases(db)
  judgmentCases(db)
  enforcementCases(db)
  plaintiffCases(db)
  intakeCases(db)
  foilCases(db)
  limitCases(db)
  generatedCases(db)
}, seed)
