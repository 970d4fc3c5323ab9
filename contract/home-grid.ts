/** The grid of a home, for browsers too: nothing here may load a schema. */
export const homeColumns = 12;
export const homeRowsMax = 12;
