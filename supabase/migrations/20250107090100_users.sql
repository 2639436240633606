-- Users and their roles. An account arrives from the sign-up service, which may insert one and nothing else.
SET ROLE dragonfly_owner;

CREATE TYPE public.app_role AS ENUM ('admin', 'ops', 'analyst', 'viewer');

CREATE TABLE public.app_users (
  id uuid PRIMARY KEY,
  email text NOT NULL UNIQUE,
  full_name text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE public.user_roles (
  user_id uuid NOT NULL REFERENCES public.app_users,
  role public.app_role NOT NULL,
  granted_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, role)
);
CREATE TABLE public.user_settings (
  user_id uuid PRIMARY KEY REFERENCES public.app_users,
  time_zone text NOT NULL DEFAULT 'UTC',
  notify_by_email boolean NOT NULL DEFAULT true
);

ALTER TABLE public.app_users ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.app_users FORCE ROW LEVEL SECURITY;
ALTER TABLE public.user_roles ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.user_roles FORCE ROW LEVEL SECURITY;
ALTER TABLE public.user_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.user_settings FORCE ROW LEVEL SECURITY;

-- The owner is bound by forced policies like anyone else: what its definers may do is said here.
CREATE POLICY definers ON public.app_users TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers ON public.user_roles TO dragonfly_owner USING (true) WITH CHECK (true);
CREATE POLICY definers ON public.user_settings TO dragonfly_owner USING (true) WITH CHECK (true);

CREATE FUNCTION public.dragonfly_has_any_role(p_roles public.app_role[])
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (
    SELECT FROM public.user_roles AS r
    WHERE r.user_id = public.current_user_id() AND r.role = ANY (p_roles)
  )
$$;

CREATE FUNCTION public.dragonfly_has_role(p_role public.app_role)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT public.dragonfly_has_any_role(ARRAY[p_role])
$$;

CREATE FUNCTION public.dragonfly_is_admin()
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT public.dragonfly_has_any_role(ARRAY['admin']::public.app_role[])
$$;

-- For functions of the operations dashboard: holding its database role is not enough, the user must be of operations.
CREATE FUNCTION public.require_ops()
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT (public.caller_is_backend() OR public.dragonfly_has_any_role('{admin,ops}')) THEN
    RAISE EXCEPTION 'only operations may do this' USING ERRCODE = 'insufficient_privilege';
  END IF;
END
$$;

CREATE FUNCTION public.handle_new_user()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM ops.require_valid(NEW.email ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$', 'that is not an e-mail address');
  INSERT INTO public.user_roles (user_id, role) VALUES (NEW.id, 'viewer') ON CONFLICT DO NOTHING;
  INSERT INTO public.user_settings (user_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
  RETURN NEW;
END
$$;

CREATE TRIGGER handle_new_user AFTER INSERT ON public.app_users
  FOR EACH ROW EXECUTE FUNCTION public.handle_new_user();

REVOKE ALL ON FUNCTION
  public.dragonfly_has_any_role, public.dragonfly_has_role, public.dragonfly_is_admin, public.require_ops,
  public.handle_new_user
FROM PUBLIC, anon, authenticated;
-- The roles whose queries meet a policy that asks. A trigger function fires without EXECUTE: nobody gets it.
GRANT EXECUTE ON FUNCTION
  public.dragonfly_has_any_role, public.dragonfly_has_role, public.dragonfly_is_admin
TO service_role, dragonfly_app, dragonfly_ops;

CREATE POLICY sign_up ON public.app_users FOR INSERT TO service_role WITH CHECK (true);
CREATE POLICY read_own_or_admin ON public.app_users FOR SELECT TO dragonfly_app, dragonfly_ops
  USING (id = (SELECT public.current_user_id()) OR (SELECT public.dragonfly_is_admin()));
CREATE POLICY read_own_or_admin ON public.user_roles FOR SELECT TO dragonfly_app, dragonfly_ops
  USING (user_id = (SELECT public.current_user_id()) OR (SELECT public.dragonfly_is_admin()));
CREATE POLICY read_own ON public.user_settings FOR SELECT TO dragonfly_app, dragonfly_ops
  USING (user_id = (SELECT public.current_user_id()));
CREATE POLICY write_own ON public.user_settings FOR UPDATE TO dragonfly_app, dragonfly_ops
  USING (user_id = (SELECT public.current_user_id())) WITH CHECK (user_id = (SELECT public.current_user_id()));
GRANT INSERT (id, email, full_name) ON public.app_users TO service_role;
GRANT SELECT ON public.app_users, public.user_roles, public.user_settings TO dragonfly_app, dragonfly_ops;
GRANT UPDATE (time_zone, notify_by_email) ON public.user_settings TO dragonfly_app, dragonfly_ops;

RESET ROLE;
