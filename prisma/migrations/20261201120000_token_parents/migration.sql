-- Which token made this one: it ends with it. No reference, as tokens are never deleted but with their user.
ALTER TABLE "graft"."api_tokens" ADD COLUMN "parent_id" UUID;
