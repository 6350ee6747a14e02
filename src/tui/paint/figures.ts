/** Figures as people read them; what is told in words below the screen writes them the same way. */
export * from '../../projection/figures.ts';
