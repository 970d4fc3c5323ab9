-- This migration adds more than one value to an enum.
ALTER TYPE "public"."PaymentMethod" ADD VALUE 'WALLET' BEFORE 'TRANSFER';
ALTER TYPE "public"."PaymentMethod" ADD VALUE IF NOT EXISTS 'CASH';
