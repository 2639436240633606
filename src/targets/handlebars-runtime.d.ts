/** Types for the file name that Node's resolution needs; the package declares them for `handlebars/runtime` alone. */
declare module 'handlebars/runtime.js' {
  import Handlebars from 'handlebars'

  export default Handlebars
}
