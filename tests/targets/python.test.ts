/** The Python output imports without a warning, cannot be changed, is typed, and stands in for a hand-kept set. */
import {spawnSync} from 'node:child_process'
import {createRequire} from 'node:module'
import {describe, expect, it} from 'vitest'
import type {Entry} from '../../src/model/entry.ts'
import {python} from '../../src/targets/python.ts'
import {pyString} from '../../src/targets/python-literal.ts'
import {replaceRegion} from '../../src/targets/region.ts'
import {renderBody, renderFile} from '../../src/targets/render.ts'
import {project} from '../support/project.ts'
import {printRecords, withPython} from '../support/python.ts'
import {fullOptions, ownInput, recordsInput, sortsOfEntries} from '../support/registries.ts'

const whitelistOnly = {options: {...fullOptions, records: false}}
const full = renderFile(python, recordsInput(sortsOfEntries))
const lean = renderFile(python, recordsInput(sortsOfEntries, whitelistOnly))
const empty = renderFile(python, recordsInput([]))

/** What a project has today: a test with a second copy of the list. */
const before = `"""No function is SECURITY DEFINER without a row in the document."""

ALLOWED_SEC_DEFINERS = frozenset({
    "ops.claim_job",
    "ops.none()",
    "ops.two(uuid, app_role[])",
})


def undocumented(found: set[str]) -> set[str]:
    return found - ALLOWED_SEC_DEFINERS


def test_every_definer_is_documented() -> None:
    assert undocumented({"ops.claim_job", "ops.none()"}) == set()
    assert undocumented({"ops.claim_job", "ops.rogue"}) == {"ops.rogue"}
`
const byHand = before.slice(before.indexOf('ALLOWED_SEC_DEFINERS ='), before.indexOf('\n\ndef undocumented'))
const after = before.replace(byHand, 'from security_exceptions import ALLOWED_SEC_DEFINERS\n')
const runTests =
  'import test_definers as t; t.test_every_definer_is_documented(); print(len(t.ALLOWED_SEC_DEFINERS))'

describe('literals', () => {
  it.each([
    ['', '""'],
    ['a "b" \\ \'c\'', `"a \\"b\\" \\\\ 'c'"`],
    ['"""', '"\\"\\"\\""'],
    ['a\nb\r\tc', '"a\\nb\\u000d\\u0009c"'],
    ['\u2028\u202e\ufeff\x85', '"\\u2028\\u202e\\ufeff\\u0085"'],
    ['\u{e0041}é😀', '"\\U000e0041é😀"'],
    ['{x} %s \\N{DASH}', '"{x} %s \\\\N{DASH}"'],
  ])('%j', (text, literal) => {
    expect(pyString(text)).toBe(literal)
  })
})

withPython('Python', (run) => {
  it('reads every record of every kind, and the same whitelists without records', () => {
    const root = project({'full.py': full, 'lean.py': lean, 'empty.py': empty})
    const printed = run(printRecords, root, 'full lean empty').trim().split('\n')
    const [fullRead, leanRead, emptyRead] = printed.map((line) => JSON.parse(line))
    const ofKind = (kind: Entry['kind']) => sortsOfEntries.filter((entry) => entry.kind === kind)
    const ids = (kind: Entry['kind']) => ofKind(kind).map(({id}) => id)
    const pairs = (kind: Entry['kind']) => ofKind(kind).map((entry) => [entry.id, entry])
    const lists = {
      ALLOWED_SEC_DEFINERS: ids('security-definer'),
      ALLOWED_DEFINER_VIEWS: ids('definer-view'),
      ALLOWED_TABLES_WITHOUT_RLS: ids('no-rls'),
      ALLOWED_GRANTS: ids('grant'),
    }
    expect(fullRead).toEqual({
      lists,
      records: {
        SEC_DEFINER_EXCEPTIONS: pairs('security-definer'),
        DEFINER_VIEW_EXCEPTIONS: pairs('definer-view'),
        NO_RLS_EXCEPTIONS: pairs('no-rls'),
        GRANT_EXCEPTIONS: pairs('grant'),
      },
    })
    expect(leanRead).toEqual({lists, records: {}})
    expect(emptyRead).toEqual({lists: {ALLOWED_SEC_DEFINERS: []}, records: {SEC_DEFINER_EXCEPTIONS: []}})
  })

  it('holds the 111 functions of this repository in a frozenset', () => {
    const root = project({'security_exceptions.py': renderFile(python, ownInput())})
    const script = `from security_exceptions import *
print(type(ALLOWED_SEC_DEFINERS).__name__, len(ALLOWED_SEC_DEFINERS), ALLOWED_SEC_DEFINERS == SEC_DEFINER_EXCEPTIONS.keys())`
    expect(run(script, root)).toBe('frozenset 111 True\n')
  })

  it('parses as Python 3.9', () => {
    const script = 'import ast, sys; print(len(ast.parse(sys.stdin.read(), feature_version=(3, 9)).body))'
    for (const text of [full, lean, empty]) expect(Number(run(script, '/', text))).toBeGreaterThan(2)
    // A statement of 3.10, to see that the version has a say.
    expect(() => run(script, '/', 'match x:\n    case 1: pass\n')).toThrow(/Pattern matching|SyntaxError/)
  })

  it('cannot be changed, and its records go into sets', () => {
    const root = project({'module.py': full})
    const script = `
import dataclasses, module
record = module.SEC_DEFINER_EXCEPTIONS["ops.claim_job"]
grant = module.GRANT_EXCEPTIONS["api.codes to anon"].grant
def refused(change):
    try: change()
    except (AttributeError, TypeError, dataclasses.FrozenInstanceError) as error: return type(error).__name__
    return "changed"
print(*[refused(change) for change in [
    lambda: setattr(record, "why", "x"), lambda: delattr(record, "why"), lambda: setattr(record.approval, "by", "x"),
    lambda: setattr(grant, "grantee", "x"), lambda: grant.privileges.append("x"), lambda: record.section.append("x"),
    lambda: record.extra.__setitem__("a", "b"), lambda: record.extra.clear(),
    lambda: module.SEC_DEFINER_EXCEPTIONS.__setitem__("a", record), lambda: module.SEC_DEFINER_EXCEPTIONS.pop("a"),
    lambda: module.ALLOWED_SEC_DEFINERS.add("a")]])
print(len({*module.SEC_DEFINER_EXCEPTIONS.values(), record}), record == dataclasses.replace(record),
    record == dataclasses.replace(record, extra={}), type(record.extra).__name__)`
    expect(run(script, root).split('\n')).toEqual([
      'FrozenInstanceError FrozenInstanceError FrozenInstanceError FrozenInstanceError AttributeError AttributeError AttributeError AttributeError AttributeError AttributeError AttributeError',
      '3 True False mappingproxy',
      '',
    ])
  })

  it('replaces a set that was kept by hand by one import', () => {
    expect(byHand.split('\n')).toHaveLength(6)
    const files = {'security_exceptions.py': lean, 'test_definers.py': after}
    expect(run(runTests, project({'test_definers.py': before}))).toBe('3\n')
    expect(run(runTests, project(files))).toBe('3\n')
  })

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ])('fills a region of an existing test, whose other bytes stay, with %s', (_, ending) => {
    const marks = '# secdef:begin definers\n# secdef:end definers'
    const host = before.replace(byHand, marks).replaceAll('\n', ending)
    const filled = replaceRegion(host, 'definers', renderBody(python, recordsInput(sortsOfEntries)))
    if (typeof filled !== 'string') throw new Error(`the region is ${filled.ruleId}`)
    const [head, tail] = host.split(`begin definers${ending}`)
    expect(filled.startsWith(`${head}begin definers${ending}`)).toBe(true)
    expect(filled.endsWith(tail ?? 'no mark')).toBe(true)
    expect(filled.replaceAll(ending, '').match(/[\r\n]/g)).toBe(null)
    expect(run(runTests, project({'test_definers.py': filled}))).toBe('3\n')
  })
})

it('is typed: pyright in strict mode has nothing to say, but to a consumer who is wrong', () => {
  const consumer = `from security_exceptions import ALLOWED_SEC_DEFINERS, SEC_DEFINER_EXCEPTIONS, SecurityException

names: frozenset[str] = ALLOWED_SEC_DEFINERS
record: SecurityException = SEC_DEFINER_EXCEPTIONS["ops.claim_job"]
words: tuple[str, ...] = (record.why, record.approval.by, *(record.signature or ()), *record.extra.values())
`
  const wrong = `from security_exceptions import ALLOWED_SEC_DEFINERS, SEC_DEFINER_EXCEPTIONS

ALLOWED_SEC_DEFINERS.add("x")
SEC_DEFINER_EXCEPTIONS["x"].why = ""
SEC_DEFINER_EXCEPTIONS["x"].extra["y"] = ""
len(SEC_DEFINER_EXCEPTIONS["x"].signature)
`
  const config = {
    typeCheckingMode: 'strict',
    pythonVersion: '3.9',
    deprecateTypingAliases: true,
    reportDeprecated: 'error',
  }
  const root = project({
    'security_exceptions.py': full,
    'lean.py': lean,
    'empty.py': empty,
    'consumer.py': consumer,
    'test_definers.py': after,
    'wrong.py': wrong,
    'pyrightconfig.json': JSON.stringify({...config, reportTypedDictNotRequiredAccess: 'error'}),
  })
  const pyright = createRequire(import.meta.url).resolve('pyright/index.js')
  const {stdout} = spawnSync(process.execPath, [pyright, '--outputjson'], {cwd: root, encoding: 'utf8'})
  type Diagnostic = {file: string; severity: string; rule?: string; range: {start: {line: number}}}
  const report: {generalDiagnostics: Diagnostic[]; summary: {filesAnalyzed: number}} = JSON.parse(stdout)
  const found = report.generalDiagnostics.map(
    ({file, rule, range}) => `${file.slice(root.length + 1)}:${range.start.line + 1} ${rule}`,
  )
  expect([report.summary.filesAnalyzed, ...found]).toEqual([
    6,
    'wrong.py:3 reportUnknownMemberType',
    'wrong.py:3 reportAttributeAccessIssue',
    'wrong.py:4 reportAttributeAccessIssue',
    'wrong.py:5 reportIndexIssue',
    'wrong.py:6 reportArgumentType',
  ])
})

it('tells formatters and linters to leave it alone', () => {
  expect(full.split('\n').slice(1, 6)).toEqual([
    '# fmt: off',
    '# ruff: noqa',
    '# flake8: noqa',
    '# isort: skip_file',
    '',
  ])
})
