/** The version of the JSON manifest. Apart from its schema, which costs time. */

/** Raised when a field changes its meaning or goes away; a further field does not raise it. */
export const manifestVersion = 1
