/** Cases and their entities: duplicates, transactions, scores. */
import {describe, expect, it} from 'vitest'
import {owner, records, stranger, worker} from '../callers.ts'
import {type Reference, refused} from '../support.ts'

const person = (name: string, role = 'defendant') =>
  `{"kind": "person", "name": "${name}", "role": "${role}"}`

export function caseCases(db: Reference): void {
  describe('cases', () => {
    it('are found to be duplicates whatever their spelling, and belong to who inserts them', async () => {
      await db.as(stranger, `SELECT public.insert_case('ny', ' c-5 ', 'Fifth', 10, '${owner.sub}')`)
      expect(await db.sql(`SELECT court, owner_id FROM public.cases WHERE case_number = 'C-5'`)).toEqual([
        {court: 'NY', owner_id: stranger.sub},
      ])
      expect(await db.code(owner, `SELECT public.insert_case('NY', 'C-5', 'Again')`)).toBe(refused.duplicate)
      expect(await db.code({role: 'dragonfly_app'}, `SELECT public.insert_case('NY', 'C-6', 'X')`)).toBe(
        refused.noUser,
      )
      expect(await db.code(owner, `SELECT public.insert_case('NY', 'C-6', 'X', -1)`)).toBe(refused.argument)
    })

    it('are inserted with all their entities or not at all', async () => {
      const insert = (list: string) =>
        `SELECT public.insert_case_with_entities('NY', 'C-7', 'Seventh', '[${list}]')`
      expect(await db.code(owner, insert(`${person('A')}, ${person('B', 'nonsense')}`))).toBe(
        refused.enumeration,
      )
      expect(await db.code(owner, insert(`{"name": "A"}`))).toBe(refused.argument)
      const before = await db.sql('SELECT count(*) FROM public.entities')
      await expect(db.as(owner, insert(`${person('A')}, ${person('')}`))).rejects.toThrow('a name has')
      expect(await db.sql('SELECT count(*) FROM public.entities')).toEqual(before)
      await db.as(owner, insert(`${person('Some  DEBTOR')}, ${person('New')}`))
      const linked =
        await db.sql(`SELECT e.name FROM public.case_entities JOIN public.entities AS e ON e.id = entity_id
        JOIN public.cases AS c ON c.id = case_id WHERE case_number = 'C-7' ORDER BY 1`)
      expect(linked).toEqual([{name: 'New'}, {name: 'Some Debtor'}])
    })

    it('are the same for a repeated insertion, to which only their owner adds', async () => {
      const call = `SELECT * FROM public.insert_or_get_case_with_entities('NY', 'C-8', 'Eighth', '[${person('A')}]')`
      const [first] = await db.as(owner, call)
      expect(first?.created).toBe(true)
      expect(await db.as(owner, call)).toEqual([{case_id: first?.case_id, created: false}])
      expect(await db.code(stranger, call)).toBe(refused.privilege)
      expect(await db.as(stranger, `SELECT * FROM public.insert_or_get_case('NY', 'C-8', 'Mine')`)).toEqual([
        {case_id: first?.case_id, created: false},
      ])
    })

    it('have entities that are stored once', async () => {
      const get = (name: string) =>
        db.as(owner, `SELECT * FROM public.insert_or_get_entity('company', '${name}')`)
      const [first] = await get('Acme Inc')
      expect(await get(' ACME  inc')).toEqual([{entity_id: first?.entity_id, created: false}])
      expect(await db.code(owner, `SELECT public.insert_entity('company', 'acme inc')`)).toBe(
        refused.duplicate,
      )
      expect(await db.code(owner, `SELECT public.insert_entity('company', 'acme inc', 'DE-1')`)).toBe('done')
      expect(await db.code(owner, `SELECT public.insert_entity('alien', 'X')`)).toBe(refused.enumeration)
    })

    it.each(['101', '-1'])('refuse the score %s', async (score) => {
      const judgment = `'${records.judgment}', ${score}`
      expect(await db.code(owner, `SELECT public.set_judgment_priority(${judgment})`)).toBe(refused.argument)
      const urgency = `'${records.case}', p_urgency => ${score}`
      expect(await db.code(worker, `SELECT public.set_case_scores(${urgency})`)).toBe(refused.argument)
    })

    it('take scores and enrichment, and leave what is not given', async () => {
      await db.as(worker, `SELECT public.set_case_scores('${records.case}', 70, p_urgency => 100)`)
      await db.as(worker, `SELECT public.set_case_enrichment('${records.case}', '{"bank": "B"}')`)
      await db.as(worker, `SELECT public.set_case_enrichment('${records.case}', '{"employer": "E"}')`)
      expect(
        await db.sql('SELECT collectability, complexity, urgency, enrichment FROM public.cases'),
      ).toEqual([
        {collectability: 70, complexity: null, urgency: 100, enrichment: {bank: 'B', employer: 'E'}},
      ])
      const set = (fields: string) => `SELECT public.set_case_enrichment('${records.case}', '${fields}')`
      for (const fields of ['{"owner_id": "x"}', '[]', '{}', '{"vehicles": 3}']) {
        expect(await db.code(worker, set(fields)), fields).toBe(refused.argument)
      }
    })
  })
}
