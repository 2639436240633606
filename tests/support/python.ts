/** Python, where the machine has one. */
import {spawnSync} from 'node:child_process'
import {describe} from 'vitest'

/** `python3`, or `undefined`. */
export function findPython(): string | undefined {
  const {status} = spawnSync('python3', ['-c', 'import dataclasses'], {stdio: 'ignore'})
  return status === 0 ? 'python3' : undefined
}

/** Define tests that need Python; without one each is reported as skipped, by name. */
export function withPython(title: string, tests: (run: RunPython) => void): void {
  const python = findPython()
  const name = python === undefined ? `${title} (python3 is missing)` : title
  describe.skipIf(python === undefined)(name, () => tests(runner(python ?? 'python3')))
}

/** @param input Goes to stdin. */
export type RunPython = (script: string, cwd: string, input?: string) => string

/** Every warning is an error, and nothing is left beside the sources. */
function runner(python: string): RunPython {
  return (script, cwd, input = '') => {
    const options = ['-W', 'error', '-X', 'utf8', '-B', '-c', script]
    const {status, stdout, stderr} = spawnSync(python, options, {
      cwd,
      input,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    })
    if (status !== 0) throw new Error(`python3 ended with ${status}:\n${stderr}`)
    return stdout
  }
}

/** Python that prints a module's records as JSON, with the names that the other languages use. */
export const printRecords = `
import importlib, json, sys
def plain(value):
    if value is None: return None
    if isinstance(value, tuple): return list(value)
    return value
def record(e):
    return {"id": e.id, "kind": e.kind, "schema": e.schema, "name": e.name, "signature": plain(e.signature),
        "why": e.why, "risks": e.risks, "sameAs": e.same_as,
        "approval": {"by": e.approval.by, "date": e.approval.date},
        "grant": e.grant and {"privileges": list(e.grant.privileges), "grantee": e.grant.grantee},
        "section": list(e.section), "extra": dict(e.extra)}
sys.path.insert(0, ".")
for name in sys.stdin.read().split():
    module = importlib.import_module(name)
    lists = {key: sorted(value) for key, value in vars(module).items() if key.startswith("ALLOWED_")}
    records = {key: [[id, record(e)] for id, e in value.items()]
        for key, value in vars(module).items() if key.endswith("_EXCEPTIONS")}
    print(json.dumps({"lists": lists, "records": records}))
`
