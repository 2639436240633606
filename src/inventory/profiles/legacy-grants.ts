/** What Supabase projects granted by name on everything created in `public`, before 2026. */

const everything = ['TABLES', 'SEQUENCES', 'FUNCTIONS']
const owners = ['postgres', 'supabase_admin']

/** To revoke from PUBLIC closes nothing that these opened. */
export const legacyGrants = owners
  .flatMap((owner) => everything.map((objects) => ({owner, objects})))
  .map(
    ({owner, objects}) => `
  ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA public
    GRANT ALL ON ${objects} TO postgres, anon, authenticated, service_role;`,
  )
  .join('')
