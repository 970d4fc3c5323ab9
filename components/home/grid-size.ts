/** Of the home's grid, as its `lg:auto-rows` and `gap` classes have them. */
export const rowPx = 72;
export const gapPx = 16;
