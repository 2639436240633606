/** Every audit rule, in the order in which its judgements are told. */
import type {AuditRule} from './rule.ts'
import {absentApiRole} from './rules/absent-api-role.ts'
import {absentRoutine} from './rules/absent-routine.ts'
import {apiRoleIsOwner} from './rules/api-role-is-owner.ts'
import {defaultExecute} from './rules/default-execute.ts'
import {defaultPrivileges} from './rules/default-privileges.ts'
import {definerView} from './rules/definer-view.ts'
import {documentedInvoker} from './rules/documented-invoker.ts'
import {dynamicSql} from './rules/dynamic-sql.ts'
import {executeOpen} from './rules/execute-open.ts'
import {failedStatements} from './rules/failed-statements.ts'
import {foreignTableOpen} from './rules/foreign-table-open.ts'
import {idleRevoke} from './rules/idle-revoke.ts'
import {materializedViewOpen} from './rules/materialized-view-open.ts'
import {nothingSeen} from './rules/nothing-seen.ts'
import {overloadedName} from './rules/overloaded-name.ts'
import {ownerBypassesRls} from './rules/owner-bypasses-rls.ts'
import {partitionRlsDisabled} from './rules/partition-rls-disabled.ts'
import {residualGrant} from './rules/residual-grant.ts'
import {residualSchemaGrant} from './rules/residual-schema-grant.ts'
import {rlsDisabled} from './rules/rls-disabled.ts'
import {rlsNotForced} from './rules/rls-not-forced.ts'
import {rlsWithoutPolicy} from './rules/rls-without-policy.ts'
import {searchPathMisquoted} from './rules/search-path-misquoted.ts'
import {searchPathMissing} from './rules/search-path-missing.ts'
import {searchPathTemp} from './rules/search-path-temp.ts'
import {searchPathUnknownSchema} from './rules/search-path-unknown-schema.ts'
import {searchPathUser} from './rules/search-path-user.ts'
import {searchPathWritable} from './rules/search-path-writable.ts'
import {staleApproval} from './rules/stale-approval.ts'
import {triggerFunctionOpen} from './rules/trigger-function-open.ts'
import {undocumentedDefiner} from './rules/undocumented-definer.ts'
import {unseen} from './rules/unseen.ts'
import {untrustedLanguage} from './rules/untrusted-language.ts'
import {unusedException} from './rules/unused-exception.ts'
import {wrongSchema} from './rules/wrong-schema.ts'

export const auditRules: readonly AuditRule[] = [
  nothingSeen,
  unseen,
  failedStatements,
  absentApiRole,
  // Whether the rows are true
  undocumentedDefiner,
  wrongSchema,
  absentRoutine,
  documentedInvoker,
  overloadedName,
  staleApproval,
  unusedException,
  // Whether definers are safe
  searchPathMissing,
  searchPathMisquoted,
  searchPathUser,
  searchPathUnknownSchema,
  searchPathWritable,
  searchPathTemp,
  apiRoleIsOwner,
  triggerFunctionOpen,
  executeOpen,
  dynamicSql,
  untrustedLanguage,
  defaultExecute,
  // Whether everything else keeps the baseline
  ownerBypassesRls,
  partitionRlsDisabled,
  rlsDisabled,
  rlsNotForced,
  rlsWithoutPolicy,
  residualGrant,
  materializedViewOpen,
  foreignTableOpen,
  residualSchemaGrant,
  idleRevoke,
  defaultPrivileges,
  definerView,
]
