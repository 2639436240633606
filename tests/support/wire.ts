/** A wire between a client and a server that can be listened to, and cut. */
import {once} from 'node:events'
import {connect, createServer, type Socket} from 'node:net'
import {onTestFinished} from 'vitest'

export type Wire = {
  readonly port: number
  /** Texts of all statements that the client sent so far. */
  readonly statements: () => string[]
  readonly cut: () => void
}

/**
 * Between this machine and a port of it, until the test is over.
 *
 * @param cutAt The client's word at which it is cut, before the server hears it.
 */
export async function openWire(port: number, cutAt?: string): Promise<Wire> {
  const sent: Buffer[] = []
  const sockets: Socket[] = []
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  const listener = createServer((client) => {
    const server = connect(port, '127.0.0.1')
    sockets.push(client, server)
    client.on('data', (data) => {
      sent.push(data)
      if (cutAt !== undefined && data.includes(cutAt)) cut()
    })
    client.on('error', cut)
    server.on('error', cut)
    client.pipe(server).pipe(client)
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  onTestFinished(() => {
    cut()
    listener.close()
  })
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('The wire has no port')
  return {port: address.port, statements: () => [...readStatements(Buffer.concat(sent))], cut}
}

/** @see https://www.postgresql.org/docs/current/protocol-message-formats.html Query, and Parse */
function* readStatements(bytes: Buffer): Generator<string> {
  // The first message, the startup packet, has no type.
  for (let at = bytes.readInt32BE(0); at + 5 <= bytes.length; at += 1 + bytes.readInt32BE(at + 1)) {
    const type = String.fromCharCode(bytes[at] ?? 0)
    const body = bytes.toString('utf8', at + 5, at + 1 + bytes.readInt32BE(at + 1))
    if (type === 'Q') yield body.split('\0')[0] ?? ''
    if (type === 'P') yield body.split('\0')[1] ?? ''
  }
}
