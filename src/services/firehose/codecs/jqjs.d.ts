declare module '@michaelhomer/jqjs' {
  /** Throws when the text is no program. */
  export function compile(program: string): (input: unknown) => Generator<unknown, void, unknown>;
  const jq: { readonly compile: typeof compile };
  export default jq;
}
