/** The library: what a build script or a test may import. */
export {type AuditProjectOptions, type AuditResult, type AuditSource, auditProject} from './app/audit.ts'
export {type CheckResult, check} from './app/check.ts'
export type {OutputState} from './app/compare.ts'
export {type GenerateOptions, type GenerateResult, generate} from './app/generate.ts'
export {loadProject, type Project, type RejectedProject} from './app/project.ts'
export type {ReadProjectOptions} from './app/read.ts'
export {defineConfig} from './define-config.ts'
export type {AuditReport, Difference, SourceReport, ToldJudgement} from './model/audit-report.ts'
export type {RegistryConfig, UserConfig} from './model/config.ts'
export {AuditEvent, Entry} from './model/entry.ts'
export {Failure} from './model/failure.ts'
export type {Kind} from './model/kind.ts'
export {Manifest} from './model/manifest.ts'
export type {Location, Place, Point} from './model/place.ts'
export type {Located, Registry} from './model/registry.ts'
export {
  type Description,
  describe,
  type Finding,
  type Related,
  type RuleId,
  type Severity,
} from './model/rules.ts'
export {type ReadOptions, type ReadResult, readRegistry} from './source/registry.ts'
