/** SET and RESET of a routine: its `proconfig`. */
import type {DefElem, VariableSetStmt} from 'libpg-query'
import {settingArguments, settingValue} from './setting-value.ts'

type Setting = {readonly name: string; readonly value: string}

type SettingsChange = {
  readonly list: readonly Setting[]
  readonly cleared: boolean
  readonly unknown: boolean
}

/** `update_proconfig_value`: a setting that is there already keeps its place. */
export function changeSettings(old: readonly Setting[], actions: readonly DefElem[]): SettingsChange {
  let list = [...old]
  let [cleared, unknown] = [false, false]
  for (const action of actions) {
    if (action.defname !== 'set' || action.arg === undefined || !('VariableSetStmt' in action.arg)) continue
    const set: VariableSetStmt = action.arg.VariableSetStmt
    const name = (set.name ?? '').toLowerCase()
    const value = set.kind === 'VAR_SET_VALUE' ? settingValue(name, settingArguments(set)) : undefined
    if (set.kind === 'VAR_RESET_ALL') {
      list = []
      cleared = true
      unknown = false
    } else if (value !== undefined) {
      const place = list.findIndex((setting) => setting.name === name)
      if (place < 0) list.push({name, value})
      else list[place] = {name, value}
    } else if (set.kind === 'VAR_RESET' || set.kind === 'VAR_SET_DEFAULT') {
      list = list.filter((setting) => setting.name !== name)
    } else unknown = true
  }
  return {list, cleared, unknown}
}
