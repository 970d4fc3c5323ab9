-- AlterEnum
ALTER TYPE "public"."OrderStatus" ADD VALUE 'REFUNDED';
