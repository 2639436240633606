/** Types for a configuration in JavaScript or TypeScript. */
import type {UserConfig} from './model/config.ts'

/** Returns its argument: an editor then knows the keys. What it holds is checked when it is loaded. */
export function defineConfig(config: UserConfig): UserConfig {
  return config
}
