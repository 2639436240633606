/** The two questions of an init: what stands before the migrations, and whether to write. */
import {type ProfileName, profileNames} from '../model/default-registry.ts'
import type {Terminal} from './environment.ts'

const meanings: Readonly<Record<ProfileName, string>> = {
  'supabase-2026': 'a Supabase project that grants nothing by name',
  'supabase-legacy': 'a Supabase project made before 2026: ALL in public is granted to the roles of the API',
  plain: 'a database of PostgreSQL’s own',
}

/** @returns `undefined` where nobody knows yet; `interrupted` where whoever was asked has left. */
export async function askProfile(terminal: Terminal): Promise<ProfileName | undefined | 'interrupted'> {
  const {isCancel, select} = await import('@clack/prompts')
  const chosen = await select<ProfileName | 'unknown'>({
    ...terminal,
    message: 'What stands before the first migration?',
    options: [
      ...profileNames.map((value) => ({value, label: `${value}: ${meanings[value]}`})),
      {value: 'unknown' as const, label: 'I do not know: leave it out'},
    ],
  })
  if (isCancel(chosen)) return 'interrupted'
  return chosen === 'unknown' ? undefined : chosen
}

/** No, unless somebody says yes. */
export async function askWhether(terminal: Terminal, message: string): Promise<boolean | 'interrupted'> {
  const {confirm, isCancel} = await import('@clack/prompts')
  const answer = await confirm({...terminal, message, initialValue: false})
  return isCancel(answer) ? 'interrupted' : answer
}
