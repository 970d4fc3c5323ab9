/** How long the figures of each minute are kept. */
export const sampleDays = 7;
/** How long starts, ends, crashes and changes of state are kept. */
export const eventDays = 30;
