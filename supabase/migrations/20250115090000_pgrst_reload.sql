SET ROLE dragonfly_owner;

-- NOTIFY takes no parameters and so nothing from the caller. It wakes PostgREST for every client: service_role only.
CREATE FUNCTION public.pgrst_reload()
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  NOTIFY pgrst, 'reload schema';
END
$$;

REVOKE ALL ON FUNCTION public.pgrst_reload FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.pgrst_reload TO service_role;

RESET ROLE;
