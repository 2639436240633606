/** Every fault of a configuration, at its place, in words that lead to its mending. */
import {expect, test} from 'vitest'
import {loadProject} from '../../src/app/project.ts'
import {describe as words} from '../../src/model/rules.ts'
import {project} from '../support/project.ts'

/** `line:column message | mend` of each finding. */
async function faultsOf(text: string): Promise<string[]> {
  const root = project({'secdef.config.json': text})
  const loaded = await loadProject(root)
  if ('project' in loaded) return []
  return loaded.findings.map((finding) => {
    const {severity, message, mend} = words(finding)
    expect({severity, path: finding.path}).toEqual({severity: 'fatal', path: 'secdef.config.json'})
    const {place} = finding
    return `${place?.start.line}:${place?.start.column} ${message} | ${mend}`
  })
}

const list = 'Correct it; docs/configuration.md of secdef lists what it takes.'
const json = 'Mend the JSON; it has no comments and no trailing commas.'
const targets = 'typescript, python, sql, json, json-schema, pgtap'

test.each([
  ['', `1:1 Unexpected text in the configuration, expected \`{}\` at least: it is empty | ${json}`],
  ['\n\n', `1:1 Unexpected text in the configuration, expected \`{}\` at least: it is empty | ${json}`],
  [
    '{"document":\n  "a.md",\n}',
    `3:1 Unexpected text in the configuration, expected a key in double quotes | ${json}`,
  ],
  ['{"document" "a.md"}', `1:13 Unexpected text in the configuration, expected a colon | ${json}`],
  ['{"a": 1', `1:8 Unexpected text in the configuration, expected a closing brace | ${json}`],
  ['{} {}', `1:4 Unexpected text in the configuration, expected the end of the file | ${json}`],
  ['// x\n{}', `1:1 Unexpected text in the configuration, expected no comment | ${json}`],
  [
    "{'a': 1}",
    `1:2 Unexpected text in the configuration, expected text in double quotes, a number, true, false or null | ${json}`,
  ],
])('syntax: %j', async (text, fault) => {
  expect((await faultsOf(text))[0]).toBe(fault)
})

test.each([
  ['null', `1:1 Unexpected value of the configuration: expected an object | ${list}`],
  ['[]', `1:1 Unexpected value of the configuration: expected an object | ${list}`],
  ['"x"', `1:1 Unexpected value of the configuration: expected an object | ${list}`],
  ['{"document": 3}', `1:14 Unexpected value of \`document\`: expected text | ${list}`],
  ['{"document": null}', `1:14 Unexpected value of \`document\`: expected text | ${list}`],
  ['{"document": ""}', `1:14 Unexpected value of \`document\`: expected a path | ${list}`],
  ['{"outputs": "sql"}', `1:13 Unexpected value of \`outputs\`: expected a list | ${list}`],
  ['{"outputs": []}', `1:13 Unexpected value of \`outputs\`: expected at least one output | ${list}`],
  ['{"registries": []}', `1:16 Unexpected value of \`registries\`: expected at least one registry | ${list}`],
  ['{"registries": {}}', `1:16 Unexpected value of \`registries\`: expected a list | ${list}`],
  [
    '{"name": "a b"}',
    `1:10 Unexpected value of \`name\`: expected letters, digits, \`_\`, \`.\` and \`-\` | ${list}`,
  ],
  ['{"outputs": [3]}', `1:14 Unexpected value of \`outputs.0\`: expected one of ${targets} | ${list}`],
  [
    '{"outputs": ["sql", "pythn"]}',
    `1:21 Unexpected value of \`outputs.1\`: expected one of ${targets} | Did you mean \`python\`?`,
  ],
  [
    '{"outputs": [{"target": "pythn"}]}',
    `1:25 Unexpected value of \`outputs.0.target\`: expected one of ${targets} | Did you mean \`python\`?`,
  ],
  [
    '{"outputs": [{"path": "x"}]}',
    `1:14 Unexpected value of \`outputs.0.target\`: expected one of ${targets}; or \`template\` in its place | ${list}`,
  ],
  [
    '{"outputs": [{"target": "sql", "missing": "eror"}]}',
    '1:43 Unexpected value of `outputs.0.missing`: expected one of notice, error | Did you mean `error`?',
  ],
  [
    '{"outputs": [{"target": "python", "records": "no"}]}',
    `1:46 Unexpected value of \`outputs.0.records\`: expected true or false | ${list}`,
  ],
  [
    '{"outputs": [{"template": "a.hbs"}]}',
    `1:14 Unexpected value of \`outputs.0.path\`: expected it to be there | ${list}`,
  ],
  ['{"columns": {"Schema": 3}}', `1:24 Unexpected value of \`columns.Schema\`: expected text | ${list}`],
  [
    '{"columns": {"Schema": ["a", 3]}}',
    `1:30 Unexpected value of \`columns.Schema.1\`: expected text | ${list}`,
  ],
  ['{"columns": {"Schema": ""}}', `1:24 Unexpected value of \`columns.Schema\`: expected a name | ${list}`],
  [
    '{"schemas": {"include": [""]}}',
    `1:26 Unexpected value of \`schemas.include.0\`: expected a name | ${list}`,
  ],
])('values: %s', async (text, fault) => {
  expect(await faultsOf(text)).toEqual([fault])
})

const gone = 'Remove it; docs/configuration.md of secdef lists the keys.'

test.each([
  ['{\n  "outptus": []}', '2:3 Unexpected key `outptus` | Did you mean `outputs`?'],
  ['{"colour": 1}', `1:2 Unexpected key \`colour\` | ${gone}`],
  ['{"__proto__": {"document": "x"}}', `1:2 Unexpected key \`__proto__\` | ${gone}`],
  ['{"registrys": []}', '1:2 Unexpected key `registrys` | Did you mean `registries`?'],
  [
    '{"columns": {"Object Nmae": "x"}}',
    '1:14 Unexpected key `columns.Object Nmae` | Did you mean `Object Name`?',
  ],
  ['{"schemas": {"exlude": []}}', '1:14 Unexpected key `schemas.exlude` | Did you mean `exclude`?'],
  ['{"outputs": [{"targt": "sql"}]}', '1:15 Unexpected key `outputs.0.targt` | Did you mean `target`?'],
  [
    '{"outputs": [{"target": "sql", "pth": "x"}]}',
    '1:32 Unexpected key `outputs.0.pth` | Did you mean `path`?',
  ],
  [
    '{"outputs": [{"target": "sql", "records": true}]}',
    '1:32 Unexpected key `outputs.0.records` | It belongs into an output whose target is typescript or python.',
  ],
  [
    '{"outputs": [{"target": "json", "missing": "error"}]}',
    '1:33 Unexpected key `outputs.0.missing` | It belongs into an output whose target is sql.',
  ],
  [
    '{"outputs": [{"target": "sql", "template": "a"}]}',
    '1:32 Unexpected key `outputs.0.template` | It belongs into an output without `target`.',
  ],
  [
    '{"registries": [{"documnt": "x"}]}',
    '1:18 Unexpected key `registries.0.documnt` | Did you mean `document`?',
  ],
  [
    '{"registries": [{"$schema": "x"}]}',
    '1:18 Unexpected key `registries.0.$schema` | It belongs into the top of the configuration.',
  ],
  [
    '{"registries": [{}], "document": "x"}',
    '1:22 Unexpected key `document` | It belongs into each of `registries`.',
  ],
  ['{"migrations": {"foldr": "x"}}', '1:17 Unexpected key `migrations.foldr` | Did you mean `folder`?'],
  ['{"audit": {"apiRole": []}}', '1:12 Unexpected key `audit.apiRole` | Did you mean `apiRoles`?'],
  ['{"tabels": "compact"}', '1:2 Unexpected key `tabels` | Did you mean `tables`?'],
  [
    '{"audit": {"severities": {"unseen": {"severity": "info", "reason": "x", "reasn": ""}}}}',
    '1:73 Unexpected key `audit.severities.unseen.reasn` | Did you mean `reason`?',
  ],
  [
    '{"registries": [{"migrations": "x"}]}',
    '1:18 Unexpected key `registries.0.migrations` | It belongs into the top of the configuration.',
  ],
])('keys: %s', async (text, fault) => {
  expect(await faultsOf(text)).toEqual([fault])
})

test.each([
  '../a.md',
  'docs/../../a.md',
  '..',
  '/a.md',
  '\\a.md',
  'C:/a.md',
  'c:\\a.md',
  'docs\\a.md',
  'a\u202eb.md',
  'a\nb.md',
  'docs/',
])('a path that leads out or astray: %j', async (path) => {
  const faults = await faultsOf(JSON.stringify({document: path}))
  expect(faults).toHaveLength(1)
  expect(faults[0]).toMatch(/^1:13 Unexpected value of `document`: expected (?:a|the) path /)
  expect(await faultsOf(JSON.stringify({outputs: [{target: 'sql', path}]}))).toHaveLength(1)
  expect(await faultsOf(JSON.stringify({outputs: [{template: path, path: 'x'}]}))).toHaveLength(1)
})

test('an outputDir may end in a slash, and be the root', async () => {
  expect(await faultsOf('{"outputDir": "generated/"}')).toEqual([])
  expect(await faultsOf('{"outputDir": "."}')).toEqual([])
  expect(await faultsOf('{"outputDir": "../generated"}')).toHaveLength(1)
})

test.each([
  ['{"document": "a.md", "document": "b.md"}', '1:22 Unexpected value of `document`'],
  ['{"document": "a.md", "docu\\u006dent": "b.md"}', '1:22 Unexpected value of `document`'],
  ['{"outputs": [{"target": "sql", "path": "a", "path": "b"}]}', '1:45 Unexpected value of `path`'],
])('a key that stands twice, as a merge leaves it: %s', async (text, fault) => {
  expect(await faultsOf(text)).toEqual([`${fault}: expected each key once, and it stands twice | ${list}`])
})

test('equal keys of different objects stand once each', async () => {
  const text =
    '{"outputs": [{"target": "sql", "path": "{\\"path\\": [\\"path\\":"}, {"target": "json", "path": "b"}]}'
  expect((await faultsOf(text)).filter((fault) => fault.includes('twice'))).toEqual([])
})

const sql = (path: string, region?: string) => ({target: 'sql', path, ...(region !== undefined && {region})})
const two = (a: object, b: object) => ({
  registries: [
    {name: 'a', document: 'a.md', ...a},
    {name: 'b', document: 'b.md', ...b},
  ],
})

test.each<[string, object, string]>([
  [
    'two outputs to one path',
    {outputs: ['sql', 'sql']},
    '`outputs.1`: expected another path than generated/security-exceptions.sql, where an earlier output goes',
  ],
  [
    'spelled differently',
    {outputs: [sql('a/b'), sql('a/./b')]},
    '`outputs.1`: expected another path than a/b, where an earlier output goes',
  ],
  [
    'a template spelled differently',
    {outputs: [sql('a/b'), {template: 'x', path: './a//b'}]},
    '`outputs.1`: expected another path than a/b, where an earlier output goes',
  ],
  [
    'that differ by case',
    {outputs: [sql('a/b'), sql('a/B')]},
    '`outputs.1`: expected the same letters as in a/b, not only the same but for case',
  ],
  [
    'a file and a folder',
    {outputs: [sql('a'), sql('a/b')]},
    '`outputs.1`: expected another path than a/b: an earlier output goes to a',
  ],
  [
    'the document',
    {document: './docs/A.md', outputs: [sql('docs/A.md')]},
    '`outputs.0`: expected another path than docs/A.md, which is a document',
  ],
  [
    'the document by another case',
    {document: 'docs/A.md', outputs: [sql('docs/a.md')]},
    '`outputs.0`: expected another path than docs/a.md, which is a document',
  ],
  [
    'the configuration',
    {outputs: [sql('secdef.config.json')]},
    '`outputs.0`: expected another path than secdef.config.json, which is the configuration',
  ],
  [
    'a template',
    {outputs: [sql('a.hbs'), {template: 'a.hbs', path: 'x'}]},
    '`outputs.0`: expected another path than a.hbs, which is a template',
  ],
  [
    'the insides of git',
    {outputs: [sql('.git/hooks/pre-commit')]},
    '`outputs.0`: expected another path than .git/hooks/pre-commit, which is not for outputs',
  ],
  [
    'our own lock',
    {outputs: [sql('.secdef.lock')]},
    '`outputs.0`: expected another path than .secdef.lock, which is not for outputs',
  ],
  [
    'one region twice',
    {outputs: [sql('a', 'r'), sql('a', 'r')]},
    '`outputs.1`: expected another region than r, where an earlier output goes',
  ],
  [
    'a whole file and its region',
    {outputs: [sql('a', 'r'), sql('a')]},
    '`outputs.1`: expected another path than a, which would be a whole output and hold a region',
  ],
  [
    'one document twice',
    two({outputDir: 'x'}, {document: './a.md'}),
    '`registries.1.document`: expected another document than that of an earlier registry',
  ],
  [
    'one folder twice',
    two({}, {}),
    '`registries.1.outputDir`: expected another folder than generated, where the outputs of an earlier registry go',
  ],
  ['one name twice', two({outputDir: 'x'}, {name: 'a'}), '`registries.1.name`: expected each name once'],
  [
    'no name',
    {registries: [{document: 'a.md'}, {name: 'b', outputDir: 'x'}]},
    '`registries.0.name`: expected one, as there are several registries',
  ],
])('a clash: %s', async (_, config, fault) => {
  const faults = await faultsOf(JSON.stringify(config))
  expect(faults).toHaveLength(1)
  expect(faults[0]).toMatch(/^1:\d+ /)
  expect(faults[0]?.replace(/^\S+ /, '')).toBe(`Unexpected value of ${fault} | ${list}`)
})

test('several faults stand in the order of the text', async () => {
  const faults = await faultsOf('{"b": 1,\n "document": 3,\n "a": 2}')
  expect(faults.map((fault) => fault.slice(0, 3))).toEqual(['1:2', '2:1', '3:2'])
})

test.each([
  ['{"migrations": 1}', /^1:16 Unexpected value of `migrations`: expected text/],
  ['{"migrations": "../x"}', /^1:16 Unexpected value of `migrations`: expected a path inside/],
  ['{"migrations": {"folder": "/x"}}', /^1:27 Unexpected value of `migrations.folder`: expected a path/],
  [
    '{"migrations": {"profile": "supabase"}}',
    /^1:28 Unexpected value of `migrations.profile`: expected one of supabase-2026, supabase-legacy, plain/,
  ],
  [
    '{"audit": {"severities": {"rls-disable": {"severity": "info", "reason": "x"}}}}',
    /^1:42 Unexpected value of `audit.severities.rls-disable`: expected a rule .*\| Did you mean `rls-disabled`\?$/,
  ],
  [
    '{"audit": {"severities": {"constructor": {"severity": "info", "reason": "x"}}}}',
    /^1:42 Unexpected value of `audit.severities.constructor`: expected a rule of the audit/,
  ],
  [
    '{"audit": {"severities": {"nothing-seen": {"severity": "info", "reason": "x"}}}}',
    /^1:43 Unexpected value of `audit.severities.nothing-seen`: expected another rule/,
  ],
  [
    '{"audit": {"severities": {"unseen": {"severity": "off", "reason": "x"}}}}',
    /^1:50 Unexpected value of `audit.severities.unseen.severity`: expected one of error, warning, info/,
  ],
  [
    '{"audit": {"severities": {"unseen": {"severity": "info", "reason": " "}}}}',
    /^1:68 Unexpected value of `audit.severities.unseen.reason`: expected who decided it/,
  ],
  [
    '{"audit": {"severities": {"unseen": {"severity": "info"}}}}',
    /^1:37 Unexpected value of `audit.severities.unseen.reason`: expected it to be there/,
  ],
])('what the database is held against: %s', async (text, fault) => {
  const faults = await faultsOf(text)
  expect(faults).toEqual([expect.stringMatching(fault)])
})

test('migrations and severities are taken', async () => {
  const loaded = await loadProject(
    project({
      'secdef.config.json': JSON.stringify({
        migrations: 'db//migrations/',
        audit: {severities: {unseen: {severity: 'info', reason: 'x'}}},
      }),
    }),
  )
  expect(loaded).toMatchObject({
    project: {
      migrations: {folder: 'db/migrations'},
      audit: {severities: {unseen: {severity: 'info', reason: 'x'}}},
    },
  })
})
