/** SARIF as its standard's own schema sees it. */
import {readFileSync} from 'node:fs'
import {Ajv} from 'ajv'

const isUri = (text: string, base?: string) => URL.canParse(text, base) && /^[\x21-\x7e]*$/.test(text)

const ajv = new Ajv({
  allErrors: true,
  // The schema is of the year 2020, and says some things twice.
  strict: false,
  formats: {
    uri: (text) => isUri(text),
    'uri-reference': (text) => isUri(text, 'file:///'),
    'date-time': (text) => !Number.isNaN(Date.parse(text)),
  },
})

/** The structure of the schema that OASIS publishes, without its prose. @see https://github.com/oasis-tcs/sarif-spec */
const validate = ajv.compile(
  JSON.parse(readFileSync(new URL('sarif-2.1.0.structure.json', import.meta.url), 'utf8')),
)

/** Where a log breaks the schema, and how; none for a valid one. */
export function sarifFaults(log: unknown): string[] {
  validate(log)
  return (validate.errors ?? []).map(({instancePath, message}) => `${instancePath} ${message}`)
}

export type SarifLocation = {
  physicalLocation: {
    artifactLocation: {uri: string; uriBaseId: string}
    region: {startLine: number; startColumn?: number; endLine?: number; endColumn?: number}
  }
  logicalLocations?: {fullyQualifiedName: string}[]
  message?: {text: string}
}

export type SarifResult = {
  ruleId: string
  ruleIndex: number
  kind?: string
  level: string
  message: {text: string}
  locations: SarifLocation[]
  relatedLocations?: SarifLocation[]
  partialFingerprints: Record<string, string>
  properties: Record<string, unknown>
}

/** What tests look at. */
export type SarifLog = {
  runs: [
    {
      tool: {driver: {version: string; rules: {id: string; fullDescription: {text: string}}[]}}
      automationDetails: {id: string}
      invocations: [
        {
          executionSuccessful: boolean
          exitCode: number
          toolExecutionNotifications: {level: string; message: {text: string}; locations?: SarifLocation[]}[]
          ruleConfigurationOverrides?: {descriptor: {id: string; index: number}}[]
        },
      ]
      results: SarifResult[]
    },
  ]
}
