/** What the arena's judge measures, in the order in which it is told. */
export const FIGURES = ['loss', 'twice', 'order', 'lag', 'throttling', 'cost'] as const;
export type FigureId = (typeof FIGURES)[number];
