/** Shapes that rows of several catalogues share. */
import * as z from 'zod/mini'

/** Oid of the grantee, `0` for everybody; privilege; with grant option. */
export const grantRows = z.array(z.tuple([z.string(), z.string(), z.boolean()]))
export type GrantRows = z.infer<typeof grantRows>

export const settingRows = z.nullable(z.array(z.string()))
