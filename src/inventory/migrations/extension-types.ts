/** The types that well-known extensions bring, so that a signature which names one can be told. */

/** Extension → names of its types. @see each one's own manual, and `\dx+` on a server. */
export const extensionTypes: Readonly<Record<string, readonly string[]>> = {
  citext: ['citext'],
  cube: ['cube'],
  hstore: ['hstore'],
  http: ['http_header', 'http_method', 'http_request', 'http_response'],
  isn: ['ean13', 'isbn', 'isbn13', 'ismn', 'ismn13', 'issn', 'issn13', 'upc'],
  ltree: ['lquery', 'ltree', 'ltxtquery'],
  postgis: ['box2d', 'box3d', 'geography', 'geometry', 'geometry_dump'],
  seg: ['seg'],
  vector: ['halfvec', 'sparsevec', 'vector'],
}
