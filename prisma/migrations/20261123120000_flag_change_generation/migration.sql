-- Access that an install, rollback or uninstall set or took away: the generation it came with.
ALTER TABLE "graft"."flag_changes" ADD COLUMN "generation" INTEGER;
