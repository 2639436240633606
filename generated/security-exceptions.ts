// Generated from docs/SECURITY_EXCEPTIONS.md by `secdef generate`. Do not edit.
/* eslint-disable */
// biome-ignore-all lint: generated
// biome-ignore-all format: generated

// biome-ignore format: generated
// prettier-ignore
/** One documented exception: a row of docs/SECURITY_EXCEPTIONS.md. */
export interface SecurityException {
  /** `schema.name`, or `schema.name(type, type)` where the row states a signature. */
  readonly id: string
  readonly kind: 'security-definer' | 'definer-view' | 'no-rls' | 'grant'
  /** As `pg_namespace.nspname` holds it. */
  readonly schema: string
  /** As `pg_proc.proname` or `pg_class.relname` holds it. */
  readonly name: string
  /** Input types as PostgreSQL prints them; `null` where the row states no signature. */
  readonly signature: readonly string[] | null
  /** Why the exception is needed. */
  readonly why: string
  /** What keeps it from being abused. */
  readonly risks: string
  /** The `id` of the entry whose risks this one shares. */
  readonly sameAs: string | null
  /** Who approved it, and when: `YYYY-MM` or `YYYY-MM-DD`. */
  readonly approval: { readonly by: string; readonly date: string }
  /** Of kind `grant`: which privileges, and who holds them. */
  readonly grant: { readonly privileges: readonly string[]; readonly grantee: string } | null
  /** Headings above the row, outermost first. */
  readonly section: readonly string[]
  /** Further columns by heading. */
  readonly extra: { readonly [heading: string]: string }
}

// biome-ignore format: generated
// prettier-ignore
/** Every routine that may run as SECURITY DEFINER, by id, sorted. */
export const ALLOWED_SEC_DEFINERS = [
  "enforcement.record_outcome",
  "intake.create_foil_dataset",
  "intake.finalize_foil_dataset",
  "intake.process_raw_row",
  "intake.quarantine_foil_row",
  "intake.store_foil_raw_row",
  "intake.store_foil_raw_rows_bulk",
  "intake.update_foil_dataset_mapping",
  "intake.update_foil_dataset_status",
  "intake.update_foil_raw_row_status",
  "ops.check_batch_integrity",
  "ops.claim_pending_job",
  "ops.complete_job",
  "ops.create_ingest_batch",
  "ops.create_intake_batch",
  "ops.enqueue_job",
  "ops.fail_job",
  "ops.finalize_ingest_batch",
  "ops.finalize_intake_batch",
  "ops.get_queue_health_summary",
  "ops.log_action",
  "ops.log_audit",
  "ops.log_intake_event",
  "ops.queue_job",
  "ops.queue_job_idempotent",
  "ops.reap_stuck_jobs",
  "ops.register_heartbeat",
  "ops.update_job_status",
  "ops.upsert_judgment",
  "ops.upsert_judgment_extended",
  "ops.worker_heartbeat",
  "public.add_enforcement_event",
  "public.add_evidence",
  "public.advance_import_run",
  "public.approve_daily_budget",
  "public.block_sensitive_delete",
  "public.broadcast_live_event",
  "public.ceo_12_metrics",
  "public.ceo_command_center_metrics",
  "public.check_import_guardrails",
  "public.complete_enrichment",
  "public.complete_plaintiff_task",
  "public.compute_litigation_budget",
  "public.copilot_case_context",
  "public.dequeue_job",
  "public.dragonfly_can_read",
  "public.dragonfly_has_any_role",
  "public.dragonfly_has_role",
  "public.dragonfly_is_admin",
  "public.enforcement_activity_metrics",
  "public.enforcement_radar_filtered",
  "public.enrichment_log_run",
  "public.enrichment_update_debtor",
  "public.evaluate_enforcement_path",
  "public.fetch_new_candidates",
  "public.generate_enforcement_tasks",
  "public.get_access_logs",
  "public.get_enforcement_timeline",
  "public.get_intake_stats",
  "public.get_litigation_budget",
  "public.handle_new_user",
  "public.insert_case",
  "public.insert_case_with_entities",
  "public.insert_entity",
  "public.insert_or_get_case",
  "public.insert_or_get_case_with_entities",
  "public.insert_or_get_entity",
  "public.intake_radar_metrics",
  "public.intake_radar_metrics_v2",
  "public.log_access",
  "public.log_call_outcome",
  "public.log_enforcement_action",
  "public.log_enforcement_event",
  "public.log_event",
  "public.log_export",
  "public.log_external_data_call",
  "public.log_insert_case",
  "public.log_insert_entity",
  "public.log_sensitive_update",
  "public.ops_triage_alerts",
  "public.ops_triage_alerts_ack",
  "public.ops_triage_alerts_fetch",
  "public.ops_update_judgment",
  "public.ops_update_plaintiff_status",
  "public.ops_update_task",
  "public.outreach_log_call",
  "public.outreach_update_status",
  "public.pgmq_delete",
  "public.pgmq_get_queue_metrics",
  "public.pgmq_metrics",
  "public.pgrst_reload",
  "public.portfolio_judgments_paginated",
  "public.request_case_copilot",
  "public.score_case_collectability",
  "public.set_case_enrichment",
  "public.set_case_scores",
  "public.set_enforcement_stage",
  "public.set_judgment_priority",
  "public.set_plaintiff_status",
  "public.spawn_enforcement_flow",
  "public.store_intake_validation",
  "public.submit_intake_review",
  "public.submit_website_lead",
  "public.trg_core_judgments_enqueue_enrich",
  "public.trg_log_judgment_status_change",
  "public.update_enforcement_action_status",
  "public.update_judgment_status",
  "public.update_plaintiff_status",
  "public.upsert_debtor_intelligence",
  "public.upsert_enrichment_bundle",
  "public.upsert_plaintiff_task",
] as const

// biome-ignore format: generated
// prettier-ignore
/** An id of `ALLOWED_SEC_DEFINERS`. */
export type AllowedSecDefiner = (typeof ALLOWED_SEC_DEFINERS)[number]

// biome-ignore format: generated
// prettier-ignore
/** Whether a string is an id of `ALLOWED_SEC_DEFINERS`. Constant time. */
export const isAllowedSecDefiner: (id: string) => id is AllowedSecDefiner = (
  (ids: ReadonlySet<string>) => (id: string): id is AllowedSecDefiner => ids.has(id)
)(new Set<string>(ALLOWED_SEC_DEFINERS))

// A call for each record, since the compiler gives up on a literal of thousands.
// biome-ignore format: generated
// prettier-ignore
function allowedSecDefiner(record: SecurityException): readonly [AllowedSecDefiner, SecurityException] {
  return [record.id as AllowedSecDefiner, record]
}

// biome-ignore format: generated
// prettier-ignore
/** The full record of every id of `ALLOWED_SEC_DEFINERS`. */
export const SEC_DEFINER_EXCEPTIONS: ReadonlyMap<AllowedSecDefiner, SecurityException> = new Map<AllowedSecDefiner, SecurityException>([
  allowedSecDefiner({"id": "enforcement.record_outcome", "kind": "security-definer", "schema": "enforcement", "name": "record_outcome", "signature": null, "why": "Records enforcement strategy outcomes. Needs to write across multiple tables atomically.", "risks": "Input validated, typed parameters.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-12"}, "grant": null, "section": ["ENFORCEMENT Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "intake.create_foil_dataset", "kind": "security-definer", "schema": "intake", "name": "create_foil_dataset", "signature": null, "why": "Creates FOIL dataset record.", "risks": "UUID dataset ID, validated schema.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-09"}, "grant": null, "section": ["INTAKE Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "intake.finalize_foil_dataset", "kind": "security-definer", "schema": "intake", "name": "finalize_foil_dataset", "signature": null, "why": "Marks FOIL dataset as complete.", "risks": "Dataset ownership verified.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-09"}, "grant": null, "section": ["INTAKE Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "intake.process_raw_row", "kind": "security-definer", "schema": "intake", "name": "process_raw_row", "signature": null, "why": "Processes raw row into canonical form.", "risks": "Validation pipeline.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-09"}, "grant": null, "section": ["INTAKE Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "intake.quarantine_foil_row", "kind": "security-definer", "schema": "intake", "name": "quarantine_foil_row", "signature": null, "why": "Moves bad row to quarantine.", "risks": "Row ID validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-09"}, "grant": null, "section": ["INTAKE Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "intake.store_foil_raw_row", "kind": "security-definer", "schema": "intake", "name": "store_foil_raw_row", "signature": null, "why": "Stores single raw FOIL row.", "risks": "Schema validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-09"}, "grant": null, "section": ["INTAKE Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "intake.store_foil_raw_rows_bulk", "kind": "security-definer", "schema": "intake", "name": "store_foil_raw_rows_bulk", "signature": null, "why": "Bulk stores raw FOIL rows.", "risks": "Batch validation, transaction.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-09"}, "grant": null, "section": ["INTAKE Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "intake.update_foil_dataset_mapping", "kind": "security-definer", "schema": "intake", "name": "update_foil_dataset_mapping", "signature": null, "why": "Updates column mapping.", "risks": "Dataset ownership verified.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-09"}, "grant": null, "section": ["INTAKE Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "intake.update_foil_dataset_status", "kind": "security-definer", "schema": "intake", "name": "update_foil_dataset_status", "signature": null, "why": "Updates dataset status.", "risks": "Status enum validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-09"}, "grant": null, "section": ["INTAKE Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "intake.update_foil_raw_row_status", "kind": "security-definer", "schema": "intake", "name": "update_foil_raw_row_status", "signature": null, "why": "Updates row processing status.", "risks": "Row ID validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-09"}, "grant": null, "section": ["INTAKE Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.check_batch_integrity", "kind": "security-definer", "schema": "ops", "name": "check_batch_integrity", "signature": null, "why": "Validates batch data integrity.", "risks": "Read-only checks.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.claim_pending_job", "kind": "security-definer", "schema": "ops", "name": "claim_pending_job", "signature": null, "why": "Atomically claims jobs for workers. Must update job status regardless of caller's role.", "risks": "Parameter validation, no dynamic SQL, idempotent.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.complete_job", "kind": "security-definer", "schema": "ops", "name": "complete_job", "signature": null, "why": "Marks job as completed. Must update regardless of caller.", "risks": "Job ownership verified.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.create_ingest_batch", "kind": "security-definer", "schema": "ops", "name": "create_ingest_batch", "signature": null, "why": "Creates batch record for ingestion.", "risks": "Batch ID is UUID, no collision.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.create_intake_batch", "kind": "security-definer", "schema": "ops", "name": "create_intake_batch", "signature": null, "why": "Alternative batch creation.", "risks": "Same as create_ingest_batch.", "sameAs": "ops.create_ingest_batch", "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.enqueue_job", "kind": "security-definer", "schema": "ops", "name": "enqueue_job", "signature": null, "why": "Alternative job insertion API.", "risks": "Same as queue_job.", "sameAs": "ops.queue_job", "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.fail_job", "kind": "security-definer", "schema": "ops", "name": "fail_job", "signature": null, "why": "Marks job as failed. Moves to DLQ if max attempts.", "risks": "Job ownership verified.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.finalize_ingest_batch", "kind": "security-definer", "schema": "ops", "name": "finalize_ingest_batch", "signature": null, "why": "Marks batch as complete with stats.", "risks": "Batch ownership verified.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.finalize_intake_batch", "kind": "security-definer", "schema": "ops", "name": "finalize_intake_batch", "signature": null, "why": "Alternative batch finalization.", "risks": "Same as finalize_ingest_batch.", "sameAs": "ops.finalize_ingest_batch", "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.get_queue_health_summary", "kind": "security-definer", "schema": "ops", "name": "get_queue_health_summary", "signature": null, "why": "Returns queue metrics. Read-only aggregation.", "risks": "No mutation, read-only.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.log_action", "kind": "security-definer", "schema": "ops", "name": "log_action", "signature": null, "why": "Writes audit log entry. Must work regardless of caller's permissions.", "risks": "Immutable append-only table.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.log_audit", "kind": "security-definer", "schema": "ops", "name": "log_audit", "signature": null, "why": "Alternative audit API.", "risks": "Same as log_action.", "sameAs": "ops.log_action", "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.log_intake_event", "kind": "security-definer", "schema": "ops", "name": "log_intake_event", "signature": null, "why": "Logs intake pipeline events.", "risks": "Append-only, no deletions.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.queue_job", "kind": "security-definer", "schema": "ops", "name": "queue_job", "signature": null, "why": "Inserts jobs into queue. Must work from any authenticated context.", "risks": "Parameter validation, schema-bound.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.queue_job_idempotent", "kind": "security-definer", "schema": "ops", "name": "queue_job_idempotent", "signature": null, "why": "Idempotent job insertion. Prevents duplicate jobs.", "risks": "Idempotency key prevents abuse.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.reap_stuck_jobs", "kind": "security-definer", "schema": "ops", "name": "reap_stuck_jobs", "signature": null, "why": "Recovers jobs stuck in processing. Runs on schedule.", "risks": "Only callable by service_role or scheduler.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.register_heartbeat", "kind": "security-definer", "schema": "ops", "name": "register_heartbeat", "signature": null, "why": "Records worker heartbeat. Must write to heartbeat table.", "risks": "Worker ID validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.update_job_status", "kind": "security-definer", "schema": "ops", "name": "update_job_status", "signature": null, "why": "Generic job status update.", "risks": "Status enum validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.upsert_judgment", "kind": "security-definer", "schema": "ops", "name": "upsert_judgment", "signature": null, "why": "Upserts judgment record. Core data mutation.", "risks": "Conflict handling, idempotent.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.upsert_judgment_extended", "kind": "security-definer", "schema": "ops", "name": "upsert_judgment_extended", "signature": null, "why": "Extended judgment upsert with more fields.", "risks": "Same as upsert_judgment.", "sameAs": "ops.upsert_judgment", "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "ops.worker_heartbeat", "kind": "security-definer", "schema": "ops", "name": "worker_heartbeat", "signature": null, "why": "Alternative heartbeat API.", "risks": "Same as register_heartbeat.", "sameAs": "ops.register_heartbeat", "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["OPS Schema Functions"], "extra": {}}),
  allowedSecDefiner({"id": "public.add_enforcement_event", "kind": "security-definer", "schema": "public", "name": "add_enforcement_event", "signature": null, "why": "Adds event to enforcement timeline.", "risks": "Event type enum validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["PUBLIC Schema Functions", "Enforcement Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.add_evidence", "kind": "security-definer", "schema": "public", "name": "add_evidence", "signature": null, "why": "Adds evidence record to case.", "risks": "Case ownership verified.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["PUBLIC Schema Functions", "Enforcement Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.advance_import_run", "kind": "security-definer", "schema": "public", "name": "advance_import_run", "signature": null, "why": "Advances import run state.", "risks": "State machine validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Import Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.approve_daily_budget", "kind": "security-definer", "schema": "public", "name": "approve_daily_budget", "signature": null, "why": "Approves daily spend budget.", "risks": "Approval workflow.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Metrics & Dashboards"], "extra": {}}),
  allowedSecDefiner({"id": "public.block_sensitive_delete", "kind": "security-definer", "schema": "public", "name": "block_sensitive_delete", "signature": null, "why": "Prevents sensitive deletions.", "risks": "Raises exception on violation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["PUBLIC Schema Functions", "Logging Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.broadcast_live_event", "kind": "security-definer", "schema": "public", "name": "broadcast_live_event", "signature": null, "why": "Broadcasts realtime event.", "risks": "Event validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "System Utilities"], "extra": {}}),
  allowedSecDefiner({"id": "public.ceo_12_metrics", "kind": "security-definer", "schema": "public", "name": "ceo_12_metrics", "signature": null, "why": "Returns CEO dashboard metrics.", "risks": "Read-only aggregation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-09"}, "grant": null, "section": ["PUBLIC Schema Functions", "Metrics & Dashboards"], "extra": {}}),
  allowedSecDefiner({"id": "public.ceo_command_center_metrics", "kind": "security-definer", "schema": "public", "name": "ceo_command_center_metrics", "signature": null, "why": "Returns command center data.", "risks": "Read-only aggregation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-09"}, "grant": null, "section": ["PUBLIC Schema Functions", "Metrics & Dashboards"], "extra": {}}),
  allowedSecDefiner({"id": "public.check_import_guardrails", "kind": "security-definer", "schema": "public", "name": "check_import_guardrails", "signature": null, "why": "Validates import against limits.", "risks": "Read-only checks.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Import Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.complete_enrichment", "kind": "security-definer", "schema": "public", "name": "complete_enrichment", "signature": null, "why": "Marks enrichment as complete.", "risks": "Enrichment ownership verified.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["PUBLIC Schema Functions", "Enrichment Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.complete_plaintiff_task", "kind": "security-definer", "schema": "public", "name": "complete_plaintiff_task", "signature": null, "why": "Marks task as complete.", "risks": "Task ownership verified.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Plaintiff Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.compute_litigation_budget", "kind": "security-definer", "schema": "public", "name": "compute_litigation_budget", "signature": null, "why": "Calculates litigation budget.", "risks": "Read-only computation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Metrics & Dashboards"], "extra": {}}),
  allowedSecDefiner({"id": "public.copilot_case_context", "kind": "security-definer", "schema": "public", "name": "copilot_case_context", "signature": null, "why": "Returns case context for AI copilot.", "risks": "Read-only, access check.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-09"}, "grant": null, "section": ["PUBLIC Schema Functions", "Case & Judgment Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.dequeue_job", "kind": "security-definer", "schema": "public", "name": "dequeue_job", "signature": null, "why": "Dequeues job for processing.", "risks": "Job type validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["PUBLIC Schema Functions", "System Utilities"], "extra": {}}),
  allowedSecDefiner({"id": "public.dragonfly_can_read", "kind": "security-definer", "schema": "public", "name": "dragonfly_can_read", "signature": null, "why": "Checks if current user can read a resource.", "risks": "Read-only role lookup.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["PUBLIC Schema Functions", "Access Control"], "extra": {}}),
  allowedSecDefiner({"id": "public.dragonfly_has_any_role", "kind": "security-definer", "schema": "public", "name": "dragonfly_has_any_role", "signature": null, "why": "Checks if user has any of specified roles.", "risks": "Read-only role lookup.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["PUBLIC Schema Functions", "Access Control"], "extra": {}}),
  allowedSecDefiner({"id": "public.dragonfly_has_role", "kind": "security-definer", "schema": "public", "name": "dragonfly_has_role", "signature": null, "why": "Checks if user has specific role.", "risks": "Read-only role lookup.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["PUBLIC Schema Functions", "Access Control"], "extra": {}}),
  allowedSecDefiner({"id": "public.dragonfly_is_admin", "kind": "security-definer", "schema": "public", "name": "dragonfly_is_admin", "signature": null, "why": "Checks if user is admin.", "risks": "Read-only role lookup.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["PUBLIC Schema Functions", "Access Control"], "extra": {}}),
  allowedSecDefiner({"id": "public.enforcement_activity_metrics", "kind": "security-definer", "schema": "public", "name": "enforcement_activity_metrics", "signature": null, "why": "Returns enforcement metrics.", "risks": "Read-only aggregation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Metrics & Dashboards"], "extra": {}}),
  allowedSecDefiner({"id": "public.enforcement_radar_filtered", "kind": "security-definer", "schema": "public", "name": "enforcement_radar_filtered", "signature": null, "why": "Returns filtered radar data.", "risks": "Read-only, filter validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Metrics & Dashboards"], "extra": {}}),
  allowedSecDefiner({"id": "public.enrichment_log_run", "kind": "security-definer", "schema": "public", "name": "enrichment_log_run", "signature": null, "why": "Logs enrichment run.", "risks": "Append-only audit.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Enrichment Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.enrichment_update_debtor", "kind": "security-definer", "schema": "public", "name": "enrichment_update_debtor", "signature": null, "why": "Updates debtor record.", "risks": "Field validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Enrichment Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.evaluate_enforcement_path", "kind": "security-definer", "schema": "public", "name": "evaluate_enforcement_path", "signature": null, "why": "Calculates optimal enforcement path.", "risks": "Read-only computation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Enforcement Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.fetch_new_candidates", "kind": "security-definer", "schema": "public", "name": "fetch_new_candidates", "signature": null, "why": "Fetches unprocessed candidates.", "risks": "Pagination limits enforced.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Import Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.generate_enforcement_tasks", "kind": "security-definer", "schema": "public", "name": "generate_enforcement_tasks", "signature": null, "why": "Creates tasks for enforcement workflow.", "risks": "Workflow ID validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Enforcement Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.get_access_logs", "kind": "security-definer", "schema": "public", "name": "get_access_logs", "signature": null, "why": "Returns access logs.", "risks": "Read-only, pagination.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["PUBLIC Schema Functions", "Logging Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.get_enforcement_timeline", "kind": "security-definer", "schema": "public", "name": "get_enforcement_timeline", "signature": null, "why": "Returns enforcement history.", "risks": "Read-only, case access check.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["PUBLIC Schema Functions", "Enforcement Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.get_intake_stats", "kind": "security-definer", "schema": "public", "name": "get_intake_stats", "signature": null, "why": "Returns intake statistics.", "risks": "Read-only aggregation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Import Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.get_litigation_budget", "kind": "security-definer", "schema": "public", "name": "get_litigation_budget", "signature": null, "why": "Returns current budget.", "risks": "Read-only.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Metrics & Dashboards"], "extra": {}}),
  allowedSecDefiner({"id": "public.handle_new_user", "kind": "security-definer", "schema": "public", "name": "handle_new_user", "signature": null, "why": "Triggered on new user signup. Sets up defaults.", "risks": "Trigger-only, validated.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["PUBLIC Schema Functions", "Access Control"], "extra": {}}),
  allowedSecDefiner({"id": "public.insert_case", "kind": "security-definer", "schema": "public", "name": "insert_case", "signature": null, "why": "Inserts new case record.", "risks": "Duplicate detection.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["PUBLIC Schema Functions", "Case & Judgment Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.insert_case_with_entities", "kind": "security-definer", "schema": "public", "name": "insert_case_with_entities", "signature": null, "why": "Inserts case with related entities.", "risks": "Transaction, rollback on error.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["PUBLIC Schema Functions", "Case & Judgment Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.insert_entity", "kind": "security-definer", "schema": "public", "name": "insert_entity", "signature": null, "why": "Inserts entity (person/company).", "risks": "Deduplication logic.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["PUBLIC Schema Functions", "Case & Judgment Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.insert_or_get_case", "kind": "security-definer", "schema": "public", "name": "insert_or_get_case", "signature": null, "why": "Idempotent case insertion.", "risks": "Conflict handling.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["PUBLIC Schema Functions", "Case & Judgment Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.insert_or_get_case_with_entities", "kind": "security-definer", "schema": "public", "name": "insert_or_get_case_with_entities", "signature": null, "why": "Idempotent case+entities.", "risks": "Transaction, idempotent.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["PUBLIC Schema Functions", "Case & Judgment Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.insert_or_get_entity", "kind": "security-definer", "schema": "public", "name": "insert_or_get_entity", "signature": null, "why": "Idempotent entity insertion.", "risks": "Deduplication logic.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["PUBLIC Schema Functions", "Case & Judgment Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.intake_radar_metrics", "kind": "security-definer", "schema": "public", "name": "intake_radar_metrics", "signature": null, "why": "Returns intake radar data.", "risks": "Read-only aggregation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Metrics & Dashboards"], "extra": {}}),
  allowedSecDefiner({"id": "public.intake_radar_metrics_v2", "kind": "security-definer", "schema": "public", "name": "intake_radar_metrics_v2", "signature": null, "why": "Returns intake radar v2.", "risks": "Read-only aggregation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-09"}, "grant": null, "section": ["PUBLIC Schema Functions", "Metrics & Dashboards"], "extra": {}}),
  allowedSecDefiner({"id": "public.log_access", "kind": "security-definer", "schema": "public", "name": "log_access", "signature": null, "why": "Logs access event.", "risks": "Append-only audit.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["PUBLIC Schema Functions", "Logging Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.log_call_outcome", "kind": "security-definer", "schema": "public", "name": "log_call_outcome", "signature": null, "why": "Logs call attempt result.", "risks": "Append-only audit.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Plaintiff Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.log_enforcement_action", "kind": "security-definer", "schema": "public", "name": "log_enforcement_action", "signature": null, "why": "Logs enforcement action taken.", "risks": "Append-only audit.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["PUBLIC Schema Functions", "Enforcement Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.log_enforcement_event", "kind": "security-definer", "schema": "public", "name": "log_enforcement_event", "signature": null, "why": "Alternative event logging.", "risks": "Same as log_enforcement_action.", "sameAs": "public.log_enforcement_action", "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Enforcement Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.log_event", "kind": "security-definer", "schema": "public", "name": "log_event", "signature": null, "why": "Generic event logging.", "risks": "Append-only audit.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["PUBLIC Schema Functions", "Logging Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.log_export", "kind": "security-definer", "schema": "public", "name": "log_export", "signature": null, "why": "Logs data export.", "risks": "Append-only audit.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["PUBLIC Schema Functions", "Logging Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.log_external_data_call", "kind": "security-definer", "schema": "public", "name": "log_external_data_call", "signature": null, "why": "Logs external API call.", "risks": "Append-only audit.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Logging Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.log_insert_case", "kind": "security-definer", "schema": "public", "name": "log_insert_case", "signature": null, "why": "Logs case insertion.", "risks": "Append-only audit.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["PUBLIC Schema Functions", "Logging Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.log_insert_entity", "kind": "security-definer", "schema": "public", "name": "log_insert_entity", "signature": null, "why": "Logs entity insertion.", "risks": "Append-only audit.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["PUBLIC Schema Functions", "Logging Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.log_sensitive_update", "kind": "security-definer", "schema": "public", "name": "log_sensitive_update", "signature": null, "why": "Logs sensitive field update.", "risks": "Append-only audit.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["PUBLIC Schema Functions", "Logging Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.ops_triage_alerts", "kind": "security-definer", "schema": "public", "name": "ops_triage_alerts", "signature": null, "why": "Returns ops triage alerts.", "risks": "Read-only.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "System Utilities"], "extra": {}}),
  allowedSecDefiner({"id": "public.ops_triage_alerts_ack", "kind": "security-definer", "schema": "public", "name": "ops_triage_alerts_ack", "signature": null, "why": "Acknowledges triage alert.", "risks": "Alert ownership verified.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "System Utilities"], "extra": {}}),
  allowedSecDefiner({"id": "public.ops_triage_alerts_fetch", "kind": "security-definer", "schema": "public", "name": "ops_triage_alerts_fetch", "signature": null, "why": "Fetches new triage alerts.", "risks": "Pagination limits.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "System Utilities"], "extra": {}}),
  allowedSecDefiner({"id": "public.ops_update_judgment", "kind": "security-definer", "schema": "public", "name": "ops_update_judgment", "signature": null, "why": "Ops dashboard judgment update.", "risks": "Field validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Case & Judgment Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.ops_update_plaintiff_status", "kind": "security-definer", "schema": "public", "name": "ops_update_plaintiff_status", "signature": null, "why": "Ops dashboard status update.", "risks": "Same as set_plaintiff_status.", "sameAs": "public.set_plaintiff_status", "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Plaintiff Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.ops_update_task", "kind": "security-definer", "schema": "public", "name": "ops_update_task", "signature": null, "why": "Ops dashboard task update.", "risks": "Task validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Plaintiff Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.outreach_log_call", "kind": "security-definer", "schema": "public", "name": "outreach_log_call", "signature": null, "why": "Alternative call logging.", "risks": "Same as log_call_outcome.", "sameAs": "public.log_call_outcome", "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Plaintiff Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.outreach_update_status", "kind": "security-definer", "schema": "public", "name": "outreach_update_status", "signature": null, "why": "Updates outreach status.", "risks": "Status enum validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Plaintiff Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.pgmq_delete", "kind": "security-definer", "schema": "public", "name": "pgmq_delete", "signature": null, "why": "Deletes PGMQ message.", "risks": "Message ID validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "System Utilities"], "extra": {}}),
  allowedSecDefiner({"id": "public.pgmq_get_queue_metrics", "kind": "security-definer", "schema": "public", "name": "pgmq_get_queue_metrics", "signature": null, "why": "Returns PGMQ metrics.", "risks": "Read-only.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "System Utilities"], "extra": {}}),
  allowedSecDefiner({"id": "public.pgmq_metrics", "kind": "security-definer", "schema": "public", "name": "pgmq_metrics", "signature": null, "why": "Alternative PGMQ metrics.", "risks": "Read-only.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "System Utilities"], "extra": {}}),
  allowedSecDefiner({"id": "public.pgrst_reload", "kind": "security-definer", "schema": "public", "name": "pgrst_reload", "signature": null, "why": "Reloads PostgREST schema cache.", "risks": "Service-role only.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["PUBLIC Schema Functions", "System Utilities"], "extra": {}}),
  allowedSecDefiner({"id": "public.portfolio_judgments_paginated", "kind": "security-definer", "schema": "public", "name": "portfolio_judgments_paginated", "signature": null, "why": "Returns paginated judgment list.", "risks": "Pagination limits enforced.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Case & Judgment Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.request_case_copilot", "kind": "security-definer", "schema": "public", "name": "request_case_copilot", "signature": null, "why": "Queues copilot request.", "risks": "Rate limiting.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-09"}, "grant": null, "section": ["PUBLIC Schema Functions", "Case & Judgment Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.score_case_collectability", "kind": "security-definer", "schema": "public", "name": "score_case_collectability", "signature": null, "why": "Calculates collectability score.", "risks": "Read-only computation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Case & Judgment Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.set_case_enrichment", "kind": "security-definer", "schema": "public", "name": "set_case_enrichment", "signature": null, "why": "Sets case enrichment data.", "risks": "Field validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["PUBLIC Schema Functions", "Enrichment Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.set_case_scores", "kind": "security-definer", "schema": "public", "name": "set_case_scores", "signature": null, "why": "Updates case scoring fields.", "risks": "Score range validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Case & Judgment Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.set_enforcement_stage", "kind": "security-definer", "schema": "public", "name": "set_enforcement_stage", "signature": null, "why": "Updates enforcement stage.", "risks": "Stage enum validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["PUBLIC Schema Functions", "Enforcement Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.set_judgment_priority", "kind": "security-definer", "schema": "public", "name": "set_judgment_priority", "signature": null, "why": "Sets judgment priority score.", "risks": "Score range validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["PUBLIC Schema Functions", "Case & Judgment Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.set_plaintiff_status", "kind": "security-definer", "schema": "public", "name": "set_plaintiff_status", "signature": null, "why": "Updates plaintiff status.", "risks": "Status enum validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Plaintiff Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.spawn_enforcement_flow", "kind": "security-definer", "schema": "public", "name": "spawn_enforcement_flow", "signature": null, "why": "Initiates enforcement workflow.", "risks": "Workflow validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Enforcement Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.store_intake_validation", "kind": "security-definer", "schema": "public", "name": "store_intake_validation", "signature": null, "why": "Stores validation results.", "risks": "Append-only.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Import Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.submit_intake_review", "kind": "security-definer", "schema": "public", "name": "submit_intake_review", "signature": null, "why": "Submits intake for review.", "risks": "State machine validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Import Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.submit_website_lead", "kind": "security-definer", "schema": "public", "name": "submit_website_lead", "signature": null, "why": "Submits lead from website.", "risks": "Rate limiting, validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-09"}, "grant": null, "section": ["PUBLIC Schema Functions", "System Utilities"], "extra": {}}),
  allowedSecDefiner({"id": "public.trg_core_judgments_enqueue_enrich", "kind": "security-definer", "schema": "public", "name": "trg_core_judgments_enqueue_enrich", "signature": null, "why": "Trigger: enqueues enrichment.", "risks": "Trigger-only context.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["PUBLIC Schema Functions", "System Utilities"], "extra": {}}),
  allowedSecDefiner({"id": "public.trg_log_judgment_status_change", "kind": "security-definer", "schema": "public", "name": "trg_log_judgment_status_change", "signature": null, "why": "Trigger: logs status change.", "risks": "Trigger-only context.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-03"}, "grant": null, "section": ["PUBLIC Schema Functions", "System Utilities"], "extra": {}}),
  allowedSecDefiner({"id": "public.update_enforcement_action_status", "kind": "security-definer", "schema": "public", "name": "update_enforcement_action_status", "signature": null, "why": "Updates action status.", "risks": "Action ownership verified.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Enforcement Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.update_judgment_status", "kind": "security-definer", "schema": "public", "name": "update_judgment_status", "signature": null, "why": "Updates judgment status.", "risks": "Status enum validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-01"}, "grant": null, "section": ["PUBLIC Schema Functions", "Case & Judgment Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.update_plaintiff_status", "kind": "security-definer", "schema": "public", "name": "update_plaintiff_status", "signature": null, "why": "Alternative status update.", "risks": "Same as set_plaintiff_status.", "sameAs": "public.set_plaintiff_status", "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Plaintiff Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.upsert_debtor_intelligence", "kind": "security-definer", "schema": "public", "name": "upsert_debtor_intelligence", "signature": null, "why": "Upserts debtor intel record.", "risks": "Idempotent, validated.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Enrichment Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.upsert_enrichment_bundle", "kind": "security-definer", "schema": "public", "name": "upsert_enrichment_bundle", "signature": null, "why": "Upserts enrichment bundle.", "risks": "Idempotent, validated.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Enrichment Operations"], "extra": {}}),
  allowedSecDefiner({"id": "public.upsert_plaintiff_task", "kind": "security-definer", "schema": "public", "name": "upsert_plaintiff_task", "signature": null, "why": "Creates/updates plaintiff task.", "risks": "Task validation.", "sameAs": null, "approval": {"by": "Core Team", "date": "2025-06"}, "grant": null, "section": ["PUBLIC Schema Functions", "Plaintiff Operations"], "extra": {}}),
])
