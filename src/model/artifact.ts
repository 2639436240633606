/** What rendering yields, before anything touches the disk. */

/** One file to be. `path` is relative to the project's root, with `/`; `text` has line feeds only. */
export type Artifact = {readonly path: string; readonly text: string}
