/**
 * A database of a module. A module may have several: the one that the current generation names, and older ones that stand as they
 * were left. The number is given once, to no other database of any module.
 */
export interface DataPlace {
  module: string;
  database: number;
}
