ALTER TABLE "public"."Wishlist" RENAME TO "SavedList";
ALTER TABLE "public"."SavedList" RENAME CONSTRAINT "Wishlist_pkey" TO "SavedList_pkey";
ALTER INDEX "public"."WishlistItem_pkey" RENAME TO "SavedItem_pkey";
