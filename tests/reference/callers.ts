/** Who calls, and what every case starts from. */
import type {Session} from '../support/postgres.ts'
import type {Caller} from './support.ts'

const id = (digit: number, kind: string): string =>
  `${String(digit).repeat(8)}-0000-4000-8000-${kind.repeat(12)}`

export const users = {
  admin: id(1, 'a'),
  otherAdmin: id(2, 'a'),
  ops: id(3, 'a'),
  owner: id(4, 'a'),
  stranger: id(5, 'a'),
} as const

export const admin: Caller = {role: 'dragonfly_ops', sub: users.admin}
export const otherAdmin: Caller = {role: 'dragonfly_ops', sub: users.otherAdmin}
export const operator: Caller = {role: 'dragonfly_ops', sub: users.ops}
/** Owns the case of the fixtures. */
export const owner: Caller = {role: 'dragonfly_app', sub: users.owner}
export const stranger: Caller = {role: 'dragonfly_app', sub: users.stranger}
/** Holds the role of the dashboard in the database, but not in the application. */
export const impostor: Caller = {role: 'dragonfly_ops', sub: users.stranger}
export const worker: Caller = {role: 'dragonfly_worker', worker: 'worker-1'}
export const otherWorker: Caller = {role: 'dragonfly_worker', worker: 'worker-2'}
export const scheduler: Caller = {role: 'dragonfly_scheduler'}
export const service: Caller = {role: 'service_role'}
export const tableOwner: Caller = {role: 'dragonfly_owner'}

export const records = {
  case: id(6, 'c'),
  judgment: id(6, 'd'),
  debtor: id(6, 'e'),
  plaintiff: id(6, 'f'),
} as const

/** One case with its judgment and debtor, and one plaintiff. The users come through the sign-up. */
export async function seed(session: Session): Promise<void> {
  const rows = Object.entries(users).map(([name, user]) => `('${user}', '${name.toLowerCase()}@example.org')`)
  await session.run(`
    SET ROLE service_role;
    INSERT INTO public.app_users (id, email) VALUES ${rows.join(', ')};
    RESET ROLE;
    INSERT INTO public.user_roles (user_id, role) VALUES
      ('${users.admin}', 'admin'), ('${users.otherAdmin}', 'admin'), ('${users.ops}', 'ops');
    INSERT INTO public.cases (id, court, case_number, title, amount, owner_id)
    VALUES ('${records.case}', 'NY', 'C-1', 'First case', 1000, '${users.owner}');
    INSERT INTO public.core_judgments
      (id, court, docket_number, case_id, plaintiff_name, defendant_name, amount, judgment_date)
    VALUES ('${records.judgment}', 'NY', 'D-1', '${records.case}', 'Plaintiff', 'Debtor', 100000, '2020-01-02');
    INSERT INTO public.entities (id, kind, name) VALUES ('${records.debtor}', 'person', 'Some Debtor');
    INSERT INTO public.case_entities VALUES ('${records.case}', '${records.debtor}', 'defendant');
    INSERT INTO public.plaintiffs (id, name) VALUES ('${records.plaintiff}', 'Some Plaintiff');
  `)
}
