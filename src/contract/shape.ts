/**
 * The shape of an operation's input or output: members, types, which are required, wire names. Read from the
 * official SDK's runtime schemas (`schema.ts`) for AWS's services, written by hand for the playground's own.
 */
export type Shape =
  | StructureShape
  | ListShape
  | MapShape
  | { readonly type: 'string'; readonly values?: readonly string[] }
  | { readonly type: 'integer' | 'long' | 'double' | 'boolean' | 'blob' | 'timestamp' | 'document' };

export interface StructureShape {
  readonly type: 'structure';
  readonly name: string;
  readonly members: readonly Member[];
}

interface ListShape {
  readonly type: 'list';
  readonly member: Shape;
  /** Query protocol: the element's wire name, and whether the list is flattened. */
  readonly wireName?: string;
  readonly flattened?: boolean;
}

interface MapShape {
  readonly type: 'map';
  readonly key: Shape;
  readonly value: Shape;
  readonly flattened?: boolean;
}

export interface Member {
  /** AWS's name, letter for letter: `MaxNumberOfMessages`. */
  readonly name: string;
  /** Lazily, because shapes can be recursive. */
  readonly shape: () => Shape;
  readonly required: boolean;
  /** Query protocol's name where it differs. */
  readonly wireName?: string;
}
