/** The TypeScript compiler on files in memory, as strict as it can be set. */
import {createContext, runInContext} from 'node:vm'
import ts from 'typescript'

/** Everything that makes the compiler refuse more, and no more of the language than its first Map needs. */
export const strictest: ts.CompilerOptions = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noUncheckedSideEffectImports: true,
  allowUnreachableCode: false,
  allowUnusedLabels: false,
  isolatedModules: true,
  isolatedDeclarations: true,
  declaration: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  rewriteRelativeImportExtensions: true,
  forceConsistentCasingInFileNames: true,
  lib: ['lib.es2015.d.ts'],
  types: [],
  target: ts.ScriptTarget.ES2015,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
}

export type Compilation = {
  /** `file:line TScode message`, sorted by place. */
  readonly errors: readonly string[]
  /** What is written, by file name. */
  readonly written: Readonly<Record<string, string>>
}

const folder = '/memory/'

export function compile(
  files: Readonly<Record<string, string>>,
  options: ts.CompilerOptions = {},
): Compilation {
  const all = {...strictest, ...options}
  const written: Record<string, string> = {}
  const program = ts.createProgram(
    Object.keys(files).map((name) => folder + name),
    all,
    hostOf(files, all, (name, text) => {
      written[name.slice(folder.length)] = text
    }),
  )
  const {diagnostics} = program.emit()
  const errors = [...ts.getPreEmitDiagnostics(program), ...diagnostics].map((diagnostic) => {
    const {file, start = 0, code} = diagnostic
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')
    return `${file?.fileName.slice(folder.length) ?? ''}:${line} TS${code} ${text}`
  })
  return {errors: [...new Set(errors)], written}
}

function hostOf(
  files: Readonly<Record<string, string>>,
  options: ts.CompilerOptions,
  write: (name: string, text: string) => void,
): ts.CompilerHost {
  const disk = ts.createCompilerHost(options)
  const inMemory = (name: string) => (name.startsWith(folder) ? files[name.slice(folder.length)] : undefined)
  return {
    ...disk,
    getCurrentDirectory: () => folder,
    directoryExists: (name) => name.startsWith(folder.slice(0, -1)) || disk.directoryExists?.(name) === true,
    fileExists: (name) => inMemory(name) !== undefined || (!name.startsWith(folder) && disk.fileExists(name)),
    readFile: (name) => inMemory(name) ?? disk.readFile(name),
    getSourceFile(name, language) {
      const text = inMemory(name)
      return text === undefined
        ? disk.getSourceFile(name, language)
        : ts.createSourceFile(name, text, language)
    },
    writeFile: write,
  }
}

/** What an editor shows on hovering over each name where the file first speaks of it: signature, then documentation. */
export function hover(
  text: string,
  names: readonly string[],
): Record<string, {signature: string; words: string}> {
  const file = `${folder}hover.ts`
  const disk = ts.createCompilerHost(strictest)
  const service = ts.createLanguageService({
    getCompilationSettings: () => strictest,
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const source = name === file ? text : ts.sys.readFile(name)
      return source === undefined ? undefined : ts.ScriptSnapshot.fromString(source)
    },
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    fileExists: (name) => name === file || disk.fileExists(name),
    readFile: (name) => (name === file ? text : disk.readFile(name)),
  })
  return Object.fromEntries(
    names.map((name) => {
      const at = text.search(new RegExp(`(?<=export (?:const|type|interface|function) )${name}\\b`))
      const info = service.getQuickInfoAtPosition(file, at)
      const signature = ts.displayPartsToString(info?.displayParts)
      return [name, {signature, words: ts.displayPartsToString(info?.documentation)}]
    }),
  )
}

/** Run a module without imports, types stripped but not checked, and return what it exports. */
export function evaluate(text: string): Readonly<Record<string, unknown>> {
  const {outputText} = ts.transpileModule(text, {
    compilerOptions: {module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2020},
  })
  const exports: Record<string, unknown> = {}
  runInContext(outputText, createContext({exports}))
  return exports
}
