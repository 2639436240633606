/** Generates this repository's own outputs from its own document, with the code as it stands. */
import path from 'node:path'
import {compileTemplates} from './templates.ts'

compileTemplates()
process.chdir(path.resolve(import.meta.dirname, '..'))
process.argv = [process.execPath, 'secdef', 'generate', ...process.argv.slice(2)]
await import('../src/cli/bin.ts')
