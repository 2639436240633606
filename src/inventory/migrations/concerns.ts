/** Whether a statement can change any fact at all. */
import type {Node} from 'libpg-query'

/** Statements on data, and on what the inventory does not hold. */
const harmless: ReadonlySet<string> = new Set(
  [
    'AlterCollationStmt AlterDatabaseStmt AlterDatabaseRefreshCollStmt AlterDomainStmt AlterEnumStmt',
    'AlterExtensionContentsStmt AlterExtensionStmt AlterFdwStmt AlterForeignServerStmt',
    'AlterOpFamilyStmt AlterOperatorStmt AlterPublicationStmt AlterStatsStmt AlterSubscriptionStmt',
    'AlterTSConfigurationStmt AlterTSDictionaryStmt AlterTableMoveAllStmt AlterTableSpaceOptionsStmt AlterTypeStmt',
    'AlterUserMappingStmt CheckPointStmt ClosePortalStmt ClusterStmt CommentStmt ConstraintsSetStmt',
    'CreateAmStmt CreateCastStmt CreateConversionStmt CreateFdwStmt CreateForeignServerStmt CreateOpClassStmt',
    'CreateOpFamilyStmt CreatePLangStmt CreatePublicationStmt CreateStatsStmt CreateSubscriptionStmt',
    'CreateTableSpaceStmt CreateTransformStmt CreateTrigStmt CreateUserMappingStmt CreatedbStmt DeallocateStmt',
    'DropSubscriptionStmt DropTableSpaceStmt DropUserMappingStmt DropdbStmt FetchStmt IndexStmt',
    'ListenStmt LoadStmt LockStmt NotifyStmt RefreshMatViewStmt ReindexStmt RuleStmt',
    'SecLabelStmt TruncateStmt UnlistenStmt VacuumStmt VariableShowStmt AlterEventTrigStmt ReplicaIdentityStmt',
  ].flatMap((line) => line.split(' ')),
)

const dataOnly: ReadonlySet<string> = new Set([
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'SelectStmt',
  'CallStmt',
  'CopyStmt',
  'DeclareCursorStmt',
  'MergeStmt',
  'PrepareStmt',
])

const settled: ReadonlySet<string> = new Set([
  'AT_EnableRowSecurity',
  'AT_DisableRowSecurity',
  'AT_ForceRowSecurity',
  'AT_NoForceRowSecurity',
  'AT_ChangeOwner',
  'AT_SetRelOptions',
  'AT_ReplaceRelOptions',
  'AT_ResetRelOptions',
  'AT_AttachPartition',
  'AT_DetachPartition',
])

const followedDrops: ReadonlySet<string> = new Set([
  'OBJECT_AGGREGATE',
  'OBJECT_DOMAIN',
  'OBJECT_EXTENSION',
  'OBJECT_EVENT_TRIGGER',
  'OBJECT_FOREIGN_TABLE',
  'OBJECT_FUNCTION',
  'OBJECT_MATVIEW',
  'OBJECT_POLICY',
  'OBJECT_PROCEDURE',
  'OBJECT_ROUTINE',
  'OBJECT_SCHEMA',
  'OBJECT_SEQUENCE',
  'OBJECT_TABLE',
  'OBJECT_TYPE',
  'OBJECT_VIEW',
])

export function tagOf(node: Node): string {
  return Object.keys(node)[0] ?? ''
}

/** `nothing`: no fact. `calls`: none of itself, but it may call functions that do more. `facts`: some fact. */
export function concernOf(node: Node): 'nothing' | 'calls' | 'facts' {
  const tag = tagOf(node)
  if (harmless.has(tag)) return 'nothing'
  if ('SelectStmt' in node && node.SelectStmt.intoClause !== undefined) return 'facts'
  if (dataOnly.has(tag)) return 'calls'
  if ('VariableSetStmt' in node) {
    const {name, kind} = node.VariableSetStmt
    return kind === 'VAR_RESET_ALL' || /^(?:search_path|role|session_authorization)$/i.test(name ?? '')
      ? 'facts'
      : 'nothing'
  }
  if ('AlterTableStmt' in node) {
    const commands = node.AlterTableStmt.cmds ?? []
    const some = commands.some(
      (one) => 'AlterTableCmd' in one && settled.has(one.AlterTableCmd.subtype ?? ''),
    )
    return some ? 'facts' : 'nothing'
  }
  if ('DropStmt' in node) {
    const cascade = node.DropStmt.behavior === 'DROP_CASCADE'
    return cascade || followedDrops.has(node.DropStmt.removeType ?? '') ? 'facts' : 'nothing'
  }
  if ('GrantStmt' in node) {
    return /^OBJECT_(?:TABLE|SEQUENCE|FUNCTION|PROCEDURE|ROUTINE|SCHEMA)$/.test(node.GrantStmt.objtype ?? '')
      ? 'facts'
      : 'nothing'
  }
  return 'facts'
}
