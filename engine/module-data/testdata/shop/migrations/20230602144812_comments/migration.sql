COMMENT ON TABLE "public"."Order" IS 'What a customer bought; never deleted';
COMMENT ON COLUMN "public"."Order"."total" IS E'In the shop\'s currency';
COMMENT ON TYPE "public"."Role" IS 'Who may do what';
COMMENT ON SCHEMA "public" IS 'The shop';
