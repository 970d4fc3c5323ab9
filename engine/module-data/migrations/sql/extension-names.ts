// What authors write with a `public.` before it, because Prisma and pg_dump put extensions there. Read from the
// catalogues of PostgreSQL 15 and 18; support functions of index types are never written by hand and left out.
const names: Record<string, string> = {
  citext:
    "citext citext_ops citext_pattern_ops regexp_match regexp_matches regexp_replace = <> < <= > >= ~ !~ ~* !~* ~~ !~~ ~~* !~~*",
  cube: "cube cube_ops cube_distance cube_dim cube_ll_coord cube_ur_coord && @> <@ <-> <#> <=> ~>",
  fuzzystrmatch:
    "difference dmetaphone dmetaphone_alt levenshtein levenshtein_less_equal metaphone soundex daitch_mokotoff",
  hstore:
    "hstore akeys avals skeys svals hstore_to_array hstore_to_matrix hstore_to_json hstore_to_jsonb slice exist delete each defined btree_hstore_ops gin_hstore_ops gist_hstore_ops hash_hstore_ops -> ? ?| ?& @> <@ || - #= %% %#",
  intarray:
    "gin__int_ops gist__int_ops gist__intbig_ops icount sort sort_asc sort_desc uniq idx subarray intset query_int && @> <@ @@ ~~ # + - | &",
  isn: "ean13 isbn isbn13 ismn ismn13 issn issn13 upc is_valid make_valid",
  lo: "lo lo_manage",
  ltree:
    "ltree lquery ltxtquery ltree_ops gist_ltree_ops gist__ltree_ops hash_ltree_ops subltree subpath nlevel index lca text2ltree ltree2text @> <@ ~ ? @ || ^@> ^<@ ^~ ^? ^@ ?@> ?<@ ?~ ?@",
  pg_trgm:
    "gin_trgm_ops gist_trgm_ops similarity word_similarity strict_word_similarity show_trgm set_limit show_limit % <% %> <<% %>> <-> <<-> <->> <<<-> <->>>",
  pgcrypto:
    "armor dearmor crypt gen_salt digest hmac encrypt decrypt encrypt_iv decrypt_iv gen_random_bytes gen_random_uuid pgp_sym_encrypt pgp_sym_decrypt pgp_pub_encrypt pgp_pub_decrypt pgp_key_id",
  seg: "seg seg_ops gist_seg_ops && @> <@ << >> &< &>",
  tablefunc: "connectby crosstab crosstab2 crosstab3 crosstab4 normal_rand",
  tcn: "triggered_change_notification",
  unaccent: "unaccent unaccent_init unaccent_lexize",
  "uuid-ossp":
    "uuid_generate_v1 uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4 uuid_generate_v5 uuid_nil uuid_ns_dns uuid_ns_oid uuid_ns_url uuid_ns_x500",
};

/**
 * Names and operators of granted extensions, and the schema each is found in. What other modules were granted does not
 * count: `public.index` is a table, though ltree has a function of that name.
 * @param homes schema by extension
 */
export function namesOfExtensions(homes: Record<string, string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [extension, home] of Object.entries(homes)) {
    for (const name of names[extension]?.split(" ") ?? []) found.set(name, home);
  }
  return found;
}
