# Generated from docs/SECURITY_EXCEPTIONS.md by `secdef generate`. Do not edit.
# fmt: off
# ruff: noqa
# flake8: noqa
# isort: skip_file

"Documented security exceptions: the rows of docs/SECURITY_EXCEPTIONS.md."

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Optional


@dataclass(frozen=True)
class Approval:
    """Who approved an exception, and when."""

    by: str
    #: YYYY-MM or YYYY-MM-DD.
    date: str


@dataclass(frozen=True)
class Grant:
    """Which privileges one role, or PUBLIC, may hold."""

    privileges: tuple[str, ...]
    grantee: str


@dataclass(frozen=True)
class SecurityException:
    """One documented exception: one row of the registry."""

    #: schema.name, or schema.name(type, type) where the row states a signature.
    id: str
    #: security-definer, definer-view, no-rls or grant.
    kind: str
    schema: str
    name: str
    #: Input types as PostgreSQL prints them; None where the row states no signature.
    signature: Optional[tuple[str, ...]]
    why: str
    risks: str
    #: The id of the entry whose risks this one shares.
    same_as: Optional[str]
    approval: Approval
    grant: Optional[Grant]
    #: Headings above the row, outermost first.
    section: tuple[str, ...]
    #: Further columns by heading.
    extra: Mapping[str, str] = field(hash=False)


#: Every routine that may run as SECURITY DEFINER, by id.
ALLOWED_SEC_DEFINERS: Final[frozenset[str]] = frozenset({
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
})

#: The full record of every id of ALLOWED_SEC_DEFINERS.
SEC_DEFINER_EXCEPTIONS: Final[Mapping[str, SecurityException]] = MappingProxyType({
    "enforcement.record_outcome": SecurityException(id="enforcement.record_outcome", kind="security-definer", schema="enforcement", name="record_outcome", signature=None, why="Records enforcement strategy outcomes. Needs to write across multiple tables atomically.", risks="Input validated, typed parameters.", same_as=None, approval=Approval("Core Team", "2025-12"), grant=None, section=("ENFORCEMENT Schema Functions",), extra=MappingProxyType({})),
    "intake.create_foil_dataset": SecurityException(id="intake.create_foil_dataset", kind="security-definer", schema="intake", name="create_foil_dataset", signature=None, why="Creates FOIL dataset record.", risks="UUID dataset ID, validated schema.", same_as=None, approval=Approval("Core Team", "2025-09"), grant=None, section=("INTAKE Schema Functions",), extra=MappingProxyType({})),
    "intake.finalize_foil_dataset": SecurityException(id="intake.finalize_foil_dataset", kind="security-definer", schema="intake", name="finalize_foil_dataset", signature=None, why="Marks FOIL dataset as complete.", risks="Dataset ownership verified.", same_as=None, approval=Approval("Core Team", "2025-09"), grant=None, section=("INTAKE Schema Functions",), extra=MappingProxyType({})),
    "intake.process_raw_row": SecurityException(id="intake.process_raw_row", kind="security-definer", schema="intake", name="process_raw_row", signature=None, why="Processes raw row into canonical form.", risks="Validation pipeline.", same_as=None, approval=Approval("Core Team", "2025-09"), grant=None, section=("INTAKE Schema Functions",), extra=MappingProxyType({})),
    "intake.quarantine_foil_row": SecurityException(id="intake.quarantine_foil_row", kind="security-definer", schema="intake", name="quarantine_foil_row", signature=None, why="Moves bad row to quarantine.", risks="Row ID validation.", same_as=None, approval=Approval("Core Team", "2025-09"), grant=None, section=("INTAKE Schema Functions",), extra=MappingProxyType({})),
    "intake.store_foil_raw_row": SecurityException(id="intake.store_foil_raw_row", kind="security-definer", schema="intake", name="store_foil_raw_row", signature=None, why="Stores single raw FOIL row.", risks="Schema validation.", same_as=None, approval=Approval("Core Team", "2025-09"), grant=None, section=("INTAKE Schema Functions",), extra=MappingProxyType({})),
    "intake.store_foil_raw_rows_bulk": SecurityException(id="intake.store_foil_raw_rows_bulk", kind="security-definer", schema="intake", name="store_foil_raw_rows_bulk", signature=None, why="Bulk stores raw FOIL rows.", risks="Batch validation, transaction.", same_as=None, approval=Approval("Core Team", "2025-09"), grant=None, section=("INTAKE Schema Functions",), extra=MappingProxyType({})),
    "intake.update_foil_dataset_mapping": SecurityException(id="intake.update_foil_dataset_mapping", kind="security-definer", schema="intake", name="update_foil_dataset_mapping", signature=None, why="Updates column mapping.", risks="Dataset ownership verified.", same_as=None, approval=Approval("Core Team", "2025-09"), grant=None, section=("INTAKE Schema Functions",), extra=MappingProxyType({})),
    "intake.update_foil_dataset_status": SecurityException(id="intake.update_foil_dataset_status", kind="security-definer", schema="intake", name="update_foil_dataset_status", signature=None, why="Updates dataset status.", risks="Status enum validation.", same_as=None, approval=Approval("Core Team", "2025-09"), grant=None, section=("INTAKE Schema Functions",), extra=MappingProxyType({})),
    "intake.update_foil_raw_row_status": SecurityException(id="intake.update_foil_raw_row_status", kind="security-definer", schema="intake", name="update_foil_raw_row_status", signature=None, why="Updates row processing status.", risks="Row ID validation.", same_as=None, approval=Approval("Core Team", "2025-09"), grant=None, section=("INTAKE Schema Functions",), extra=MappingProxyType({})),
    "ops.check_batch_integrity": SecurityException(id="ops.check_batch_integrity", kind="security-definer", schema="ops", name="check_batch_integrity", signature=None, why="Validates batch data integrity.", risks="Read-only checks.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "ops.claim_pending_job": SecurityException(id="ops.claim_pending_job", kind="security-definer", schema="ops", name="claim_pending_job", signature=None, why="Atomically claims jobs for workers. Must update job status regardless of caller's role.", risks="Parameter validation, no dynamic SQL, idempotent.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "ops.complete_job": SecurityException(id="ops.complete_job", kind="security-definer", schema="ops", name="complete_job", signature=None, why="Marks job as completed. Must update regardless of caller.", risks="Job ownership verified.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "ops.create_ingest_batch": SecurityException(id="ops.create_ingest_batch", kind="security-definer", schema="ops", name="create_ingest_batch", signature=None, why="Creates batch record for ingestion.", risks="Batch ID is UUID, no collision.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "ops.create_intake_batch": SecurityException(id="ops.create_intake_batch", kind="security-definer", schema="ops", name="create_intake_batch", signature=None, why="Alternative batch creation.", risks="Same as create_ingest_batch.", same_as="ops.create_ingest_batch", approval=Approval("Core Team", "2025-06"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "ops.enqueue_job": SecurityException(id="ops.enqueue_job", kind="security-definer", schema="ops", name="enqueue_job", signature=None, why="Alternative job insertion API.", risks="Same as queue_job.", same_as="ops.queue_job", approval=Approval("Core Team", "2025-03"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "ops.fail_job": SecurityException(id="ops.fail_job", kind="security-definer", schema="ops", name="fail_job", signature=None, why="Marks job as failed. Moves to DLQ if max attempts.", risks="Job ownership verified.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "ops.finalize_ingest_batch": SecurityException(id="ops.finalize_ingest_batch", kind="security-definer", schema="ops", name="finalize_ingest_batch", signature=None, why="Marks batch as complete with stats.", risks="Batch ownership verified.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "ops.finalize_intake_batch": SecurityException(id="ops.finalize_intake_batch", kind="security-definer", schema="ops", name="finalize_intake_batch", signature=None, why="Alternative batch finalization.", risks="Same as finalize_ingest_batch.", same_as="ops.finalize_ingest_batch", approval=Approval("Core Team", "2025-06"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "ops.get_queue_health_summary": SecurityException(id="ops.get_queue_health_summary", kind="security-definer", schema="ops", name="get_queue_health_summary", signature=None, why="Returns queue metrics. Read-only aggregation.", risks="No mutation, read-only.", same_as=None, approval=Approval("Core Team", "2025-03"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "ops.log_action": SecurityException(id="ops.log_action", kind="security-definer", schema="ops", name="log_action", signature=None, why="Writes audit log entry. Must work regardless of caller's permissions.", risks="Immutable append-only table.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "ops.log_audit": SecurityException(id="ops.log_audit", kind="security-definer", schema="ops", name="log_audit", signature=None, why="Alternative audit API.", risks="Same as log_action.", same_as="ops.log_action", approval=Approval("Core Team", "2025-03"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "ops.log_intake_event": SecurityException(id="ops.log_intake_event", kind="security-definer", schema="ops", name="log_intake_event", signature=None, why="Logs intake pipeline events.", risks="Append-only, no deletions.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "ops.queue_job": SecurityException(id="ops.queue_job", kind="security-definer", schema="ops", name="queue_job", signature=None, why="Inserts jobs into queue. Must work from any authenticated context.", risks="Parameter validation, schema-bound.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "ops.queue_job_idempotent": SecurityException(id="ops.queue_job_idempotent", kind="security-definer", schema="ops", name="queue_job_idempotent", signature=None, why="Idempotent job insertion. Prevents duplicate jobs.", risks="Idempotency key prevents abuse.", same_as=None, approval=Approval("Core Team", "2025-03"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "ops.reap_stuck_jobs": SecurityException(id="ops.reap_stuck_jobs", kind="security-definer", schema="ops", name="reap_stuck_jobs", signature=None, why="Recovers jobs stuck in processing. Runs on schedule.", risks="Only callable by service_role or scheduler.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "ops.register_heartbeat": SecurityException(id="ops.register_heartbeat", kind="security-definer", schema="ops", name="register_heartbeat", signature=None, why="Records worker heartbeat. Must write to heartbeat table.", risks="Worker ID validation.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "ops.update_job_status": SecurityException(id="ops.update_job_status", kind="security-definer", schema="ops", name="update_job_status", signature=None, why="Generic job status update.", risks="Status enum validation.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "ops.upsert_judgment": SecurityException(id="ops.upsert_judgment", kind="security-definer", schema="ops", name="upsert_judgment", signature=None, why="Upserts judgment record. Core data mutation.", risks="Conflict handling, idempotent.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "ops.upsert_judgment_extended": SecurityException(id="ops.upsert_judgment_extended", kind="security-definer", schema="ops", name="upsert_judgment_extended", signature=None, why="Extended judgment upsert with more fields.", risks="Same as upsert_judgment.", same_as="ops.upsert_judgment", approval=Approval("Core Team", "2025-03"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "ops.worker_heartbeat": SecurityException(id="ops.worker_heartbeat", kind="security-definer", schema="ops", name="worker_heartbeat", signature=None, why="Alternative heartbeat API.", risks="Same as register_heartbeat.", same_as="ops.register_heartbeat", approval=Approval("Core Team", "2025-03"), grant=None, section=("OPS Schema Functions",), extra=MappingProxyType({})),
    "public.add_enforcement_event": SecurityException(id="public.add_enforcement_event", kind="security-definer", schema="public", name="add_enforcement_event", signature=None, why="Adds event to enforcement timeline.", risks="Event type enum validation.", same_as=None, approval=Approval("Core Team", "2025-03"), grant=None, section=("PUBLIC Schema Functions", "Enforcement Operations"), extra=MappingProxyType({})),
    "public.add_evidence": SecurityException(id="public.add_evidence", kind="security-definer", schema="public", name="add_evidence", signature=None, why="Adds evidence record to case.", risks="Case ownership verified.", same_as=None, approval=Approval("Core Team", "2025-03"), grant=None, section=("PUBLIC Schema Functions", "Enforcement Operations"), extra=MappingProxyType({})),
    "public.advance_import_run": SecurityException(id="public.advance_import_run", kind="security-definer", schema="public", name="advance_import_run", signature=None, why="Advances import run state.", risks="State machine validation.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Import Operations"), extra=MappingProxyType({})),
    "public.approve_daily_budget": SecurityException(id="public.approve_daily_budget", kind="security-definer", schema="public", name="approve_daily_budget", signature=None, why="Approves daily spend budget.", risks="Approval workflow.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Metrics & Dashboards"), extra=MappingProxyType({})),
    "public.block_sensitive_delete": SecurityException(id="public.block_sensitive_delete", kind="security-definer", schema="public", name="block_sensitive_delete", signature=None, why="Prevents sensitive deletions.", risks="Raises exception on violation.", same_as=None, approval=Approval("Core Team", "2025-03"), grant=None, section=("PUBLIC Schema Functions", "Logging Operations"), extra=MappingProxyType({})),
    "public.broadcast_live_event": SecurityException(id="public.broadcast_live_event", kind="security-definer", schema="public", name="broadcast_live_event", signature=None, why="Broadcasts realtime event.", risks="Event validation.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "System Utilities"), extra=MappingProxyType({})),
    "public.ceo_12_metrics": SecurityException(id="public.ceo_12_metrics", kind="security-definer", schema="public", name="ceo_12_metrics", signature=None, why="Returns CEO dashboard metrics.", risks="Read-only aggregation.", same_as=None, approval=Approval("Core Team", "2025-09"), grant=None, section=("PUBLIC Schema Functions", "Metrics & Dashboards"), extra=MappingProxyType({})),
    "public.ceo_command_center_metrics": SecurityException(id="public.ceo_command_center_metrics", kind="security-definer", schema="public", name="ceo_command_center_metrics", signature=None, why="Returns command center data.", risks="Read-only aggregation.", same_as=None, approval=Approval("Core Team", "2025-09"), grant=None, section=("PUBLIC Schema Functions", "Metrics & Dashboards"), extra=MappingProxyType({})),
    "public.check_import_guardrails": SecurityException(id="public.check_import_guardrails", kind="security-definer", schema="public", name="check_import_guardrails", signature=None, why="Validates import against limits.", risks="Read-only checks.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Import Operations"), extra=MappingProxyType({})),
    "public.complete_enrichment": SecurityException(id="public.complete_enrichment", kind="security-definer", schema="public", name="complete_enrichment", signature=None, why="Marks enrichment as complete.", risks="Enrichment ownership verified.", same_as=None, approval=Approval("Core Team", "2025-03"), grant=None, section=("PUBLIC Schema Functions", "Enrichment Operations"), extra=MappingProxyType({})),
    "public.complete_plaintiff_task": SecurityException(id="public.complete_plaintiff_task", kind="security-definer", schema="public", name="complete_plaintiff_task", signature=None, why="Marks task as complete.", risks="Task ownership verified.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Plaintiff Operations"), extra=MappingProxyType({})),
    "public.compute_litigation_budget": SecurityException(id="public.compute_litigation_budget", kind="security-definer", schema="public", name="compute_litigation_budget", signature=None, why="Calculates litigation budget.", risks="Read-only computation.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Metrics & Dashboards"), extra=MappingProxyType({})),
    "public.copilot_case_context": SecurityException(id="public.copilot_case_context", kind="security-definer", schema="public", name="copilot_case_context", signature=None, why="Returns case context for AI copilot.", risks="Read-only, access check.", same_as=None, approval=Approval("Core Team", "2025-09"), grant=None, section=("PUBLIC Schema Functions", "Case & Judgment Operations"), extra=MappingProxyType({})),
    "public.dequeue_job": SecurityException(id="public.dequeue_job", kind="security-definer", schema="public", name="dequeue_job", signature=None, why="Dequeues job for processing.", risks="Job type validation.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("PUBLIC Schema Functions", "System Utilities"), extra=MappingProxyType({})),
    "public.dragonfly_can_read": SecurityException(id="public.dragonfly_can_read", kind="security-definer", schema="public", name="dragonfly_can_read", signature=None, why="Checks if current user can read a resource.", risks="Read-only role lookup.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("PUBLIC Schema Functions", "Access Control"), extra=MappingProxyType({})),
    "public.dragonfly_has_any_role": SecurityException(id="public.dragonfly_has_any_role", kind="security-definer", schema="public", name="dragonfly_has_any_role", signature=None, why="Checks if user has any of specified roles.", risks="Read-only role lookup.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("PUBLIC Schema Functions", "Access Control"), extra=MappingProxyType({})),
    "public.dragonfly_has_role": SecurityException(id="public.dragonfly_has_role", kind="security-definer", schema="public", name="dragonfly_has_role", signature=None, why="Checks if user has specific role.", risks="Read-only role lookup.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("PUBLIC Schema Functions", "Access Control"), extra=MappingProxyType({})),
    "public.dragonfly_is_admin": SecurityException(id="public.dragonfly_is_admin", kind="security-definer", schema="public", name="dragonfly_is_admin", signature=None, why="Checks if user is admin.", risks="Read-only role lookup.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("PUBLIC Schema Functions", "Access Control"), extra=MappingProxyType({})),
    "public.enforcement_activity_metrics": SecurityException(id="public.enforcement_activity_metrics", kind="security-definer", schema="public", name="enforcement_activity_metrics", signature=None, why="Returns enforcement metrics.", risks="Read-only aggregation.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Metrics & Dashboards"), extra=MappingProxyType({})),
    "public.enforcement_radar_filtered": SecurityException(id="public.enforcement_radar_filtered", kind="security-definer", schema="public", name="enforcement_radar_filtered", signature=None, why="Returns filtered radar data.", risks="Read-only, filter validation.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Metrics & Dashboards"), extra=MappingProxyType({})),
    "public.enrichment_log_run": SecurityException(id="public.enrichment_log_run", kind="security-definer", schema="public", name="enrichment_log_run", signature=None, why="Logs enrichment run.", risks="Append-only audit.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Enrichment Operations"), extra=MappingProxyType({})),
    "public.enrichment_update_debtor": SecurityException(id="public.enrichment_update_debtor", kind="security-definer", schema="public", name="enrichment_update_debtor", signature=None, why="Updates debtor record.", risks="Field validation.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Enrichment Operations"), extra=MappingProxyType({})),
    "public.evaluate_enforcement_path": SecurityException(id="public.evaluate_enforcement_path", kind="security-definer", schema="public", name="evaluate_enforcement_path", signature=None, why="Calculates optimal enforcement path.", risks="Read-only computation.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Enforcement Operations"), extra=MappingProxyType({})),
    "public.fetch_new_candidates": SecurityException(id="public.fetch_new_candidates", kind="security-definer", schema="public", name="fetch_new_candidates", signature=None, why="Fetches unprocessed candidates.", risks="Pagination limits enforced.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Import Operations"), extra=MappingProxyType({})),
    "public.generate_enforcement_tasks": SecurityException(id="public.generate_enforcement_tasks", kind="security-definer", schema="public", name="generate_enforcement_tasks", signature=None, why="Creates tasks for enforcement workflow.", risks="Workflow ID validation.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Enforcement Operations"), extra=MappingProxyType({})),
    "public.get_access_logs": SecurityException(id="public.get_access_logs", kind="security-definer", schema="public", name="get_access_logs", signature=None, why="Returns access logs.", risks="Read-only, pagination.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("PUBLIC Schema Functions", "Logging Operations"), extra=MappingProxyType({})),
    "public.get_enforcement_timeline": SecurityException(id="public.get_enforcement_timeline", kind="security-definer", schema="public", name="get_enforcement_timeline", signature=None, why="Returns enforcement history.", risks="Read-only, case access check.", same_as=None, approval=Approval("Core Team", "2025-03"), grant=None, section=("PUBLIC Schema Functions", "Enforcement Operations"), extra=MappingProxyType({})),
    "public.get_intake_stats": SecurityException(id="public.get_intake_stats", kind="security-definer", schema="public", name="get_intake_stats", signature=None, why="Returns intake statistics.", risks="Read-only aggregation.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Import Operations"), extra=MappingProxyType({})),
    "public.get_litigation_budget": SecurityException(id="public.get_litigation_budget", kind="security-definer", schema="public", name="get_litigation_budget", signature=None, why="Returns current budget.", risks="Read-only.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Metrics & Dashboards"), extra=MappingProxyType({})),
    "public.handle_new_user": SecurityException(id="public.handle_new_user", kind="security-definer", schema="public", name="handle_new_user", signature=None, why="Triggered on new user signup. Sets up defaults.", risks="Trigger-only, validated.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("PUBLIC Schema Functions", "Access Control"), extra=MappingProxyType({})),
    "public.insert_case": SecurityException(id="public.insert_case", kind="security-definer", schema="public", name="insert_case", signature=None, why="Inserts new case record.", risks="Duplicate detection.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("PUBLIC Schema Functions", "Case & Judgment Operations"), extra=MappingProxyType({})),
    "public.insert_case_with_entities": SecurityException(id="public.insert_case_with_entities", kind="security-definer", schema="public", name="insert_case_with_entities", signature=None, why="Inserts case with related entities.", risks="Transaction, rollback on error.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("PUBLIC Schema Functions", "Case & Judgment Operations"), extra=MappingProxyType({})),
    "public.insert_entity": SecurityException(id="public.insert_entity", kind="security-definer", schema="public", name="insert_entity", signature=None, why="Inserts entity (person/company).", risks="Deduplication logic.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("PUBLIC Schema Functions", "Case & Judgment Operations"), extra=MappingProxyType({})),
    "public.insert_or_get_case": SecurityException(id="public.insert_or_get_case", kind="security-definer", schema="public", name="insert_or_get_case", signature=None, why="Idempotent case insertion.", risks="Conflict handling.", same_as=None, approval=Approval("Core Team", "2025-03"), grant=None, section=("PUBLIC Schema Functions", "Case & Judgment Operations"), extra=MappingProxyType({})),
    "public.insert_or_get_case_with_entities": SecurityException(id="public.insert_or_get_case_with_entities", kind="security-definer", schema="public", name="insert_or_get_case_with_entities", signature=None, why="Idempotent case+entities.", risks="Transaction, idempotent.", same_as=None, approval=Approval("Core Team", "2025-03"), grant=None, section=("PUBLIC Schema Functions", "Case & Judgment Operations"), extra=MappingProxyType({})),
    "public.insert_or_get_entity": SecurityException(id="public.insert_or_get_entity", kind="security-definer", schema="public", name="insert_or_get_entity", signature=None, why="Idempotent entity insertion.", risks="Deduplication logic.", same_as=None, approval=Approval("Core Team", "2025-03"), grant=None, section=("PUBLIC Schema Functions", "Case & Judgment Operations"), extra=MappingProxyType({})),
    "public.intake_radar_metrics": SecurityException(id="public.intake_radar_metrics", kind="security-definer", schema="public", name="intake_radar_metrics", signature=None, why="Returns intake radar data.", risks="Read-only aggregation.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Metrics & Dashboards"), extra=MappingProxyType({})),
    "public.intake_radar_metrics_v2": SecurityException(id="public.intake_radar_metrics_v2", kind="security-definer", schema="public", name="intake_radar_metrics_v2", signature=None, why="Returns intake radar v2.", risks="Read-only aggregation.", same_as=None, approval=Approval("Core Team", "2025-09"), grant=None, section=("PUBLIC Schema Functions", "Metrics & Dashboards"), extra=MappingProxyType({})),
    "public.log_access": SecurityException(id="public.log_access", kind="security-definer", schema="public", name="log_access", signature=None, why="Logs access event.", risks="Append-only audit.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("PUBLIC Schema Functions", "Logging Operations"), extra=MappingProxyType({})),
    "public.log_call_outcome": SecurityException(id="public.log_call_outcome", kind="security-definer", schema="public", name="log_call_outcome", signature=None, why="Logs call attempt result.", risks="Append-only audit.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Plaintiff Operations"), extra=MappingProxyType({})),
    "public.log_enforcement_action": SecurityException(id="public.log_enforcement_action", kind="security-definer", schema="public", name="log_enforcement_action", signature=None, why="Logs enforcement action taken.", risks="Append-only audit.", same_as=None, approval=Approval("Core Team", "2025-03"), grant=None, section=("PUBLIC Schema Functions", "Enforcement Operations"), extra=MappingProxyType({})),
    "public.log_enforcement_event": SecurityException(id="public.log_enforcement_event", kind="security-definer", schema="public", name="log_enforcement_event", signature=None, why="Alternative event logging.", risks="Same as log_enforcement_action.", same_as="public.log_enforcement_action", approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Enforcement Operations"), extra=MappingProxyType({})),
    "public.log_event": SecurityException(id="public.log_event", kind="security-definer", schema="public", name="log_event", signature=None, why="Generic event logging.", risks="Append-only audit.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("PUBLIC Schema Functions", "Logging Operations"), extra=MappingProxyType({})),
    "public.log_export": SecurityException(id="public.log_export", kind="security-definer", schema="public", name="log_export", signature=None, why="Logs data export.", risks="Append-only audit.", same_as=None, approval=Approval("Core Team", "2025-03"), grant=None, section=("PUBLIC Schema Functions", "Logging Operations"), extra=MappingProxyType({})),
    "public.log_external_data_call": SecurityException(id="public.log_external_data_call", kind="security-definer", schema="public", name="log_external_data_call", signature=None, why="Logs external API call.", risks="Append-only audit.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Logging Operations"), extra=MappingProxyType({})),
    "public.log_insert_case": SecurityException(id="public.log_insert_case", kind="security-definer", schema="public", name="log_insert_case", signature=None, why="Logs case insertion.", risks="Append-only audit.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("PUBLIC Schema Functions", "Logging Operations"), extra=MappingProxyType({})),
    "public.log_insert_entity": SecurityException(id="public.log_insert_entity", kind="security-definer", schema="public", name="log_insert_entity", signature=None, why="Logs entity insertion.", risks="Append-only audit.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("PUBLIC Schema Functions", "Logging Operations"), extra=MappingProxyType({})),
    "public.log_sensitive_update": SecurityException(id="public.log_sensitive_update", kind="security-definer", schema="public", name="log_sensitive_update", signature=None, why="Logs sensitive field update.", risks="Append-only audit.", same_as=None, approval=Approval("Core Team", "2025-03"), grant=None, section=("PUBLIC Schema Functions", "Logging Operations"), extra=MappingProxyType({})),
    "public.ops_triage_alerts": SecurityException(id="public.ops_triage_alerts", kind="security-definer", schema="public", name="ops_triage_alerts", signature=None, why="Returns ops triage alerts.", risks="Read-only.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "System Utilities"), extra=MappingProxyType({})),
    "public.ops_triage_alerts_ack": SecurityException(id="public.ops_triage_alerts_ack", kind="security-definer", schema="public", name="ops_triage_alerts_ack", signature=None, why="Acknowledges triage alert.", risks="Alert ownership verified.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "System Utilities"), extra=MappingProxyType({})),
    "public.ops_triage_alerts_fetch": SecurityException(id="public.ops_triage_alerts_fetch", kind="security-definer", schema="public", name="ops_triage_alerts_fetch", signature=None, why="Fetches new triage alerts.", risks="Pagination limits.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "System Utilities"), extra=MappingProxyType({})),
    "public.ops_update_judgment": SecurityException(id="public.ops_update_judgment", kind="security-definer", schema="public", name="ops_update_judgment", signature=None, why="Ops dashboard judgment update.", risks="Field validation.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Case & Judgment Operations"), extra=MappingProxyType({})),
    "public.ops_update_plaintiff_status": SecurityException(id="public.ops_update_plaintiff_status", kind="security-definer", schema="public", name="ops_update_plaintiff_status", signature=None, why="Ops dashboard status update.", risks="Same as set_plaintiff_status.", same_as="public.set_plaintiff_status", approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Plaintiff Operations"), extra=MappingProxyType({})),
    "public.ops_update_task": SecurityException(id="public.ops_update_task", kind="security-definer", schema="public", name="ops_update_task", signature=None, why="Ops dashboard task update.", risks="Task validation.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Plaintiff Operations"), extra=MappingProxyType({})),
    "public.outreach_log_call": SecurityException(id="public.outreach_log_call", kind="security-definer", schema="public", name="outreach_log_call", signature=None, why="Alternative call logging.", risks="Same as log_call_outcome.", same_as="public.log_call_outcome", approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Plaintiff Operations"), extra=MappingProxyType({})),
    "public.outreach_update_status": SecurityException(id="public.outreach_update_status", kind="security-definer", schema="public", name="outreach_update_status", signature=None, why="Updates outreach status.", risks="Status enum validation.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Plaintiff Operations"), extra=MappingProxyType({})),
    "public.pgmq_delete": SecurityException(id="public.pgmq_delete", kind="security-definer", schema="public", name="pgmq_delete", signature=None, why="Deletes PGMQ message.", risks="Message ID validation.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "System Utilities"), extra=MappingProxyType({})),
    "public.pgmq_get_queue_metrics": SecurityException(id="public.pgmq_get_queue_metrics", kind="security-definer", schema="public", name="pgmq_get_queue_metrics", signature=None, why="Returns PGMQ metrics.", risks="Read-only.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "System Utilities"), extra=MappingProxyType({})),
    "public.pgmq_metrics": SecurityException(id="public.pgmq_metrics", kind="security-definer", schema="public", name="pgmq_metrics", signature=None, why="Alternative PGMQ metrics.", risks="Read-only.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "System Utilities"), extra=MappingProxyType({})),
    "public.pgrst_reload": SecurityException(id="public.pgrst_reload", kind="security-definer", schema="public", name="pgrst_reload", signature=None, why="Reloads PostgREST schema cache.", risks="Service-role only.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("PUBLIC Schema Functions", "System Utilities"), extra=MappingProxyType({})),
    "public.portfolio_judgments_paginated": SecurityException(id="public.portfolio_judgments_paginated", kind="security-definer", schema="public", name="portfolio_judgments_paginated", signature=None, why="Returns paginated judgment list.", risks="Pagination limits enforced.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Case & Judgment Operations"), extra=MappingProxyType({})),
    "public.request_case_copilot": SecurityException(id="public.request_case_copilot", kind="security-definer", schema="public", name="request_case_copilot", signature=None, why="Queues copilot request.", risks="Rate limiting.", same_as=None, approval=Approval("Core Team", "2025-09"), grant=None, section=("PUBLIC Schema Functions", "Case & Judgment Operations"), extra=MappingProxyType({})),
    "public.score_case_collectability": SecurityException(id="public.score_case_collectability", kind="security-definer", schema="public", name="score_case_collectability", signature=None, why="Calculates collectability score.", risks="Read-only computation.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Case & Judgment Operations"), extra=MappingProxyType({})),
    "public.set_case_enrichment": SecurityException(id="public.set_case_enrichment", kind="security-definer", schema="public", name="set_case_enrichment", signature=None, why="Sets case enrichment data.", risks="Field validation.", same_as=None, approval=Approval("Core Team", "2025-03"), grant=None, section=("PUBLIC Schema Functions", "Enrichment Operations"), extra=MappingProxyType({})),
    "public.set_case_scores": SecurityException(id="public.set_case_scores", kind="security-definer", schema="public", name="set_case_scores", signature=None, why="Updates case scoring fields.", risks="Score range validation.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Case & Judgment Operations"), extra=MappingProxyType({})),
    "public.set_enforcement_stage": SecurityException(id="public.set_enforcement_stage", kind="security-definer", schema="public", name="set_enforcement_stage", signature=None, why="Updates enforcement stage.", risks="Stage enum validation.", same_as=None, approval=Approval("Core Team", "2025-03"), grant=None, section=("PUBLIC Schema Functions", "Enforcement Operations"), extra=MappingProxyType({})),
    "public.set_judgment_priority": SecurityException(id="public.set_judgment_priority", kind="security-definer", schema="public", name="set_judgment_priority", signature=None, why="Sets judgment priority score.", risks="Score range validation.", same_as=None, approval=Approval("Core Team", "2025-03"), grant=None, section=("PUBLIC Schema Functions", "Case & Judgment Operations"), extra=MappingProxyType({})),
    "public.set_plaintiff_status": SecurityException(id="public.set_plaintiff_status", kind="security-definer", schema="public", name="set_plaintiff_status", signature=None, why="Updates plaintiff status.", risks="Status enum validation.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Plaintiff Operations"), extra=MappingProxyType({})),
    "public.spawn_enforcement_flow": SecurityException(id="public.spawn_enforcement_flow", kind="security-definer", schema="public", name="spawn_enforcement_flow", signature=None, why="Initiates enforcement workflow.", risks="Workflow validation.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Enforcement Operations"), extra=MappingProxyType({})),
    "public.store_intake_validation": SecurityException(id="public.store_intake_validation", kind="security-definer", schema="public", name="store_intake_validation", signature=None, why="Stores validation results.", risks="Append-only.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Import Operations"), extra=MappingProxyType({})),
    "public.submit_intake_review": SecurityException(id="public.submit_intake_review", kind="security-definer", schema="public", name="submit_intake_review", signature=None, why="Submits intake for review.", risks="State machine validation.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Import Operations"), extra=MappingProxyType({})),
    "public.submit_website_lead": SecurityException(id="public.submit_website_lead", kind="security-definer", schema="public", name="submit_website_lead", signature=None, why="Submits lead from website.", risks="Rate limiting, validation.", same_as=None, approval=Approval("Core Team", "2025-09"), grant=None, section=("PUBLIC Schema Functions", "System Utilities"), extra=MappingProxyType({})),
    "public.trg_core_judgments_enqueue_enrich": SecurityException(id="public.trg_core_judgments_enqueue_enrich", kind="security-definer", schema="public", name="trg_core_judgments_enqueue_enrich", signature=None, why="Trigger: enqueues enrichment.", risks="Trigger-only context.", same_as=None, approval=Approval("Core Team", "2025-03"), grant=None, section=("PUBLIC Schema Functions", "System Utilities"), extra=MappingProxyType({})),
    "public.trg_log_judgment_status_change": SecurityException(id="public.trg_log_judgment_status_change", kind="security-definer", schema="public", name="trg_log_judgment_status_change", signature=None, why="Trigger: logs status change.", risks="Trigger-only context.", same_as=None, approval=Approval("Core Team", "2025-03"), grant=None, section=("PUBLIC Schema Functions", "System Utilities"), extra=MappingProxyType({})),
    "public.update_enforcement_action_status": SecurityException(id="public.update_enforcement_action_status", kind="security-definer", schema="public", name="update_enforcement_action_status", signature=None, why="Updates action status.", risks="Action ownership verified.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Enforcement Operations"), extra=MappingProxyType({})),
    "public.update_judgment_status": SecurityException(id="public.update_judgment_status", kind="security-definer", schema="public", name="update_judgment_status", signature=None, why="Updates judgment status.", risks="Status enum validation.", same_as=None, approval=Approval("Core Team", "2025-01"), grant=None, section=("PUBLIC Schema Functions", "Case & Judgment Operations"), extra=MappingProxyType({})),
    "public.update_plaintiff_status": SecurityException(id="public.update_plaintiff_status", kind="security-definer", schema="public", name="update_plaintiff_status", signature=None, why="Alternative status update.", risks="Same as set_plaintiff_status.", same_as="public.set_plaintiff_status", approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Plaintiff Operations"), extra=MappingProxyType({})),
    "public.upsert_debtor_intelligence": SecurityException(id="public.upsert_debtor_intelligence", kind="security-definer", schema="public", name="upsert_debtor_intelligence", signature=None, why="Upserts debtor intel record.", risks="Idempotent, validated.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Enrichment Operations"), extra=MappingProxyType({})),
    "public.upsert_enrichment_bundle": SecurityException(id="public.upsert_enrichment_bundle", kind="security-definer", schema="public", name="upsert_enrichment_bundle", signature=None, why="Upserts enrichment bundle.", risks="Idempotent, validated.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Enrichment Operations"), extra=MappingProxyType({})),
    "public.upsert_plaintiff_task": SecurityException(id="public.upsert_plaintiff_task", kind="security-definer", schema="public", name="upsert_plaintiff_task", signature=None, why="Creates/updates plaintiff task.", risks="Task validation.", same_as=None, approval=Approval("Core Team", "2025-06"), grant=None, section=("PUBLIC Schema Functions", "Plaintiff Operations"), extra=MappingProxyType({})),
})
