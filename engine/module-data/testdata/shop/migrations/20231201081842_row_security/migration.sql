ALTER TABLE "public"."Address" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "public"."Address" FOR SELECT USING ("userId" = coalesce(nullif(current_setting('shop.user', true), '')::int, "userId"));
