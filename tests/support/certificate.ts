/** Certificates made on the spot, so that no key has to be kept: X.509 in DER, signed with a fresh P-256 key. */
import {createSign, generateKeyPairSync, type KeyObject} from 'node:crypto'

export type Certificate = {readonly certificate: string; readonly key: string}

/**
 * One that vouches for itself, and holds for this name.
 *
 * @param years How long it holds from 2020 on.
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function makeCertificate(name: string, years = 100): Certificate {
  const {privateKey, publicKey} = generateKeyPairSync('ec', {namedCurve: 'prime256v1'})
  const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02))
  const commonName = sequence(set(sequence(oid(0x55, 0x04, 0x03), tagged(0x0c, Buffer.from(name)))))
  const validity = sequence(time('20200101000000Z'), time(`${2020 + years}0101000000Z`))
  const isAuthority = extension([0x55, 0x1d, 0x13], sequence(tagged(0x01, Buffer.from([0xff]))))
  const alternativeName = extension([0x55, 0x1d, 0x11], sequence(tagged(0x82, Buffer.from(name))))
  const toSign = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    commonName,
    validity,
    commonName,
    publicKey.export({type: 'spki', format: 'der'}),
    tagged(0xa3, sequence(isAuthority, alternativeName)),
  )
  const signature = tagged(0x03, Buffer.concat([Buffer.from([0]), sign(toSign, privateKey)]))
  const der = sequence(toSign, ecdsaWithSha256, signature)
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${wrap(der.toString('base64'))}-----END CERTIFICATE-----\n`,
    key: privateKey.export({type: 'pkcs8', format: 'pem'}).toString(),
  }
}

function tagged(tag: number, body: Buffer): Buffer {
  const {length} = body
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), body])
}

function sequence(...items: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(items))
}

function set(item: Buffer): Buffer {
  return tagged(0x31, item)
}

function oid(...bytes: readonly number[]): Buffer {
  return tagged(0x06, Buffer.from(bytes))
}

function time(text: string): Buffer {
  return tagged(0x18, Buffer.from(text))
}

function extension(id: readonly number[], value: Buffer): Buffer {
  return sequence(oid(...id), tagged(0x04, value))
}

function sign(bytes: Buffer, key: KeyObject): Buffer {
  return createSign('SHA256').update(bytes).sign(key)
}

function wrap(text: string): string {
  return text.replace(/.{1,64}/g, '$&\n')
}
