/** What the migrations say of the rows: they are followed when they change, and judged when a document does. */
import {followMigrations, judgeMigrations, scopeOf} from '../app/follow-migrations.ts'
import type {Project} from '../app/project.ts'
import {readProject} from '../app/read.ts'
import type {AuditReport} from '../model/audit-report.ts'
import type {Inventory} from '../model/inventory.ts'
import {isError} from '../model/rules.ts'

export type Verdicts = {readonly report: AuditReport; readonly inventory: Inventory}

export type Auditor = {
  /**
   * Hold the documents of a project against its migrations.
   *
   * @param texts What is open in the editor, by path; all else is read from disk.
   * @returns `undefined` where no migrations are configured, or a document has errors: rows are missing then.
   * @throws Failure if a document or the migrations cannot be read.
   */
  readonly judge: (
    project: Project,
    texts: ReadonlyMap<string, string>,
    today: string,
  ) => Promise<Verdicts | undefined>
  /** The last verdicts on a project. */
  readonly last: (root: string) => Verdicts | undefined
  /** Follow the migrations again next time: a file has changed. */
  readonly forget: () => void
}

/** The files of a project, with what an editor has open in place of what is on disk. */
function withTexts(files: Project['files'], texts: ReadonlyMap<string, string>): Project['files'] {
  return {
    ...files,
    read(path) {
      const text = texts.get(path)
      return text === undefined ? files.read(path) : new TextEncoder().encode(text)
    },
  }
}

type Followed = {readonly scope: string; readonly inventory: Inventory}

export function createAuditor(): Auditor {
  const followed = new Map<string, Followed>()
  const verdicts = new Map<string, Verdicts>()
  return {
    last: (root) => verdicts.get(root),
    forget: () => followed.clear(),
    async judge(project, texts, today) {
      const {root, migrations} = project
      if (migrations === undefined) return undefined
      const {documents, findings} = readProject({...project, files: withTexts(project.files, texts)}, {today})
      if (findings.some(isError)) return undefined
      const scope = scopeOf(documents)
      const known = followed.get(root)
      const inventory =
        known?.scope === scope ? known.inventory : await followMigrations(project, documents, migrations)
      followed.set(root, {scope, inventory})
      const report = judgeMigrations(project, documents, inventory, migrations)
      verdicts.set(root, {report, inventory})
      return {report, inventory}
    },
  }
}
