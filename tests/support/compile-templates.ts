/** Before any test: the templates as they stand now, not as they were at the last build. */
import {compileTemplates} from '../../scripts/templates.ts'

export default function setup(): void {
  compileTemplates()
}
