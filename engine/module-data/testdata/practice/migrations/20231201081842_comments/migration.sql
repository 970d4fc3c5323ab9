COMMENT ON TABLE "public"."Akte" IS 'früher 患者記録';
COMMENT ON COLUMN public."Akte"."Inhalt" IS $x$ein 'Text'$x$;
COMMENT ON COLUMN "Offen"."wer" IS 'Name';
