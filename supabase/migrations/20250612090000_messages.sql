-- Message queues with the surface of pgmq, on tables of our own: nothing here needs the extension. And live events.
SET ROLE dragonfly_owner;

CREATE TYPE public.live_channel AS ENUM ('cases', 'jobs', 'intake', 'alerts');
CREATE TABLE ops.message_queues (
  queue_name text PRIMARY KEY CHECK (queue_name ~ '^[a-z][a-z0-9_]{1,46}$')
);
CREATE TABLE ops.queue_messages (
  msg_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  queue_name text NOT NULL REFERENCES ops.message_queues,
  enqueued_at timestamptz NOT NULL DEFAULT now(),
  message jsonb NOT NULL
);
CREATE TABLE public.live_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor_id uuid DEFAULT public.current_user_id(),
  channel public.live_channel NOT NULL,
  event text NOT NULL CHECK (event ~ '^[a-z][a-z0-9_.]{1,79}$'),
  payload jsonb NOT NULL CHECK (jsonb_typeof(payload) = 'object')
);
CREATE INDEX ON ops.queue_messages (queue_name, msg_id);

ALTER TABLE ops.message_queues ENABLE ROW LEVEL SECURITY;
ALTER TABLE ops.message_queues FORCE ROW LEVEL SECURITY;
ALTER TABLE ops.queue_messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE ops.queue_messages FORCE ROW LEVEL SECURITY;
ALTER TABLE public.live_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.live_events FORCE ROW LEVEL SECURITY;
CREATE POLICY definers ON ops.message_queues TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers ON ops.queue_messages TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers_read ON public.live_events FOR SELECT TO dragonfly_owner USING (true);
CREATE POLICY definers_append ON public.live_events FOR INSERT TO dragonfly_owner WITH CHECK (true);
CREATE POLICY read_as_worker ON ops.queue_messages FOR SELECT TO dragonfly_worker USING (true);
GRANT SELECT ON ops.queue_messages TO dragonfly_worker;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.live_events
  FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();
ALTER TABLE public.live_events ENABLE ALWAYS TRIGGER append_only;

INSERT INTO ops.message_queues (queue_name) VALUES ('live_events'), ('website_leads');

-- Answers false for a message that is gone already, as pgmq does; an ID that no message ever has is a mistake.
CREATE FUNCTION public.pgmq_delete(p_queue_name text, p_msg_id bigint)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM ops.require_valid(p_msg_id > 0, 'a message ID is a positive number');
  PERFORM ops.require_valid(
    EXISTS (SELECT FROM ops.message_queues AS q WHERE q.queue_name = p_queue_name), 'there is no such queue'
  );
  DELETE FROM ops.queue_messages AS m WHERE m.msg_id = p_msg_id AND m.queue_name = p_queue_name;
  RETURN FOUND;
END
$$;

-- An empty queue has a row, too.
CREATE FUNCTION public.pgmq_get_queue_metrics()
RETURNS TABLE (queue_name text, queue_length bigint, newest_msg_age_sec integer, oldest_msg_age_sec integer)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT q.queue_name, count(m.msg_id),
    extract(epoch FROM now() - max(m.enqueued_at))::integer,
    extract(epoch FROM now() - min(m.enqueued_at))::integer
  FROM ops.message_queues AS q LEFT JOIN ops.queue_messages AS m USING (queue_name)
  GROUP BY q.queue_name
  ORDER BY q.queue_name
$$;

CREATE FUNCTION public.pgmq_metrics(p_queue_name text)
RETURNS TABLE (queue_name text, queue_length bigint, newest_msg_age_sec integer, oldest_msg_age_sec integer)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT m.* FROM public.pgmq_get_queue_metrics() AS m WHERE m.queue_name = p_queue_name
$$;

-- The notification carries the ID alone: its size is limited, and whoever may LISTEN is not asked who they are.
CREATE FUNCTION public.broadcast_live_event(p_channel public.live_channel, p_event text, p_payload jsonb DEFAULT '{}')
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  v_id bigint;
BEGIN
  PERFORM ops.require_valid(p_channel IS NOT NULL, 'the channel is missing');
  PERFORM ops.require_valid(p_event ~ '^[a-z][a-z0-9_.]{1,79}$', 'an event is a lower-case name');
  PERFORM ops.require_valid(jsonb_typeof(p_payload) = 'object', 'the payload must be a JSON object');
  PERFORM ops.require_valid(pg_column_size(p_payload) <= 16384, 'the payload is larger than 16 KiB');
  INSERT INTO public.live_events (channel, event, payload) VALUES (p_channel, p_event, p_payload)
  RETURNING id INTO v_id;
  INSERT INTO ops.queue_messages (queue_name, message) VALUES ('live_events', jsonb_build_object('event_id', v_id));
  PERFORM pg_notify('dragonfly_live', v_id::text);
  RETURN v_id;
END
$$;

REVOKE ALL ON FUNCTION
  public.pgmq_delete, public.pgmq_get_queue_metrics, public.pgmq_metrics, public.broadcast_live_event
FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION
  public.pgmq_delete, public.pgmq_get_queue_metrics, public.pgmq_metrics, public.broadcast_live_event
TO service_role, dragonfly_worker;
GRANT EXECUTE ON FUNCTION public.pgmq_get_queue_metrics, public.pgmq_metrics TO dragonfly_ops;

RESET ROLE;
