/** A definer in a language that can do anything the server can. */
import {defineRule, type Judgement} from '../rule.ts'

/** Extension languages that are trusted, or untrusted without a `u` at the end, as their own authors say. */
const trusted = new Set([
  'sql',
  'plpgsql',
  'plperl',
  'pltcl',
  'plv8',
  'plcoffee',
  'plls',
  'plrust',
  'pllua',
  'java',
  'pljs',
])
const untrusted = new Set([
  'c',
  'internal',
  'plr',
  'plsh',
  'plpythonu',
  'plpython2u',
  'plpython3u',
  'plperlu',
  'pltclu',
  'javau',
])

export const untrustedLanguage = defineRule({
  id: 'untrusted-language',
  group: 'definer',
  severity: 'error',
  title: 'A SECURITY DEFINER routine in an untrusted language',
  why: [
    'In `c`, `internal`, `plpython3u`, `plperlu` and the like a routine can read files, open connections and pass by',
    'every privilege of the database, whoever owns it. Its body is not checked by anything here.',
  ].join('\n'),
  resolve:
    'Write it in SQL or PL/pgSQL, or make it SECURITY INVOKER and open it to the one role that needs it.',
  judge: ({definers}) =>
    definers.flatMap((routine): Judgement[] => {
      const {language, kind, id} = routine
      if (trusted.has(language)) return []
      const isSure = untrusted.has(language) || /^pl\w+u$/.test(language)
      return [
        {
          verdict: isSure ? 'refuted' : 'unknown',
          object: id,
          message: isSure
            ? `Unexpected language ${language} of SECURITY DEFINER ${kind} ${id}, expected a trusted one`
            : `Could not establish whether ${language}, the language of SECURITY DEFINER ${kind} ${id}, is trusted`,
          mend: {advice: 'Write it in SQL or PL/pgSQL, or make it SECURITY INVOKER.'},
          origin: routine.origin,
          routines: [routine],
        },
      ]
    }),
})
