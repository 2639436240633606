/** Colour, where it is wanted. */
import {styleText} from 'node:util'

type Format = Parameters<typeof styleText>[0]

export type Style = (format: Format, text: string) => string

export const plain: Style = (_format, text) => text

/** What decides: the stream, and the variables that people agreed on. */
export type StyleInput = {
  readonly isTTY: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

/** @see https://no-color.org and https://force-color.org */
export function chooseStyle({isTTY, env}: StyleInput): Style {
  if (env.NO_COLOR) return plain
  const forced = env.FORCE_COLOR
  const wanted =
    forced === undefined || forced === ''
      ? isTTY && env.TERM !== 'dumb'
      : forced !== '0' && forced !== 'false'
  return wanted ? (format, text) => styleText(format, text, {validateStream: false}) : plain
}
