/** The remark plugin: the registry of a document as data of its file, and every finding as a message. */
import type {Root} from 'mdast'
import type {Plugin} from 'unified'
import type {VFile} from 'vfile'
import {type HostOptions, readingOptions} from './editor/host-options.ts'
import type {Registry} from './model/registry.ts'
import {describe, type Finding} from './model/rules.ts'
import {readRegistry} from './source/registry.ts'

declare module 'vfile' {
  interface DataMap {
    /** What `remarkSecurityExceptions` read; not to be relied on while the file has a fatal message. */
    securityExceptions: Registry
  }
}

export type RemarkOptions = HostOptions

/**
 * Read security exceptions from a document that is parsed with remark-gfm.
 *
 * Sets `file.data.securityExceptions` and adds a message for each finding; those that are errors are fatal.
 */
const remarkSecurityExceptions: Plugin<[RemarkOptions?], Root> = (options = {}) => {
  return (tree: Root, file: VFile): void => {
    const {registry, findings} = readRegistry(String(file), {
      ...readingOptions(file.path ?? '', options),
      tree,
    })
    file.data.securityExceptions = registry
    for (const finding of findings) addMessage(file, finding)
  }
}

export default remarkSecurityExceptions

/** @see https://github.com/vfile/vfile-message */
function addMessage(file: VFile, finding: Finding): void {
  const {severity, message, mend} = describe(finding)
  const origin = {source: 'secdef', ruleId: finding.ruleId, ...(finding.place && {place: finding.place})}
  const added = severity === 'info' ? file.info(message, origin) : file.message(message, origin)
  added.note = mend
  if (severity === 'fatal' || severity === 'error') added.fatal = true
}
