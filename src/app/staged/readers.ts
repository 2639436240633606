/** Whether a program can read files, or have them read: then nobody can tell what its value depends on. */

/** Modules of Node's that do, as they are named in code. */
const modules =
  /(['"`])((?:node:)?(?:fs|fs\/promises|child_process|worker_threads|cluster|wasi)|node:sqlite)\1/

/** Ways to the same that no import shows. */
const others = /\b(?:getBuiltinModule|loadEnvFile|_linkedBinding|dlopen)\b|\bprocess\s*\.\s*binding\b/

/** An import of types alone is gone when the program runs. */
const typeImports = /\bimport\s+type\s+(?!from\b)[\w$\s{},*]+?\bfrom\s*(?:'[^'\n]*'|"[^"\n]*")/g

/** @returns By what, in a word; `undefined` where it cannot. */
export function readsFiles(path: string, text: string): string | undefined {
  if (/\.(?:node|wasm)$/.test(path)) return 'machine code'
  if (path.endsWith('.json')) return undefined
  const code = text.replace(typeImports, '')
  const wasm = /\.wasm['"`]/.test(code) ? 'WebAssembly' : undefined
  return modules.exec(code)?.[2] ?? others.exec(code)?.[0] ?? wasm
}
