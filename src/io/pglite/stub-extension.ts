/** Extensions that are not there: empty ones of the same name, so that CREATE EXTENSION goes through. */

/**
 * What a migration calls at once, and which schema it expects: enough for it to go on. The bodies of the real ones
 * are never known from here.
 */
const contents: Readonly<Record<string, string>> = {
  pg_cron: `
    CREATE SCHEMA cron;
    CREATE FUNCTION cron.schedule(text, text, text) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
    CREATE FUNCTION cron.schedule(text, text) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
    CREATE FUNCTION cron.unschedule(text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
    CREATE FUNCTION cron.unschedule(bigint) RETURNS boolean LANGUAGE sql AS 'SELECT true';
    CREATE TABLE cron.job (jobid bigint, schedule text, command text, jobname text, active boolean);`,
  pg_net: 'CREATE SCHEMA net;',
  pgmq: 'CREATE SCHEMA pgmq;',
  pgsodium: 'CREATE SCHEMA pgsodium;',
}

/** A name that can stand in a file name; any other one is no extension. */
export function canBeStub(name: string): boolean {
  return /^[a-z0-9_][a-z0-9_-]{0,62}$/.test(name)
}

/**
 * The archive that PGlite unpacks for an extension: two files, in tar, compressed.
 *
 * @see https://www.postgresql.org/docs/current/extend-extensions.html#EXTEND-EXTENSIONS-FILES
 */
export async function packStub(name: string): Promise<Uint8Array> {
  const folder = 'share/postgresql/extension'
  const tar = new Blob([
    tarFile(`${folder}/${name}.control`, "default_version = '0'\nrelocatable = false\n"),
    tarFile(`${folder}/${name}--0.sql`, contents[name] ?? 'SELECT;'),
    new Uint8Array(2 * block),
  ])
  const compressed = tar.stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(compressed).arrayBuffer())
}

const block = 512

/** @see https://www.gnu.org/software/tar/manual/html_node/Standard.html */
function tarFile(path: string, text: string): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  const body = encoder.encode(text)
  const file = new Uint8Array(block + Math.ceil(body.length / block) * block)
  const write = (field: string, offset: number) => file.set(encoder.encode(field), offset)
  write(path, 0)
  write('0000644\0', 100)
  write('0000000\0', 108)
  write('0000000\0', 116)
  write(`${body.length.toString(8).padStart(11, '0')}\0`, 124)
  write(`${'0'.repeat(11)}\0`, 136)
  write('        0', 148)
  write('ustar\x0000', 257)
  const sum = file.subarray(0, block).reduce((total, byte) => total + byte, 0)
  write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  file.set(body, block)
  return file
}
